/**
 * What: what the eye says of an event beyond "something moved".
 *
 * Words and figures only: no box, no picture, nothing by which one person could be told from another.
 * Whole each time: who hears the last message of an event knows everything.
 */
import { z } from "zod";
import { labels } from "../../models/labels.ts";

export const labelSchema = z.enum(labels);

/**
 * crossed: came in over the property line. loitering: a person stays on and on. waiting: is at the door and has not rung.
 * parcel-left, parcel-taken: something like a parcel stands there that did not, or does not any more.
 */
export const happeningKinds = ["crossed", "loitering", "waiting", "parcel-left", "parcel-taken"] as const;
export const happeningSchema = z.enum(happeningKinds);
export type HappeningKind = z.output<typeof happeningSchema>;

/** Each once, as certain as at best, the most certain first. */
export const seenSchema = z
  .array(
    z.strictObject({
      label: labelSchema,
      score: z.number().min(0).max(1),
      /** It was at the door: large, and down to the ground. */
      near: z.literal(true).optional(),
    }),
  )
  .max(labels.length);
export type Seen = z.output<typeof seenSchema>[number];

export const eventWhatSchema = z.strictObject({
  type: z.literal("event-what"),
  event: z.string().regex(/^[0-9a-z-]{8,40}$/u),
  /** Empty = nobody could tell yet. */
  what: seenSchema,
  /** In the order in which they happened first, each once. */
  happenings: z
    .array(
      z.strictObject({
        kind: happeningSchema,
        wallMs: z.int().min(0),
        /** It was told of an event before and is still so: true of this one, and news to nobody. */
        known: z.literal(true).optional(),
      }),
    )
    .max(happeningKinds.length),
  /** Whoever waited at the door is not there any more; may come again. */
  gone: z.literal(true).optional(),
  /** Nothing better is to be expected soon: who waits for a label need not wait any longer. */
  settled: z.boolean(),
});
export type EventWhat = z.output<typeof eventWhatSchema>;

/** POST /api/events/:id/what: what somebody says it was; null = nobody says so any more. */
export const correctionSchema = z.strictObject({ label: labelSchema.nullable() });
