/**
 * Post: an owner's words on the neighbours' board of a portal. Public, moderated, with an end.
 *
 * Signed by the owner's board key (`sill v1 board ed25519` of the same seed), which is no other key of
 * the house: posts of one household belong together and lead to no doorbell. The place is coarse by
 * its type: whole hundredths of a degree, about a kilometre.
 */
import { z } from "zod";
import { idSchema, lineSchema, textSchema, timeSchema } from "./common.ts";

export { maxPostDays } from "./parcel.ts";
const hundredths = (most: number) =>
  z
    .int()
    .min(-most * 100)
    .max(most * 100);

export const postSchema = z.strictObject({
  id: idSchema,
  title: lineSchema(100),
  text: textSchema(2_000).min(1),
  /** In hundredths of a degree. */
  near: z.strictObject({ lat100: hundredths(90), lon100: hundredths(180) }),
  /** Name of the neighbourhood, as people there say it. */
  nearName: lineSchema(60),
  /** A link that a grant made (`/s/...#...`); null = words alone. */
  share: z.string().max(400).nullable(),
  issuedAt: timeSchema,
  expiresAt: timeSchema,
});
export type Post = z.output<typeof postSchema>;
