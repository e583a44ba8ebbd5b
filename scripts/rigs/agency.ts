/**
 * Agency rig: a test registrar, agencies with known keys, and requests that fit every limit until a
 * test changes one.
 *
 * Keys come from numbers (paired.ts): the registrar is 80, an agency says its own. Signing is Node's, not
 * noble's, so that a hundred thousand requests take seconds.
 */
import { createPrivateKey, sign, type KeyObject } from "node:crypto";
import type { Agency } from "../../daemon/consent/agency.ts";
import type { Place } from "../../daemon/consent/common.ts";
import type { Moderation } from "../../daemon/consent/moderation.ts";
import type { Request, Withdrawal } from "../../daemon/consent/request.ts";
import { toBase64Url } from "../../daemon/identity/base64url.ts";
import {
  payloadTypes,
  signedBytes,
  type Envelope,
  type PayloadType,
} from "../../daemon/identity/envelope.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import { sha256 } from "../../daemon/ledger/sha256.ts";
import { testKeys } from "./paired.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Where test houses are. */
export const testPlace: Place = { lat: 54.3233, lon: 10.1394 };
export const testPortalUrl = "https://portal.test";

export const registrarKeys = testKeys(80);

export interface TestAgency {
  readonly keys: Keys;
  readonly profile: Agency;
}

/** Its first profile: a territory of some 20 km around the test houses, one key since 1970. */
export function testAgency(number = 81, changes: Partial<Agency> = {}): TestAgency {
  const keys = testKeys(number);
  const id = changes.id ?? "harbour-police";
  const { lat, lon } = testPlace;
  const profile: Agency = {
    id,
    version: 1,
    name: "Harbour Police",
    kind: "police",
    jurisdiction: [
      [lat - 0.2, lon - 0.3],
      [lat - 0.2, lon + 0.3],
      [lat + 0.2, lon + 0.3],
      [lat + 0.2, lon - 0.3],
    ],
    keys: [{ signKey: keys.signKey, from: 0, revokedAt: null }],
    sealTo: [keys.sealTo],
    docks: [`${testPortalUrl}/dock/agencies/${id}`],
    contact: "desk@harbour-police.test",
    verifiedBy: "its office was visited, and the key compared on paper",
    issuedAt: 0,
    ...changes,
  };
  return { keys, profile };
}

export function profileEnvelope({ profile }: Pick<TestAgency, "profile">): Envelope {
  return signed(registrarKeys, payloadTypes.agency, profile);
}

/** Asks at `nowMs` for an hour of this morning around the test houses. `number` makes id and case its own. */
export function testRequest(
  { profile }: TestAgency,
  { nowMs, number = 1, ...changes }: { nowMs: number; number?: number } & Partial<Request>,
): Request {
  return {
    id: `request-${String(number).padStart(6, "0")}`,
    agency: profile.id,
    case: `2026/${number}`,
    incidentType: "burglary",
    purpose: "Somebody broke into the shop at the corner and left on foot. We look for which way they went.",
    area: { ...testPlace, radiusM: 300 },
    window: { from: nowMs - 4 * hourMs, to: nowMs - 3 * hourMs },
    issuedAt: nowMs - 10 * minuteMs,
    expiresAt: nowMs + 7 * dayMs,
    keepDays: 30,
    onwardSharing: ["the public prosecutor"],
    contact: profile.contact,
    sealTo: profile.sealTo[0] ?? "",
    deliverTo: profile.docks[0] ?? "",
    ...changes,
  };
}

export function requestEnvelope(agency: TestAgency, request: Request): Envelope {
  return signed(agency.keys, payloadTypes.request, request);
}

export function withdrawalEnvelope(agency: TestAgency, request: string, issuedAt: number): Envelope {
  return signed(agency.keys, payloadTypes.withdrawal, {
    agency: agency.profile.id,
    request,
    issuedAt,
  } satisfies Withdrawal);
}

export function moderationEnvelope(moderation: Moderation): Envelope {
  return signed(registrarKeys, payloadTypes.moderation, moderation);
}

/** What a message is known by: hex SHA-256 of its payload. */
export function hashOf({ payload }: Envelope): string {
  return Buffer.from(sha256(Buffer.from(payload, "base64url"))).toString("hex");
}

const privateKeys = new Map<string, KeyObject>();

/** `signEnvelope` of daemon/identity, by Node's curve. */
export function signed(keys: Keys, payloadType: PayloadType, value: unknown): Envelope {
  const payload = new TextEncoder().encode(JSON.stringify(value));
  const sig = sign(null, signedBytes(payloadType, payload), privateKeyOf(keys));
  return {
    payloadType,
    payload: toBase64Url(payload),
    signatures: [{ keyid: keys.signKey, sig: toBase64Url(sig) }],
  };
}

/** What signs a doorbell's ledger, by Node's curve. */
export function nodeSigner(keys: Keys): { device: string; sign(message: Uint8Array): Uint8Array } {
  return { device: keys.signKey, sign: (message) => sign(null, message, privateKeyOf(keys)) };
}

function privateKeyOf({ signKey, signSecret }: Keys): KeyObject {
  const known = privateKeys.get(signKey);
  if (known !== undefined) return known;
  const d = toBase64Url(signSecret);
  const key = createPrivateKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", d, x: signKey } });
  privateKeys.set(signKey, key);
  return key;
}
