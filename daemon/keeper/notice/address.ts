/**
 * Address: where can a passer-by's phone open the page?
 *
 * The setting `notice.url` wins. Otherwise the address under which the sign itself was asked for,
 * because that one works here; where it was asked for on the doorbell itself (localhost), the
 * doorbell's own address on the home network, if it listens there. null = nowhere.
 */
import { isIPv4 } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";

export interface AddressSources {
  /** `notice.url`; empty = not set. */
  readonly url: string;
  /** Of the request: "https", "192.168.1.20:8460". */
  readonly protocol: string;
  readonly host: string;
  /** The doorbell's address on the home network; null = it listens to itself alone. */
  readonly lanHost: string | null;
}

export function noticeAddress({ url, protocol, host, lanHost }: AddressSources): string | null {
  // letters beyond ASCII in their escaped form: readers of codes guess the others wrongly
  if (url !== "") return isWebAddress(url) ? new URL(url).href : null;
  const own = `${protocol}://${host}/notice`;
  if (!URL.canParse(own)) return null;
  const address = new URL(own);
  if (!isLoopback(address.hostname)) return address.href;
  if (lanHost === null) return null;
  address.hostname = lanHost.includes(":") ? `[${lanHost}]` : lanHost;
  return address.href;
}

/** `webHost` is the setting `web.host`. */
export function lanHostOf(
  webHost: string,
  interfaces: NodeJS.Dict<readonly Pick<NetworkInterfaceInfo, "address" | "internal">[]>,
): string | null {
  if (isLoopback(webHost)) return null;
  if (webHost !== "0.0.0.0" && webHost !== "::") return webHost;
  const outward = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .map(({ address }) => address);
  return outward.find((address) => isIPv4(address)) ?? outward[0] ?? null;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//iu.test(text) && URL.canParse(text);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || host.startsWith("127.");
}
