/**
 * Cover letter: what the recipient of a parcel reads first, signed by the owner and sealed to them.
 *
 * It is the parcel's first item, an age file around the envelope, so that who carries or keeps the parcel learns
 * neither clips nor hours nor whose key signed. It lists the files that follow, in order.
 */
import { z } from "zod";
import { signKeySchema } from "../identity/signed-shape.ts";
import { idSchema, lineSchema, sha256Schema, textSchema, timeSchema } from "./common.ts";
import { destinationSchema } from "./grant.ts";
import { maxClips, maxFileBytes, maxItems } from "./parcel.ts";

const fileSchema = z.strictObject({
  bytes: z.int().min(1).max(maxFileBytes),
  chunks: z.array(sha256Schema).min(1).max(64),
});

export const letterSchema = z.strictObject({
  grant: idSchema,
  device: signKeySchema,
  destination: destinationSchema,
  to: lineSchema(120),
  purpose: textSchema(1_000),
  /** The owner's words; may be empty. */
  note: textSchema(2_000),
  clips: z
    .array(
      z.strictObject({
        clip: idSchema,
        startWallMs: timeSchema,
        codec: z.string().max(60),
        width: z.int().min(1).max(10_000),
        height: z.int().min(1).max(10_000),
        init: fileSchema,
        fragments: z
          .array(
            fileSchema.extend({
              index: z.int().min(0).max(999_999),
              /** From the clip's start. */
              startMs: z.int().min(0),
              durationMs: z.int().min(0),
            }),
          )
          .min(1)
          .max(maxItems),
      }),
    )
    .max(maxClips),
  issuedAt: timeSchema,
  ownerKey: signKeySchema,
});
export type Letter = z.output<typeof letterSchema>;
