/**
 * Webhook: an alert as JSON to an address of the owner's, signed so that the receiver can tell it from others.
 *
 * As https://www.standardwebhooks.com has it: `webhook-id` (the event's, with the kind behind it for what became known later: the same when it is sent again),
 * `webhook-timestamp` in seconds, `webhook-signature: v1,` and HMAC-SHA256 in base64 over `ID.TIMESTAMP.BODY`. The
 * secret is what the file holds; one that begins with whsec_ is base64 behind it. Pure; throws Fault `invalid` for a key that is too short.
 */
import { createHmac } from "node:crypto";
import { Fault } from "../../../hal/fault.ts";
import type { PictureSend } from "../../wire/alert-picture.ts";
import { countsIn } from "../../alerts/counts.ts";
import { alertIdOf, type AlertSaid } from "../../wire/told.ts";

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

/** Who signs, and when. */
export interface Signer {
  readonly sender: Sender;
  readonly secret: string;
  readonly wallMs: number;
}

export function webhookOf(said: AlertSaid, by: Signer): Signed {
  const { event } = said;
  const at = new Date(said.wallMs).toISOString();
  const type = said.type === "digest" ? said.type : said.kind;
  const { device, name } = by.sender;
  return signed(
    alertIdOf(said),
    { type, timestamp: at, data: { event, at, ...whatOf(said), device, name } },
    by,
  );
}

/** After the words, under an id of its own. */
export function webhookPictureOf(
  { event, kind, zones, wallMs, jpeg, sha256 }: PictureSend,
  by: Signer,
): Signed {
  const at = new Date(wallMs).toISOString();
  const { device, name } = by.sender;
  const picture = { type: "image/jpeg", sha256, base64: jpeg };
  const data = { event, kind, at, ...zonesOf({ kind, zones }), device, name, picture };
  return signed(`${event}-picture`, { type: "picture", timestamp: at, data }, by);
}

function signed(id: string, what: object, { secret, wallMs }: Signer): Signed {
  const text = JSON.stringify(what);
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
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${text}`).digest("base64");
  return {
    body: new TextEncoder().encode(text),
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
  };
}

function whatOf(said: AlertSaid): object {
  if (said.type === "digest") {
    const { why, zones } = said;
    return { since: new Date(said.firstWallMs).toISOString(), why, ...countsIn(said), zones };
  }
  return zonesOf(said);
}

function zonesOf({ kind, zones }: Pick<PictureSend, "kind" | "zones">): object {
  return kind === "ring" ? {} : { zones };
}
