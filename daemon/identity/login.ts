/**
 * Login: what a person signs to be let in, instead of a password.
 *
 * The nonce is the doorbell's, good once and for a minute; `device` binds the signature to this
 * doorbell, so that another one cannot pass it on.
 */
import { z } from "zod";
import { signKeySchema } from "./verify.ts";

export { challengeBytes } from "./challenge.ts";

export const loginSchema = z.strictObject({
  device: signKeySchema,
  nonce: z.string().min(16).max(64),
  /** What the list of sessions calls this browser: "Firefox on Android". */
  label: z.string().trim().min(1).max(80),
  issuedAt: z.int().min(0),
});
export type Login = z.output<typeof loginSchema>;
