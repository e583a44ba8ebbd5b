/**
 * Control: what commands on this machine ask the running house, over `run/control/control.sock`.
 *
 * One JSON object per line. A command connects, says what it wants in one line (`controlAskSchema`) and
 * reads lines (`controlLineSchema`) until `done` or `fault`, which is the last. Closing the connection takes
 * the question back; closing its own half only asks for an end, and what is known by then is still told. The socket is this user's alone: who may open it may read the data folder anyway.
 *
 *   lines   what the keeper feels and does from now on: edges before and after debounce, chime, light;
 *           on request when frames come, and some of them
 *   chime   sounds it once          light   shows a state for a while
 *
 *   selftest  runs it beside the house, which keeps the report
 *
 * Pictures (of a self-test, of a trace) are sealed; nothing here says who lives in the house.
 */
import { z } from "zod";
import { mostPicturesPerS } from "../../hal/trace/pictures.ts";
import { cameraStateSchema, framePictureSchema, frameTimingSchema } from "./messages.ts";
import { progressSchema, selftestAskSchema, selftestReportSchema } from "./selftest.ts";

/** Longest line of a question, and what waits at most for a reader who does not read. */
export const maxAskBytes = 4_096;
export const maxWaitingBytes = 1024 * 1024;
export const maxControlClients = 8;

const count = z.int().min(0);
const text = z.string().max(500);

export const lineNames = ["button", "pir", "chime", "light"] as const;
export type LineName = (typeof lineNames)[number];

const lightState = z.enum(["off", "idle", "recording", "live", "fault"]);

export const controlAskSchema = z.discriminatedUnion("ask", [
  /** With `camera` also how the camera is and when its frames come; with `picturesPerS` also some of them. */
  z.strictObject({
    ask: z.literal("lines"),
    camera: z.boolean().optional(),
    picturesPerS: z.number().min(0.1).max(mostPicturesPerS).optional(),
  }),
  z.strictObject({ ask: z.literal("chime") }),
  selftestAskSchema.extend({ ask: z.literal("selftest") }),
  z.strictObject({ ask: z.literal("light"), state: lightState, forMs: z.int().min(1).max(60_000) }),
]);
export type ControlAsk = z.output<typeof controlAskSchema>;

/** One line of the house as it is when somebody begins to watch, or after it was opened again. */
const lineState = z.strictObject({
  type: z.literal("line"),
  line: z.enum(lineNames),
  state: z.enum(["opening", "ok", "failed", "off"]),
  /** "gpio pinctrl-rp1 17". */
  name: text,
  /** null = not known: a button tells presses only, an output is not read back. */
  active: z.boolean().nullable(),
  /** Are edges before debounce told? */
  bounces: z.boolean(),
  driver: z.enum(["sim", "gpio", "replay", "speaker", "none"]),
  /** 0 = as the driver tells it. */
  debounceMs: z.number(),
  /** Of a real line. */
  wire: z.strictObject({ chip: z.string().max(32), offset: count, activeLow: z.boolean() }).nullable(),
});

const moment = { monoMs: z.number(), wallMs: z.number() };

/** Something happened on an input, or was done with an output. */
const lineMoved = z.strictObject({
  type: z.literal("moved"),
  line: z.enum(lineNames),
  /** bounce = before debounce; edge = after it, a button's to active only; driven = by the house. */
  what: z.enum(["bounce", "edge", "driven"]),
  active: z.boolean(),
  /** What the light shows. */
  light: lightState.optional(),
  /** CLOCK_MONOTONIC, which every process here shares. */
  ns: z.string().regex(/^\d{1,20}$/u),
  /** Was that stamped by the kernel, when it happened? */
  kernel: z.boolean(),
  ...moment,
});

/** A line was lost and is tried again; a `line` follows when it is back. */
const lineLost = z.strictObject({
  type: z.literal("lost"),
  line: z.enum(lineNames),
  kind: z.string().max(20),
  message: text,
});
/** The kernel's queue overran: so many edges of the line never came. */
const lineMissed = z.strictObject({ type: z.literal("missed"), line: z.enum(lineNames), count });

const cameraNews = z.strictObject({
  type: z.literal("camera"),
  state: cameraStateSchema,
  width: count,
  height: count,
  fps: z.number().min(0),
  ns: z.string().regex(/^\d{1,20}$/u),
});
const frames = z.strictObject({ type: z.literal("frames"), frames: z.array(frameTimingSchema).max(64) });
/** Sealed by the eye. */
const picture = framePictureSchema.extend({ type: z.literal("picture") });

export const faultLineSchema = z.strictObject({
  type: z.literal("fault"),
  kind: z.string().max(20),
  message: text,
  hint: text.optional(),
});

export const controlLineSchema = z.discriminatedUnion("type", [
  lineState,
  lineMoved,
  lineLost,
  lineMissed,
  cameraNews,
  frames,
  picture,
  /** So many lines were left out here: they were not read in time. */
  z.strictObject({ type: z.literal("dropped"), count }),
  ...progressSchema.options,
  /** `picture`: an age file in base64; `notKept`: why the house has no copy of the report. */
  z.strictObject({
    type: z.literal("selftest-done"),
    report: selftestReportSchema,
    picture: z.base64().nullable(),
    notKept: text.nullable(),
  }),
  z.strictObject({ type: z.literal("done") }),
  faultLineSchema,
]);
export type ControlLine = z.output<typeof controlLineSchema>;
export type LineState = z.output<typeof lineState>;
export type LineMoved = z.output<typeof lineMoved>;
export type CameraNews = z.output<typeof cameraNews> | z.output<typeof frames> | z.output<typeof picture>;
export type LineNews = LineMoved | LineState | z.output<typeof lineLost> | z.output<typeof lineMissed>;
