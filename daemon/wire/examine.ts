/**
 * Examine: what the eye, the lines and the microphone report to the self-test, as schemas.
 *
 * Figures and words; the one picture is an age file. The same shapes travel from eye to keeper, from the
 * running house to a command, and to the checks (daemon/selftest/door.ts).
 */
import { z } from "zod";
import { Fault, faultKinds } from "../../hal/fault.ts";
import { faultSchema } from "./fault.ts";

const count = z.int().min(0);
const frac = z.number().min(0).max(1);
const ms = z.number().min(0);

export const lightSchema = z.enum(["bright", "dark", "infrared"]);

/** What some seconds of camera showed. Luma 0..255; everything is of visible pixels only, unless it says otherwise. */
export const cameraReportSchema = z.strictObject({
  name: z.string(),
  /** Of the sensor's picture, before camera.crop and camera.rotate. */
  width: count,
  height: count,
  asked: z.strictObject({ width: count, height: count, fps: z.number().min(0) }),
  /** False: a file, which comes as fast as it is read and in its own size. */
  live: z.boolean(),
  frames: count,
  /** Between frames, by media time. */
  gapMs: z.strictObject({ median: ms, p99: ms, most: ms }),
  /** Missing in the camera's own count, or dropped by its driver. */
  droppedFrames: count,
  /** Dark is up to 24, bright from 231 on. All 0 when nothing is visible, and so below. */
  luma: z.strictObject({ mean: z.number(), darkFrac: frac, brightFrac: frac }),
  /** Spread of the brightness of coarse blocks: a hand over the lens has next to none. */
  contrast: z.number().min(0),
  /** Fine detail in parts of coarse detail, noise taken out; `best` of this camera in this light and framing. */
  sharpness: z.strictObject({ now: z.number().min(0), best: z.number().min(0) }),
  /** Mean difference of successive frames, how many were the same to the last bit, and for how long on end. */
  change: z.strictObject({ median: z.number().min(0), identical: count, longestMs: ms }),
  covered: z.boolean(),
  light: lightSchema,
  /** How often infrared came or went. */
  lightChanges: count,
  guard: z.strictObject({
    state: z.enum(["off", "learning", "watching", "blind", "tripped"]),
    reason: z.enum(["moved", "covered", "changed"]).nullable(),
  }),
  mask: z.strictObject({
    policyVersion: count.nullable(),
    visibleFrac: frac,
    /** Samples that should have been destroyed and were not, of all that were looked at. */
    leaked: count,
    looked: count,
    /** Of what is hidden, so much was something else in the camera's own picture: blanking it was work. */
    aliveFrac: frac,
    /** Why nothing is visible though a line is in force. */
    fault: z.string().max(400).nullable(),
  }),
  /** Age file in base64, to the household's viewers, of one masked JPEG; null = nobody could open it. */
  picture: z.base64().nullable(),
});
export type CameraReport = z.output<typeof cameraReportSchema>;

/** Most edges of one line that are kept; what comes after them is counted as missed. */
export const maxEdges = 2_000;

export const edgeSchema = z.strictObject({ atMs: ms, active: z.boolean() });

export const lineReportSchema = z.strictObject({
  name: z.string().max(200),
  /** Level when the watch began. */
  active: z.boolean(),
  /** Before debounce when `raw`, otherwise as the driver tells them; from the first one on, in order. */
  edges: z.array(edgeSchema).max(maxEdges),
  raw: z.boolean(),
  /** After debounce. */
  presses: count,
  /** Lost because a queue overran. */
  missed: count,
  watchedMs: ms,
});
export type LineReport = z.output<typeof lineReportSchema>;

export const pirReportSchema = lineReportSchema.extend({
  /** Until it counts as settled; 0 = it does. */
  warmUpLeftMs: ms,
  /** Since the line was opened, the watch included: how long, how much of it active, how often it rose. */
  openMs: ms,
  activeMs: ms,
  rises: count,
});
export type PirReport = z.output<typeof pirReportSchema>;

export const chimeReportSchema = z.strictObject({
  name: z.string().max(200),
  /** By how much it was louder than before, in dB; null = nobody listened. */
  heardDb: z.number().nullable(),
  /** The microphone, or why there is none. */
  microphone: z.string().max(400),
});
export type ChimeReport = z.output<typeof chimeReportSchema>;

/** The eye's answer: a report, or why there is none. */
export const examinedSchema = z.strictObject({
  type: z.literal("examined"),
  examine: z.string().regex(/^[0-9a-z-]{8,40}$/u),
  report: cameraReportSchema.optional(),
  fault: faultSchema.optional(),
});
export type Examined = z.output<typeof examinedSchema>;

/** Throws the Fault that it holds instead of a report. */
export function reportIn({ report, fault }: Examined): CameraReport {
  if (report !== undefined) return report;
  const { kind, message, hint } = fault ?? { kind: "bug", message: "the eye gave no answer" };
  throw new Fault(faultKinds.find((known) => known === kind) ?? "unavailable", message, { hint });
}
