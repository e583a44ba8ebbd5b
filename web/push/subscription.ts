/**
 * Subscription: a browser's subscription as the doorbell takes it, and by what the doorbell's list knows it. Pure.
 */
import type { Subscription } from "../../daemon/wire/told.ts";

/** Null = this browser does not say with which key. */
export function subscriptionOf(subscription: PushSubscription): Subscription | null {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return null;
  return { endpoint, p256dh: plain(p256dh), auth: plain(auth) };
}

/** SHA-256 of the address, base64url. */
export async function markOf(endpoint: string): Promise<string> {
  return base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
}

export function base64url(bytes: ArrayBuffer): string {
  return plain(btoa(String.fromCharCode(...new Uint8Array(bytes))));
}

function plain(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
