/**
 * What status: what the eye says of the model that tells what moved. Figures and words; no picture, no answer.
 */
import { z } from "zod";
import { runnerStates } from "../../models/runner/status.ts";
import { faultSchema } from "./fault.ts";

const count = z.int().min(0);

export const whatStatusSchema = z.strictObject({
  /** As what.model says it: "sill" is the one that comes with it. */
  model: z.string().max(40),
  /** resting: it failed and is started again by itself. refused: its file is not taken. */
  state: z.enum(runnerStates),
  fault: faultSchema.optional(),
  /** Pictures that it was shown; frames that were dropped because a newer one came; how often its process failed. */
  runs: count,
  dropped: count,
  failures: count,
  /** For one picture, of the last ones; null before the first. */
  msMedian: z.number().min(0).nullable(),
  msP95: z.number().min(0).nullable(),
  /** Of its process; 0 = there is none. */
  rssBytes: count,
});
export type WhatStatus = z.output<typeof whatStatusSchema>;
