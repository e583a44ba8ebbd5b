/**
 * Names: under which this doorbell may be reached, for its certificate.
 */
import { isIP } from "node:net";
import { hostname } from "node:os";
import { networkAddresses } from "../page-address.ts";

/** Host names and addresses, each once. `webHost` is the setting `web.host`. */
export function ownNames(webHost: string): string[] {
  const host = hostname().toLowerCase();
  const names = [webHost, host, `${host.split(".")[0] ?? host}.local`, "localhost", "127.0.0.1", "::1"];
  return [...new Set([...names, ...networkAddresses()])].filter(isName);
}

/** Nothing that stands for "everywhere", and nothing that a certificate cannot carry. */
function isName(name: string): boolean {
  if (name === "0.0.0.0" || name === "::") return false;
  return isIP(name) !== 0 || /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/u.test(name);
}
