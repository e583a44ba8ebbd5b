/**
 * Origin: who may talk to this server through somebody's browser.
 *
 * A foreign web site must not reach the doorbell through the browser of somebody who is signed in,
 * whatever that browser thinks of cookies. Two checks: the Host must be one that only this network
 * can mean (an IP address, localhost, *.local, the configured host, or a name of the owner's own certificate), which ends
 * DNS rebinding; and
 * what changes state or opens a WebSocket must come from a page of ours, or from a program (no
 * Origin at all).
 */
import { isIP } from "node:net";
import { Fault } from "../../../hal/fault.ts";

/** Name without port and brackets; null = not a host at all. */
function nameOf(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2] ?? null)?.toLowerCase() ?? null;
}

/** `isNamed`: is it a name of the owner's own certificate? */
export function isHostAllowed(
  host: string | undefined,
  configured: string,
  isNamed: (name: string) => boolean = () => false,
): boolean {
  const name = host === undefined ? null : nameOf(host);
  if (name === null) return false;
  return (
    isIP(name) !== 0 ||
    name === "localhost" ||
    name.endsWith(".local") ||
    name === configured.toLowerCase() ||
    isNamed(name)
  );
}

/** Where a request arrives. */
export interface Arrival {
  readonly host: string | undefined;
  /** Over HTTPS. */
  readonly secure: boolean;
}

/**
 * An absent Origin is a program, not a page; "null" and other hosts are refused. So is a page of the
 * same name in plain HTTP where HTTPS is spoken: whoever is on the way can have written it.
 */
export function isOriginAllowed(origin: string | undefined, { host, secure }: Arrival): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host?.toLowerCase() && !(secure && page.protocol !== "https:");
}

export interface Asked extends Arrival {
  readonly origin: string | undefined;
  /** Changes state, or is an upgrade to a WebSocket. */
  readonly guarded: boolean;
  /** As for isHostAllowed. */
  readonly isNamed?: (name: string) => boolean;
}

/** Throws Fault `denied`. */
export function checkOrigin(asked: Asked, configured: string): void {
  if (!isHostAllowed(asked.host, configured, asked.isNamed)) {
    throw new Fault("denied", "this host name is not one of this doorbell", {
      hint: "use its IP address, localhost, its .local name, or a name in web.host or web.certificateFile",
    });
  }
  if (asked.guarded && !isOriginAllowed(asked.origin, asked)) {
    throw new Fault("denied", "this may only be asked from the doorbell's own page");
  }
}
