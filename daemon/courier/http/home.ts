/**
 * Home: which addresses are this machine, and which are the home network.
 *
 * Used where a call goes without TLS: there a name alone proves nothing, so the addresses that it has
 * are checked, all of them, at the moment of the call. With TLS the certificate proves the name and the
 * address does not matter. An address that providers share among customers (100.64.0.0/10) is not home.
 */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Fault } from "../../../hal/fault.ts";

/** anywhere = with TLS; home and here = without. */
export type Reach = "anywhere" | "home" | "here";

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", bits = ""] = subnet.split("/");
    list.addSubnet(network, Number(bits), isIP(network) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const here = ["127.0.0.0/8", "::1/128"];
const lists: Readonly<Record<Exclude<Reach, "anywhere">, BlockList>> = {
  here: listOf(here),
  home: listOf([
    ...here,
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
  ]),
};

/** `host` as in a URL: an IPv6 address may stand in brackets. */
export function isAddress(host: string): boolean {
  return isIP(bare(host)) !== 0;
}

/** False for a name. */
export function isWithin(address: string, reach: Reach): boolean {
  const plain = bare(address);
  const family = isIP(plain);
  if (family === 0) return false;
  return reach === "anywhere" || lists[reach].check(plain, family === 6 ? "ipv6" : "ipv4");
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/gu, "");
}

/** Looks a name up and refuses it when any of its addresses lies outside; undefined = Node's own will do. */
export function lookupWithin(reach: Reach): LookupFunction | undefined {
  if (reach === "anywhere") return undefined;
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const [first] = addresses;
      const isInside = first !== undefined && addresses.every(({ address }) => isWithin(address, reach));
      if (!isInside) return callback(outside(host), []);
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

export function outside(host: string): Fault {
  return new Fault("denied", `${host} is not in the home network, and the way there is not encrypted`, {
    hint: "use an address that begins with https://",
  });
}
