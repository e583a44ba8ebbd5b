/**
 * Setup still: the request for the one unmasked picture that the eye ever hands out.
 *
 * Signed by an owner, for this doorbell, with the nonce that the eye gave out last (so that it
 * cannot be asked twice, and no clock matters). The picture is sealed to that owner's seal key as
 * the household knows it, and is never stored.
 */
import { z } from "zod";
import { signKeySchema } from "../identity/verify.ts";

export const setupStillSchema = z.strictObject({
  device: signKeySchema,
  nonce: z.string().min(16).max(64),
  issuedAt: z.int().min(0),
});
export type SetupStill = z.output<typeof setupStillSchema>;
