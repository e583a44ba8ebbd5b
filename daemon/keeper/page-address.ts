/**
 * Page address: what a person types to reach the page, on this machine and from the home network.
 *
 * Listening on loopback only: plain HTTP there and nowhere else. Listening on the network: HTTPS for
 * others, with the first address of this machine that they could mean.
 */
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || host.startsWith("127.");
}

function isEverywhere(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "[::]";
}

/** Where calls are taken: the page's own address alone. null = every address, as the page, or a name's, which nobody can tell. */
export function callAddress(host: string): string | null {
  if (isLoopback(host)) return "127.0.0.1";
  const address = host.replace(/^\[(.*)\]$/u, "$1");
  return isEverywhere(host) || isIP(address) === 0 ? null : address;
}

/** Addresses of this machine that others on its network can reach; IPv4 first. */
export function networkAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = all.filter(({ internal, scopeid }) => !internal && (scopeid ?? 0) === 0);
  return outside.toSorted((a, b) => a.family.localeCompare(b.family)).map(({ address }) => address);
}

/** For the person at this machine. */
export function localUrl({ address, port }: { address: string; port: number }): string {
  const host = isEverywhere(address) ? "127.0.0.1" : address;
  return `${isLoopback(host) ? "http" : "https"}://${inUrl(host)}:${port}`;
}

/** For everybody else at home; null when the page is for this machine only. */
export function networkUrl({ address, port }: { address: string; port: number }): string | null {
  if (isLoopback(address)) return null;
  const host = isEverywhere(address) ? networkAddresses()[0] : address;
  return host === undefined ? null : `https://${inUrl(host)}:${port}`;
}

function inUrl(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
