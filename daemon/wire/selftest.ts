/**
 * Self-test report: what a run found, as it is kept, sent and compared with last year's.
 *
 * Words and figures only. The one picture of a run is an age file beside it. `version` rises when a field
 * changes its meaning; fields may be added without.
 */
import { z } from "zod";

export const reportVersion = 1;
export const mostChecks = 64;

const ms = z.number().min(0);
const name = z.string().max(60);
const sentence = z.string().max(1_000);

export const verdictSchema = z.enum(["pass", "warn", "fail", "skip"]);
export type Verdict = z.output<typeof verdictSchema>;

export const groupSchema = z.enum([
  "camera",
  "picture",
  "lines",
  "sound",
  "storage",
  "time",
  "network",
  "board",
  "system",
]);
export type Group = z.output<typeof groupSchema>;

export const figureSchema = z.strictObject({
  name,
  value: z.number(),
  unit: z.string().max(20),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
});

/** Level of a line over time, as it bounced. */
export const waveformSchema = z.strictObject({
  title: name,
  edges: z.array(z.strictObject({ atMs: ms, active: z.boolean() })).max(2_000),
});

/** How often a figure lay where: `from` of the first bar, `step` to the next. */
export const histogramSchema = z.strictObject({
  title: name,
  unit: z.string().max(20),
  bars: z.array(z.strictObject({ upTo: z.number(), count: z.int().min(0) })).max(64),
});
export type Histogram = z.output<typeof histogramSchema>;

/** Which check, in words. */
export const checkHeadSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u),
  group: groupSchema,
  title: z.string().max(120),
});

export const checkReportSchema = checkHeadSchema.extend({
  verdict: verdictSchema,
  /** What was seen. */
  seen: sentence,
  /** What to do. */
  advice: sentence.optional(),
  figures: z.array(figureSchema).max(32),
  waveform: waveformSchema.optional(),
  histogram: histogramSchema.optional(),
  /** Title of the run's picture, when it belongs to this check. */
  picture: name.optional(),
  tookMs: ms,
});
export type CheckReport = z.output<typeof checkReportSchema>;

export const selftestReportSchema = z.strictObject({
  format: z.literal("sill-selftest"),
  version: z.literal(reportVersion),
  id: z.string().regex(/^[0-9a-z-]{8,40}$/u),
  startedWallMs: z.int(),
  tookMs: ms,
  /** The worst of all checks; skipped ones do not count. */
  verdict: z.enum(["pass", "warn", "fail"]),
  counts: z.strictObject({
    pass: z.int().min(0),
    warn: z.int().min(0),
    fail: z.int().min(0),
    skip: z.int().min(0),
  }),
  /** Ended before its end: by a person, or by the time that a run may take. */
  cut: z.enum(["cancelled", "time"]).nullable(),
  /** "a running house", "this test alone". */
  how: z.string().max(60),
  attended: z.boolean(),
  outbound: z.boolean(),
  /** What was asked for; null = all. */
  only: z.array(z.string().max(40)).max(mostChecks).nullable(),
  sill: z.string().max(40),
  board: z.string().max(200),
  checks: z.array(checkReportSchema).max(mostChecks),
});
export type SelftestReport = z.output<typeof selftestReportSchema>;

/** How a run is asked for. */
export const selftestAskSchema = z.strictObject({
  only: z
    .array(z.string().regex(/^[a-z0-9-]{1,40}$/u))
    .min(1)
    .max(mostChecks)
    .nullable(),
  /** Is somebody there who can press and wave? */
  attended: z.boolean(),
  /** May packets leave this machine? */
  outbound: z.boolean(),
});
export type SelftestAsk = z.output<typeof selftestAskSchema>;

/** What a run tells while it goes on. */
export const progressSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("selftest-begun"), checks: z.array(checkHeadSchema).max(mostChecks) }),
  z.strictObject({ type: z.literal("check-begun"), id: checkHeadSchema.shape.id }),
  /** Something is wanted of the person: "press the button now". */
  z.strictObject({
    type: z.literal("check-asks"),
    id: checkHeadSchema.shape.id,
    request: z.string().max(200),
  }),
  z.strictObject({ type: z.literal("check-done"), check: checkReportSchema }),
]);
export type Progress = z.output<typeof progressSchema>;
