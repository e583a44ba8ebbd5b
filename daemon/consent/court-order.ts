/**
 * Court order: an order on paper, as an owner records it before anything is given out for it.
 *
 * It compels the owner, not the doorbell: what leaves still needs a grant, which names the order.
 * It never turns into consent, and consent never into an order: a grant is for one or the other.
 */
import { z } from "zod";
import { signKeySchema } from "../identity/signed-shape.ts";
import { idSchema, lineSchema, sha256Schema, textSchema, timeSchema } from "./common.ts";

export const courtOrderSchema = z.strictObject({
  id: idSchema,
  device: signKeySchema,
  court: lineSchema(120),
  fileNumber: lineSchema(60),
  /** Who is to be given the recordings. */
  recipient: lineSchema(120),
  window: z.strictObject({ from: timeSchema, to: timeSchema }),
  text: textSchema(2_000),
  /** Of the scanned paper, which stays with the owner; null = not scanned. */
  paperSha256: sha256Schema.nullable(),
  ownerKey: signKeySchema,
  issuedAt: timeSchema,
});
export type CourtOrder = z.output<typeof courtOrderSchema>;
