/**
 * Webhook: an alert as JSON to an address of the owner's, signed so that the receiver can tell it from others.
 *
 * As https://www.standardwebhooks.com has it: `webhook-id` (the event's: the same when it is sent again),
 * `webhook-timestamp` in seconds, `webhook-signature: v1,` and HMAC-SHA256 in base64 over `ID.TIMESTAMP.BODY`. The
 * secret is what the file holds; one that begins with whsec_ is base64 behind it. Pure; throws Fault `invalid` for a key that is too short.
 */
import { createHmac } from "node:crypto";
import { Fault } from "../../../hal/fault.ts";
import type { AlertSaid } from "../../wire/told.ts";

/** A key that can be guessed signs nothing. */
const leastKeyBytes = 16;

export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Sender {
  /** As at the broker (docs/mqtt.md). */
  readonly device: string;
  readonly name: string;
}

export function webhookOf(said: AlertSaid, sender: Sender, secret: string, wallMs: number): Signed {
  const { event } = said;
  const at = new Date(said.wallMs).toISOString();
  const type = said.type === "digest" ? said.type : said.kind;
  const data = { event, at, ...whatOf(said), device: sender.device, name: sender.name };
  const text = JSON.stringify({ type, timestamp: at, data });
  const timestamp = String(Math.floor(wallMs / 1_000));
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  if (key.length < leastKeyBytes)
    throw new Fault(
      "invalid",
      `the secret in alerts.webhookSecretFile is shorter than ${leastKeyBytes} bytes`,
      {
        hint: "make one with: openssl rand -base64 32",
      },
    );
  const signature = createHmac("sha256", key).update(`${event}.${timestamp}.${text}`).digest("base64");
  return {
    body: new TextEncoder().encode(text),
    headers: {
      "Content-Type": "application/json",
      "webhook-id": event,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
  };
}

function whatOf(said: AlertSaid): object {
  if (said.type === "digest") {
    const { why, rings, motions, zones } = said;
    return { since: new Date(said.firstWallMs).toISOString(), why, rings, motions, zones };
  }
  return said.kind === "motion" ? { zones: said.zones } : {};
}
