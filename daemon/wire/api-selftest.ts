/**
 * Self-test as pages see it: how far the newest run is, and what was found before.
 */
import { z } from "zod";
import { checkHeadSchema, checkReportSchema, mostChecks, selftestReportSchema } from "./selftest.ts";

export const selftestStateSchema = z.strictObject({
  running: z.boolean(),
  startedWallMs: z.int().nullable(),
  /** Those of the newest run; empty = there was none since the doorbell started. */
  checks: z.array(checkHeadSchema).max(mostChecks),
  /** Under way, with what it wants of the person. */
  now: z.strictObject({ id: checkHeadSchema.shape.id, request: z.string().max(200).nullable() }).nullable(),
  done: z.array(checkReportSchema).max(mostChecks),
  /** The newest report of this start that was kept. */
  last: z.string().nullable(),
});
export type SelftestState = z.output<typeof selftestStateSchema>;

/** What a page asks for: outbound packets are asked for at the console only. */
export const selftestBodySchema = z.strictObject({
  only: z.array(checkHeadSchema.shape.id).min(1).max(mostChecks).nullable().default(null),
  attended: z.boolean(),
});

export const selftestPastSchema = z.strictObject({
  reports: z
    .array(
      selftestReportSchema.pick({
        id: true,
        startedWallMs: true,
        tookMs: true,
        verdict: true,
        counts: true,
        cut: true,
        how: true,
      }),
    )
    .max(64),
});
export type SelftestPast = z.output<typeof selftestPastSchema>;
