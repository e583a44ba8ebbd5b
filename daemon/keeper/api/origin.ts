/**
 * Origin: who may talk to this server through somebody's browser.
 *
 * The page has no login of its own yet, so a foreign web site must not reach it through a visitor's
 * browser. Two checks: the Host must be one that only this network can mean (an IP address,
 * localhost, *.local, or the configured host), which ends DNS rebinding; and what changes state
 * or opens a WebSocket must come from a page of ours, or from a program (no Origin at all).
 */
import { isIP } from "node:net";
import { Fault } from "../../../hal/fault.ts";

/** Name without port and brackets; null = not a host at all. */
function nameOf(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2] ?? null)?.toLowerCase() ?? null;
}

export function isHostAllowed(host: string | undefined, configured: string): boolean {
  const name = host === undefined ? null : nameOf(host);
  if (name === null) return false;
  return (
    isIP(name) !== 0 || name === "localhost" || name.endsWith(".local") || name === configured.toLowerCase()
  );
}

/** An absent Origin is a program, not a page; "null" and other hosts are refused. */
export function isOriginAllowed(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === host?.toLowerCase();
}

export interface Asked {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Changes state, or is an upgrade to a WebSocket. */
  readonly guarded: boolean;
}

/** Throws Fault `denied`. */
export function checkOrigin(asked: Asked, configured: string): void {
  if (!isHostAllowed(asked.host, configured)) {
    throw new Fault("denied", "this host name is not one of this doorbell", {
      hint: "use its IP address, localhost, its .local name, or the name in web.host",
    });
  }
  if (asked.guarded && !isOriginAllowed(asked.origin, asked.host)) {
    throw new Fault("denied", "this may only be asked from the doorbell's own page");
  }
}
