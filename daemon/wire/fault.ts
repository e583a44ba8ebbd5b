/**
 * Fault: a Fault as messages and answers carry it.
 */
import { z } from "zod";

export const faultSchema = z.strictObject({
  kind: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
