/**
 * Request: an alert as a push service takes it (RFC 8030), encrypted to one phone (RFC 8291) and signed with the house's
 * key (RFC 8292). Pure but for the random numbers of the encryption and the time in the signature.
 *
 * Every message has the same length, so that the service cannot tell a ring from a test, nor short names from long ones.
 * The topic is the same for the same kind at the same phone: what is still waiting for a phone that is off is replaced by
 * the newer one. Which kind it stands for, only the house's private key tells; whatever moves has one for all, so that a
 * service cannot tell persons from cats by counting. A digest has none: each is of other events.
 */
import { createHmac } from "node:crypto";
import type webPush from "web-push";
import { moveKinds } from "../../alerts/kinds.ts";
import type { PhonesSaid, Subscription } from "../../wire/told.ts";
import type { Pushed } from "../../wire/pushed.ts";

export type WebPush = Pick<typeof webPush, "generateRequestDetails">;

export interface Sender {
  readonly key: PhonesSaid["key"];
  /** mailto: or https:. */
  readonly contact: string;
}

export interface PushRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const paddedBytes = 2_048;
/** A name that nobody owns (RFC 2606): services want one to be there. */
const nobody = "mailto:doorbell@example.org";
const keptS = 3_600;

export function requestOf(
  pushed: Pushed,
  { to, ageMs, lib, sender }: { to: Subscription; ageMs: number; lib: WebPush; sender: Sender },
): PushRequest {
  const { endpoint, p256dh, auth } = to;
  const details = lib.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    padded(JSON.stringify(pushed)),
    {
      vapidDetails: { ...sender.key, subject: sender.contact || nobody },
      TTL: Math.max(60, Math.round(keptS - ageMs / 1_000)),
      urgency: pushed.kind === "ring" || pushed.kind === "test" ? "high" : "normal",
      ...(pushed.kind === "digest" ? {} : { topic: topicOf(sender.key.privateKey, endpoint, pushed.kind) }),
    },
  );
  const { "Content-Length": _, ...headers } = details.headers as Record<string, unknown>;
  return {
    url: endpoint,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: details.body,
  };
}

/** Space behind JSON means nothing. */
function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, paddedBytes - bytes.length), " ")]);
}

/** 32 letters that say nothing to who lacks the key. */
function topicOf(privateKey: string, endpoint: string, kind: Pushed["kind"]): string {
  const mac = createHmac("sha256", Buffer.from(privateKey, "base64url"));
  const word = moveKinds.some((each) => each === kind) ? "motion" : kind;
  return mac.update(`sill push topic\n${word}\n${endpoint}`).digest("base64url").slice(0, 32);
}
