/**
 * The API's shapes of requests and grants: what the owner's page reads. Signed messages are in
 * daemon/consent; here they are shown.
 */
import { z } from "zod";
import { agencyKinds } from "../consent/agency.ts";
import { destinationSchema } from "../consent/grant.ts";
import { requestSchema } from "../consent/request.ts";
import { placeSchema } from "../consent/common.ts";
import { faultSchema } from "./messages.ts";

/** How a request stands with this house. The agency learns none of it. */
export const requestStates = ["shown", "refused", "expired", "drafting", "granted", "withdrawn"] as const;

/** off = no portal is set; waiting = not fetched yet; alarm = the portal was caught lying. */
export const feedStates = ["off", "waiting", "current", "failing", "alarm"] as const;

export const requestCardSchema = z.object({
  /** SHA-256 of its payload: what a grant names. */
  hash: z.string(),
  state: z.enum(requestStates),
  request: requestSchema,
  agency: z.object({
    name: z.string(),
    kind: z.enum(agencyKinds),
    contact: z.string(),
    verifiedBy: z.string(),
    /** When the key that signed became this agency's; a recent change is told. */
    keySinceMs: z.int(),
    keyChanged: z.boolean(),
    /** Where the registrar lets it ask, as in its profile: the plan draws its border when it is near. */
    jurisdiction: z.array(z.tuple([z.number(), z.number()])),
  }),
  /** Clips of this house inside the window, oldest first, and how many seconds of each lie in it. */
  clips: z.array(
    z.object({ clip: z.string(), startWallMs: z.int(), durationMs: z.int(), insideMs: z.int() }),
  ),
  /** From the house to the middle of the area. */
  distanceM: z.number(),
  shownWallMs: z.int(),
  /** What the registrar said about it in public. */
  notes: z.array(z.string()),
  /** Place of its entry in the public log. */
  logIndex: z.int(),
});
export type RequestCard = z.output<typeof requestCardSchema>;

/** GET /api/requests. Newest first. */
export const requestsSchema = z.object({
  requests: z.array(requestCardSchema),
  /** Matched today beyond `consent.mostShownPerDay`; told as a number. */
  digest: z.object({ waiting: z.int(), nextWallMs: z.int().nullable() }),
  muted: z.array(z.object({ agency: z.string(), name: z.string() })),
  mutedAll: z.boolean(),
  feed: z.object({
    state: z.enum(feedStates),
    portal: z.string(),
    checkedWallMs: z.int().nullable(),
    size: z.int(),
    /** Entries that were not shown, by reason code, since the beginning. */
    counts: z.record(z.string(), z.int()),
    fault: faultSchema.optional(),
  }),
  /** Is it known where this house is? Without it nothing matches. */
  placed: z.boolean(),
});
export type Requests = z.output<typeof requestsSchema>;

/** GET and PUT /api/place; null = not said. Never leaves this doorbell. */
export const placeAnswerSchema = z.object({ place: placeSchema.nullable() });

export const grantStates = [
  "ready",
  "sending",
  "delivered",
  "receipted",
  "closed",
  "cancelled",
  "revoked",
  "expired",
  "suspended",
  "failed",
  "deletion-asked",
  "deleted",
  "kept",
  "unanswered",
] as const;
export type GrantState = (typeof grantStates)[number];

export const grantCardSchema = z.object({
  id: z.string(),
  state: z.enum(grantStates),
  destination: destinationSchema,
  recipient: z.object({ name: z.string(), deliverTo: z.string() }),
  purpose: z.string(),
  /** Who signed, as they are or were called in the house. */
  by: z.string(),
  issuedAt: z.int(),
  notAfter: z.int(),
  /** Nothing leaves before; until then it can be cancelled without a trace outside. */
  sendAfterWallMs: z.int(),
  bytes: z.int(),
  sentBytes: z.int(),
  clips: z.array(
    z.object({ clip: z.string(), fragments: z.int(), startWallMs: z.int().nullable(), durationMs: z.int() }),
  ),
  deliveredWallMs: z.int().nullable(),
  receipt: z
    .object({ receivedAt: z.int(), keepUntil: z.int(), onwardSharing: z.array(z.string()) })
    .nullable(),
  deletion: z
    .object({ askedWallMs: z.int(), answer: z.enum(["deleted", "kept"]).nullable(), basis: z.string() })
    .nullable(),
  /** Why it does not go on, in words. */
  fault: faultSchema.nullable(),
  /** What its manifest is known by (`manifestText`): a deletion notice names it. */
  manifest: z.string(),
  /** Of a link, and of what lies there for a key: where it is, without its key. */
  shareUrl: z.string().nullable(),
});
export type GrantCard = z.output<typeof grantCardSchema>;

/** GET /api/grants. Newest first. */
export const grantsSchema = z.object({ grants: z.array(grantCardSchema) });

/**
 * POST /api/grants. The envelope of a Grant, the letter as it leaves (base64), and the new age header
 * of each other item in order (base64): the doorbell joins each with the payload on its disk and keeps the
 * grant only if every chunk is the one that was signed.
 */
export const grantOrderSchema = z.strictObject({
  envelope: z.unknown(),
  letter: z.base64().max(4_000_000),
  headers: z.array(z.base64().max(8_192)).max(1_500),
});
export type GrantOrder = z.output<typeof grantOrderSchema>;

/** GET /api/destinations: what a grant may name besides a request. */
export const destinationsSchema = z.object({
  device: z.string(),
  archive: z.string().nullable(),
  /** The portal's docks for links and posts. */
  share: z.string().nullable(),
  board: z.string().nullable(),
  coolingOffS: z.int(),
});
export type Destinations = z.output<typeof destinationsSchema>;

export const courtOrderCardSchema = z.object({
  /** SHA-256 of the payload. */
  hash: z.string(),
  court: z.string(),
  fileNumber: z.string(),
  recipient: z.string(),
  window: z.object({ from: z.int(), to: z.int() }),
  text: z.string(),
  by: z.string(),
  recordedWallMs: z.int(),
});
export type CourtOrderCard = z.output<typeof courtOrderCardSchema>;
export const courtOrdersSchema = z.object({ orders: z.array(courtOrderCardSchema) });
