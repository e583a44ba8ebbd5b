/**
 * The API's shapes of the timeline: what happened between two times, dense.
 *
 * Column by column, newest first, times counted from `from`: a day of a thousand events is some tens of
 * kilobytes. All that events have but their times is one of few combinations, so they name it by its place in
 * `sorts`. The page imports the types only.
 */
import { z } from "zod";
import { eventSchema } from "./api.ts";
import { mostWeighed } from "./delete-limits.ts";

/**
 * Why nothing was seen or kept: it was not running; the camera's process or the camera was away; the camera was
 * moved or covered; no line in force, or everything behind it; somebody switched the picture off; the disk took nothing.
 */
export const gapReasons = ["off", "eye", "camera", "moved", "masked", "privacy", "disk"] as const;
export type GapReason = (typeof gapReasons)[number];

export const gapSchema = z.object({
  id: z.string(),
  reason: z.enum(gapReasons),
  startWallMs: z.int(),
  /** Null = it goes on. */
  endWallMs: z.int().nullable(),
});
export type Gap = z.output<typeof gapSchema>;

const column = z.array(z.int());

export const timelineSchema = z.object({
  /** Every event and every recording that begins within [from, to) is here, and every gap that reaches into it. */
  from: z.int(),
  to: z.int(),
  /** Pass as `to` to get the next, older page; null = this one goes back as far as was asked. */
  next: z.int().nullable(),
  /** Where the first of all begins; null = there is nothing. */
  oldestWallMs: z.int().nullable(),
  sorts: z.array(
    eventSchema.pick({
      kind: true,
      state: true,
      zones: true,
      seer: true,
      woke: true,
      mark: true,
      thumbnail: true,
      what: true,
      happenings: true,
      corrected: true,
      ignored: true,
      spared: true,
    }),
  ),
  events: z.object({
    id: z.array(z.string()),
    at: column,
    /** Null = it goes on. */
    ms: z.array(z.int().nullable()),
    /** Place in `sorts`. */
    sort: column,
    clip: z.array(z.string().nullable()),
  }),
  /** `thumbnail`: 1 = there is one. */
  clips: z.object({ id: z.array(z.string()), at: column, ms: column, bytes: column, thumbnail: column }),
  gaps: z.array(gapSchema),
});
export type Timeline = z.output<typeof timelineSchema>;
export type EventSort = Timeline["sorts"][number];

/** GET /api/timeline/watched: who had which recordings opened, as the ledger tells; newest recording first. */
export const watchedSchema = z.object({
  people: z.array(z.object({ who: z.string(), clips: z.array(z.string()) })),
});
export type Watched = z.output<typeof watchedSchema>;

export const deleteManySchema = z.strictObject({
  ids: z.array(z.string().regex(/^[0-9a-z-]{8,40}$/u, "not an id")).max(mostWeighed),
  /** Nothing goes; the answer is what would. */
  dry: z.boolean().default(false),
});

export const deletedManySchema = z.object({
  events: z.int(),
  clips: z.int(),
  bytes: z.int(),
  /** gone = was not there; recording = goes on; held = somebody was promised its recording and has not got it yet. */
  kept: z.array(z.object({ id: z.string(), why: z.enum(["gone", "recording", "held"]) })),
});
export type DeletedMany = z.output<typeof deletedManySchema>;
