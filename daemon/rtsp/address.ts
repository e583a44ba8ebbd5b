/**
 * Address: whom a connection comes from, as people write it, and whether that is a home network.
 *
 * Only private addresses are a home's: an IPv6 address of the whole internet says nothing of where it is.
 */
import { BlockList, isIPv4, isIPv6 } from "node:net";

const home = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10], // private networks over the internet (VPN)
] as const)
  home.addSubnet(network, bits, "ipv4");
for (const [network, bits] of [
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const)
  home.addSubnet(network, bits, "ipv6");

export function plainAddress(address: string | undefined): string {
  return (address ?? "unknown").replace(/^::ffff:(?=\d+\.)/u, "").replace(/%.*$/u, "");
}

/** A plain one. */
export function isOfHome(address: string): boolean {
  if (isIPv4(address)) return home.check(address, "ipv4");
  return isIPv6(address) && home.check(address, "ipv6");
}
