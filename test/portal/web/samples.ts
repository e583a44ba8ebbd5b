/**
 * Samples: an agency, its request and what an owner sends, for tests of the portal's pages.
 */
import type { Agency } from "../../../daemon/consent/agency.ts";
import { chunkBytes } from "../../../daemon/consent/grant.ts";
import type { Letter } from "../../../daemon/consent/letter.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import { sha256 } from "../../../daemon/ledger/sha256.ts";
import { parseRecipient } from "../../../daemon/seal/age/keys.ts";
import { seal } from "../../../daemon/seal/age/seal.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";

export const nowMs = Date.UTC(2026, 10, 26, 12);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export const agencyKeys = testKeys(40);
export const ownerKeys = testKeys(1);

export const agency: Agency = {
  id: "harbour-police",
  version: 1,
  name: "Harbour Police",
  kind: "police",
  jurisdiction: [
    [53.4, 9.8],
    [53.4, 10.2],
    [53.7, 10.2],
    [53.7, 9.8],
  ],
  keys: [{ signKey: agencyKeys.signKey, from: nowMs - 90 * dayMs, revokedAt: null }],
  sealTo: [agencyKeys.sealTo],
  docks: ["https://portal.example/dock/agencies/harbour-police"],
  contact: "desk@harbour-police.example",
  verifiedBy: "in person, with the badge and the office's letter",
  issuedAt: nowMs - 90 * dayMs,
};

export const request: Request = {
  id: "r-0123456789abcdef0123",
  agency: agency.id,
  case: "HP-2026-118",
  incidentType: "burglary",
  purpose: "Somebody broke into the bakery.",
  area: { lat: 53.55, lon: 10, radiusM: 250 },
  window: { from: nowMs - 2 * dayMs, to: nowMs - 2 * dayMs + 2 * hourMs },
  issuedAt: nowMs,
  expiresAt: nowMs + 7 * dayMs,
  keepDays: 90,
  onwardSharing: [],
  contact: agency.contact,
  sealTo: agencyKeys.sealTo,
  deliverTo: agency.docks[0] ?? "",
};

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export function listed(bytes: Uint8Array): { bytes: number; chunks: string[] } {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    chunks.push(hex(sha256(bytes.subarray(at, at + chunkBytes))));
  return { bytes: bytes.length, chunks };
}

export interface MadeParcel {
  readonly grant: string;
  readonly letterBytes: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ParcelOptions {
  readonly to?: string;
  readonly by?: Keys;
  readonly change?: (letter: Letter) => Letter;
  /** Plain pieces: the init segment, then fragments. */
  readonly pieces?: readonly Uint8Array[];
}

/** As the owner's page makes it: a sealed, signed letter and sealed files. */
export function makeParcel(options: ParcelOptions = {}): MadeParcel {
  const { to = agencyKeys.sealTo, by = ownerKeys, change = (letter) => letter } = options;
  const pieces = options.pieces ?? [
    Uint8Array.of(1, 2, 3),
    new Uint8Array(1_500_000).fill(7),
    Uint8Array.of(9),
  ];
  const recipients = [parseRecipient(to)];
  const [init = new Uint8Array(), ...fragments] = pieces.map((piece) => seal(piece, recipients));
  const letter: Letter = change({
    grant: "grant-0001",
    device: ownerKeys.signKey,
    destination: { kind: "request", request: "b".repeat(64), agency: agency.id },
    to: agency.name,
    purpose: "burglary",
    note: "the man at the left",
    clips: [
      {
        clip: "clip-0001",
        startWallMs: request.window.from,
        codec: "avc1.42c01f",
        width: 1280,
        height: 720,
        init: listed(init),
        fragments: fragments.map((fragment, index) => ({
          ...listed(fragment),
          index: index + 3,
          startMs: 6_000 + index * 2_000,
          durationMs: 2_000,
        })),
      },
    ],
    issuedAt: nowMs,
    ownerKey: by.signKey,
  });
  const envelope = signEnvelope(by, payloadTypes.letter, letter);
  const sealedLetter = seal(new TextEncoder().encode(JSON.stringify(envelope)), recipients);
  const bytes = Uint8Array.from(Buffer.concat([sealedLetter, init, ...fragments]));
  return { grant: "grant-0001", letterBytes: sealedLetter.length, bytes };
}
