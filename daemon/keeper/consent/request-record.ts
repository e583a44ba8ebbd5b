/**
 * Request record: one public request that concerns this house, as it is kept. What may become of it.
 *
 *   found -> waiting -> shown -> refused | expired | granted        any before a decision -> withdrawn
 *
 * found: verified and within its radius; is there a recording? · waiting: matched, and not told yet (a digest
 * counts it) · shown: told · granted: an owner signed a grant for it; back to shown when that is cancelled in
 * time. Refused and withdrawn are final. That an owner is choosing what to share ("drafting") is known to
 * the page alone: nothing is kept of it here.
 *
 * Nothing of it is told to anybody outside, whatever it becomes.
 */
import { z } from "zod";
import { envelopeSchema } from "../../identity/signed-shape.ts";
import { requestSchema } from "../../consent/request.ts";

export const recordStates = [
  "found",
  "waiting",
  "shown",
  "refused",
  "expired",
  "granted",
  "withdrawn",
] as const;
export type RecordState = (typeof recordStates)[number];

const undecided: ReadonlySet<RecordState> = new Set(["found", "waiting", "shown"]);

export const requestRecordSchema = z.strictObject({
  hash: z.string(),
  state: z.enum(recordStates),
  request: requestSchema,
  /** As it stands in the log, so that an owner can show who asked. */
  envelope: envelopeSchema,
  /** Place of its entry in the log. */
  logIndex: z.int(),
  distanceM: z.number(),
  keySinceMs: z.int(),
  keyChanged: z.boolean(),
  shownWallMs: z.int().nullable(),
  /** What the registrar said about it. */
  notes: z.array(z.string()),
});
export type RequestRecord = z.output<typeof requestRecordSchema>;

export function isUndecided({ state }: Pick<RequestRecord, "state">): boolean {
  return undecided.has(state);
}

/** Has a place in the lists that owners see. */
export function wasShown({ shownWallMs }: Pick<RequestRecord, "shownWallMs">): boolean {
  return shownWallMs !== null;
}
