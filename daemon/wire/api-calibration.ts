/**
 * The API's shapes of calibration: what another setting would have done, marks, proposals, walks.
 *
 * No picture is in any of them; a page shows the thumbnail of an event that it may open.
 */
import { z } from "zod";
import { lights } from "../sight/zones.ts";
import { zonesSchema } from "./api-household.ts";
import { viewSchema } from "./messages.ts";
import { labelSchema } from "./what.ts";

const wallMs = z.int().min(0);
const span = { fromWallMs: wallMs, toWallMs: wallMs };
const lightSchema = z.enum(lights);

/** Why something moved, as far as the path of its cells says (daemon/calibration/cause.ts). */
export const causes = [
  "walked", // went from one place to another
  "came-close", // grew until it filled the picture
  "stayed", // moved in one place for long: somebody waits, or a tree
  "brief", // small and over at once: an insect, a leaf
  "everywhere", // all over the picture at once: weather, a shaken camera
  "light", // began with a change of light
] as const;
export const causeSchema = z.enum(causes);
export type Cause = z.output<typeof causeSchema>;

export const marks = ["good", "false"] as const;
export const markSchema = z.enum(marks);
export type Mark = z.output<typeof markSchema>;

/** PUT /api/events/:id/mark. */
export const markBodySchema = z.strictObject({ mark: markSchema.nullable() });

/** GET /api/calibration: what the motion journal holds. */
export const journalSpanSchema = z.object({
  /** Null = nothing yet. */
  span: z.object(span).nullable(),
  bytes: z.int(),
  /** Where nothing was kept, and why in words. */
  gaps: z.array(z.object({ ...span, why: z.string() })).max(200),
  marks: z.object({ good: z.int(), false: z.int() }),
  /** Counts where the zones say nothing (`sensitivity` null): motion.sensitivity of the settings. */
  sensitivity: z.int().min(0).max(100),
});
export type JournalSpan = z.output<typeof journalSpanSchema>;

/** GET /api/calibration/progress: a preview or a proposal may have to read a week first. */
export const calibrationProgressSchema = z.object({
  busy: z.boolean(),
  /** How much of the journal was read, 0..1; 0 when nobody asked. */
  doneFrac: z.number().min(0).max(1),
});

/** POST /api/calibration/preview: as if these had been in force. The time is cut to what the journal holds. */
export const previewBodySchema = z.strictObject({ zones: zonesSchema, ...span });

/**
 * One event of then or of the preview. `stays`: both would have it. Times, score and zones are those
 * of the preview; those of then when it vanishes.
 */
export const previewEventSchema = z.object({
  change: z.enum(["stays", "appears", "vanishes"]),
  startWallMs: wallMs,
  endWallMs: wallMs,
  score: z.number(),
  zones: z.array(z.string()),
  cause: causeSchema,
  light: lightSchema,
  /** The least sensitivity that fires at all there and then. */
  leastSensitivity: z.int().min(1).max(100),
  /** Events of then that it overlaps, newest last. */
  events: z.array(z.object({ id: z.string(), mark: markSchema.nullable() })),
});
export type PreviewEvent = z.output<typeof previewEventSchema>;

export const previewSchema = z.object({
  ...span,
  /** Oldest first; the newest 2,000. */
  events: z.array(previewEventSchema).max(2_000),
  /** Of all, also those that are not listed. */
  counts: z.object({ stays: z.int(), appears: z.int(), vanishes: z.int() }),
  /** Per hour of the day (local), and per cause: events of then and of the preview. */
  byHour: z.array(z.object({ was: z.int(), preview: z.int() })).length(24),
  byCause: z.partialRecord(causeSchema, z.object({ was: z.int(), preview: z.int() })),
  tookMs: z.int(),
});
export type Preview = z.output<typeof previewSchema>;

/** POST /api/calibration/propose, with the zones that the page holds. */
export const proposeBodySchema = z.strictObject({ zones: zonesSchema, ...span });

export const proposalSchema = z.object({
  /** Null: no change does it; `words` say why. */
  zones: zonesSchema.nullable(),
  /** One sentence each, for an installer. */
  words: z.array(z.string()),
  /** Marked false alarms that it removes and leaves; marked good events that it keeps and would lose. */
  removes: z.int(),
  leaves: z.int(),
  keeps: z.int(),
  loses: z.int(),
  /** Events that were not marked and would go too. */
  alsoVanish: z.int(),
  tookMs: z.int(),
});
export type Proposal = z.output<typeof proposalSchema>;

/** POST /api/calibration/labels: what the last weeks say of the zones' thresholds. */
export const labelsBodySchema = z.strictObject({ zones: zonesSchema });

const count = z.int().min(0);

/** From how sure on a label counts (daemon/calibration/labels). */
export const labelThresholdSchema = z.object({
  label: labelSchema,
  /** As the zones have it; null = as the model says. */
  threshold: z.number().nullable(),
  /** Called so at that threshold; of those, corrected to something else, and confirmed. */
  called: count,
  wrong: count,
  confirmed: count,
  /** Somebody called it so, and the threshold hid it. */
  hidden: count,
  /** What would have been better; null = nothing. */
  proposed: z.number().min(0).max(1).nullable(),
  /** One sentence each, for an installer. */
  words: z.array(z.string()),
});
export type LabelThreshold = z.output<typeof labelThresholdSchema>;

export const labelThresholdsSchema = z.object({
  /** Events since then were looked at. */
  fromWallMs: wallMs,
  labels: z.array(labelThresholdSchema),
});
export type LabelThresholds = z.output<typeof labelThresholdsSchema>;

/** POST /api/walks: a walk that was just taken. */
export const walkBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  ...span,
  /** What the installer tapped on the way, e.g. "gate". */
  notes: z.array(z.strictObject({ wallMs, text: z.string().trim().min(1).max(80) })).max(50),
});

const place = z.tuple([z.number(), z.number()]);

export const walkSchema = z.object({
  id: z.string(),
  name: z.string(),
  by: z.string(),
  ...span,
  zones: zonesSchema,
  /** The part of the sensor's picture that was looked at: zones are drawn on the sensor's, the path on this. */
  view: viewSchema.optional(),
  light: lightSchema,
  seen: z.boolean(),
  /** When something moved at all (sensitivity 100), when motion fired, and the time between them. */
  firstStirWallMs: wallMs.nullable(),
  firstSeenWallMs: wallMs.nullable(),
  delayMs: z.int().nullable(),
  /** Part of the time with movement during which it was motion, 0..1. */
  seenFrac: z.number(),
  /** The walked path, in fractions of the picture, at most ten a second. */
  path: z.array(z.object({ wallMs, at: place, seen: z.boolean(), level: z.int() })).max(6_000),
  perZone: z.array(
    z.object({
      name: z.string(),
      seen: z.boolean(),
      firstSeenWallMs: wallMs.nullable(),
      bestScore: z.number(),
    }),
  ),
  notes: walkBodySchema.shape.notes,
});
export type Walk = z.output<typeof walkSchema>;

export const walkListSchema = z.object({
  walks: z.array(
    walkSchema.pick({ id: true, name: true, by: true, fromWallMs: true, seen: true, delayMs: true }),
  ),
});
