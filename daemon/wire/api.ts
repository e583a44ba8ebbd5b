/**
 * The API's shapes: what the keeper answers and the page reads. Here are events, their clips, errors and notices; every
 * other resource has a file api-*.ts beside this one.
 *
 * One zod schema per resource; OpenAPI is generated from them and undeclared fields are stripped
 * on the way out. The page imports the types only.
 */
import { z } from "zod";
import { markSchema } from "./api-calibration.ts";
import { statusSchema } from "./api-status.ts";
import { heardSchema } from "./api-talk.ts";
import { callEnds } from "./call-ends.ts";
import { mostKept } from "./delete-limits.ts";
import { pirSayings, seers } from "../sight/fusion.ts";
import { happeningSchema, labelSchema, seenSchema } from "./what.ts";
import { faultSchema } from "./messages.ts";

export const eventKindSchema = z.enum(["ring", "motion"]);
export type EventKind = z.output<typeof eventKindSchema>;

/**
 * Somebody rang while it went on; an owner signed that its recording is shared; a person keeps it; its end was told late, because
 * whoever watched it was away meanwhile.
 */
export const sparedBy = ["ring", "shared", "person", "cut"] as const;
export type Spared = (typeof sparedBy)[number];

/** An event: what happened, when, and the clip that shows it (null: no video, e.g. camera away). */
export const eventSchema = z.object({
  id: z.string(),
  kind: eventKindSchema,
  state: z.enum(["open", "closed", "interrupted"]),
  startWallMs: z.int(),
  endWallMs: z.int().nullable(),
  score: z.number(),
  zones: z.array(z.string()),
  /** Who saw the movement: the picture, the PIR, or both. Null = nobody did (a ring), or it was not kept. */
  seer: z.enum(seers).nullable().default(null),
  /** It woke a sleeping camera (camera.sleep): there is no picture of the time before. */
  woke: z.boolean().default(false),
  clip: z.string().nullable(),
  /** The clip has a thumb.jpg; before that, asking for it is a 404. */
  thumbnail: z.boolean(),
  /** What somebody said of it: worth being told, or a false alarm. Null = nothing. */
  mark: markSchema.nullable().default(null),
  /** What moved, most certain first. Empty = nobody looked, or nobody could tell. */
  what: z.array(labelSchema).default([]),
  /** How certain the model was of each of `what`, 0..1. */
  whatScores: z.array(z.number()).default([]),
  /** The same before the house's thresholds: what calibration asks of the past (daemon/calibration/labels). */
  said: seenSchema.default([]),
  /** What the PIR said meanwhile: unknown = none could be asked (daemon/sight/label-fusion.ts). */
  pir: z.enum(pirSayings).default("unknown"),
  /** What it came to: came in, stays, waits at the door, left or took a parcel. */
  happenings: z.array(happeningSchema).default([]),
  /** Whoever waited at the door is not there any more. Said while it goes on, and not kept. */
  gone: z.literal(true).optional(),
  /** What somebody says it was instead. Null = nobody said. */
  corrected: labelSchema.nullable().default(null),
  /** All that moved is ruled `ignore` where it was: lists hide it, and it is kept for less time. */
  ignored: z.boolean().default(false),
  /** Why it is not ignored, whatever is ruled. Null = nothing speaks for it. */
  spared: z.enum(sparedBy).nullable().default(null),
});
export type Event = z.output<typeof eventSchema>;

export const eventPageSchema = z.object({
  events: z.array(eventSchema),
  /** Pass as `before` to get the next, older page; null at the end. */
  next: z.string().nullable(),
});

/** POST /api/events/keep: whether these are kept and shown although a rule ignores them. */
export const keepSchema = z.strictObject({
  ids: z
    .array(z.string().regex(/^[0-9a-z-]{8,40}$/u, "not an id"))
    .min(1)
    .max(mostKept),
  keep: z.boolean(),
});
/** So many were there. */
export const keptSchema = z.object({ events: z.int() });

/** A clip: an init segment and fragments, each fetched on its own and appended to a SourceBuffer. */
export const clipSchema = z.object({
  id: z.string(),
  state: z.enum(["recording", "complete", "interrupted"]),
  startWallMs: z.int(),
  durationMs: z.int(),
  bytes: z.int(),
  codec: z.string(),
  width: z.int(),
  height: z.int(),
  thumbnail: z.boolean(),
  fragments: z.array(
    z.object({ index: z.int(), startMs: z.int(), durationMs: z.int(), bytes: z.int(), sha256: z.string() }),
  ),
});
export type Clip = z.output<typeof clipSchema>;

export const errorSchema = z.object({
  /** `because`: why nobody is signed in who was; absent = nobody was, or their session was ended. */
  error: faultSchema.extend({ because: z.literal("removed").optional() }),
});

/** WebSocket /api/ws, keeper -> page. Nothing is accepted the other way. */
export const noticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), version: z.string(), wallMs: z.int() }),
  /** A new event, or a changed one (closed, clip attached). `fresh` = just opened. */
  z.object({ type: z.literal("event"), event: eventSchema, fresh: z.boolean() }),
  z.object({ type: z.literal("event-deleted"), id: z.string() }),
  z.object({ type: z.literal("clip"), clip: clipSchema }),
  z.object({ type: z.literal("status"), status: statusSchema }),
  /** Rules or a snooze are others now, or something was told or held: GET /api/alerts says how. */
  z.object({ type: z.literal("alerts"), what: z.enum(["rules", "told"]) }),
  /** From now on the door is heard in this call, or not, and why. */
  z.object({ type: z.literal("call-heard"), id: z.string(), heard: heardSchema }),
  /** A call is over, whoever was in it. */
  z.object({ type: z.literal("call-ended"), id: z.string(), why: z.enum(callEnds) }),
]);
export type Notice = z.output<typeof noticeSchema>;
