/**
 * Login: what a person signs to be let in, instead of a password.
 *
 * The nonce is the doorbell's, good once and for a minute; `device` binds the signature to this
 * doorbell, so that another one cannot pass it on.
 */
import { z } from "zod";
import { signKeySchema } from "./verify.ts";

export const loginSchema = z.strictObject({
  device: signKeySchema,
  nonce: z.string().min(16).max(64),
  /** What the list of sessions calls this browser: "Firefox on Android". */
  label: z.string().trim().min(1).max(80),
  issuedAt: z.int().min(0),
});
export type Login = z.output<typeof loginSchema>;

/** What the doorbell signs of a challenge, so that the browser knows whom it answers. */
export function challengeBytes({ device, nonce }: { device: string; nonce: string }): Uint8Array {
  return new TextEncoder().encode(`sill challenge v1\n${device}\n${nonce}\n`);
}
