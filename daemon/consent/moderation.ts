/**
 * Moderation: what the portal's registrar says in public about an entry of the log. It cannot remove one.
 */
import { z } from "zod";
import { sha256Schema, textSchema, timeSchema } from "./common.ts";

export const moderationSchema = z.strictObject({
  /** Hash of the payload it speaks about. */
  about: sha256Schema,
  /** note: shown with it. withdrawn: devices stop showing the request. */
  kind: z.enum(["note", "withdrawn"]),
  text: textSchema(1_000).min(1),
  issuedAt: timeSchema,
});
export type Moderation = z.output<typeof moderationSchema>;
