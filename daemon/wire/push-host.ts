/**
 * Push host: is this the address of a push service that the settings name? Pure.
 *
 * A host is named exactly, with its port where it is not the usual one; `*.` in front stands for one further
 * label. With TLS only; without it a service on this machine alone, named with its port, for tests.
 */
const thisMachine = /^(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/u;
const maxChars = 1_024;

/** Null = it is not: not listed, or not an address that anybody should call. */
export function pushAddress(address: string, hosts: readonly string[]): URL | null {
  const url = address.length <= maxChars ? URL.parse(address) : null;
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return null;
  const isPlain = url.protocol === "http:" && thisMachine.test(url.host);
  if (url.protocol !== "https:" && !isPlain) return null;
  return hosts.some((host) => fits(url.host, host)) ? url : null;
}

function fits(host: string, named: string): boolean {
  if (!named.startsWith("*.")) return host === named;
  const [label = ""] = host.split(".");
  return label !== "" && host === `${label}${named.slice(1)}`;
}
