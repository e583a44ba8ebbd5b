/**
 * Stage: what one step of a process took in, passed on and dropped, as messages carry it.
 */
import { z } from "zod";

const count = z.int().min(0);

/** Counters of one stage; the status page shows them all. */
export const stageSchema = z.strictObject({
  name: z.string(),
  in: count,
  out: count,
  dropped: count,
  lastError: z.string().optional(),
});
