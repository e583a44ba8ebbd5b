/**
 * Hosts: by which names this portal may be asked. Everything else is refused, so that no other name that
 * somebody points here (DNS rebinding) becomes a way in.
 */
import { isIP } from "node:net";
import { Fault } from "../../hal/fault.ts";

/** `host`: the header; `own`: hosts of the settings. IP addresses and localhost cannot be pointed here by others. */
export function checkHost(host: string | undefined, own: readonly string[]): void {
  const name = URL.parse(`http://${host ?? ""}`)?.hostname.toLowerCase() ?? "";
  const bare = name.replace(/^\[|\]$/gu, "");
  if (name === "localhost" || isIP(bare) !== 0 || own.includes(name)) return;
  throw new Fault("denied", "this portal is not called that", {
    hint: "its operator sets its name as `url`",
  });
}

export function ownHosts({
  url,
  web,
}: {
  readonly url: string;
  readonly web: { readonly host: string };
}): string[] {
  const name = URL.parse(url)?.hostname.toLowerCase();
  return [web.host.toLowerCase(), ...(name === undefined ? [] : [name])];
}
