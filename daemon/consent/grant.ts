/**
 * Grant: an owner's signature for exactly these bytes, to exactly this recipient, until a time.
 *
 * `items` are the files of the parcel in the order in which they leave: first the cover letter
 * (letter.ts), then, of each clip, the init segment and the chosen fragments, each with a new age header
 * for the recipient and its payload as it was recorded. Each item lists the hash of each of its chunks
 * of `chunkBytes` (the last is shorter), so that every chunk can be checked before it leaves.
 *
 * A grant lists bytes that exist and has an end: "all" and "always" cannot be said (I8).
 */
import { z } from "zod";
import { signKeySchema } from "../identity/signed-shape.ts";
import {
  agencyIdSchema,
  idSchema,
  lineSchema,
  sealToSchema,
  sha256Schema,
  textSchema,
  timeSchema,
} from "./common.ts";
import { chunkBytes, maxFileBytes, maxItems } from "./parcel.ts";

export { chunkBytes, manifestText, maxGrantDays, maxItems, parcelBytes } from "./parcel.ts";

const file = {
  bytes: z.int().min(1).max(maxFileBytes),
  /** Hex SHA-256 of each chunk. */
  chunks: z.array(sha256Schema).min(1).max(64),
};

export const itemSchema = z
  .discriminatedUnion("part", [
    z.strictObject({ part: z.literal("letter"), ...file }),
    z.strictObject({ part: z.literal("init"), clip: idSchema, ...file }),
    z.strictObject({
      part: z.literal("fragment"),
      clip: idSchema,
      index: z.int().min(0).max(999_999),
      ...file,
    }),
  ])
  .refine(({ bytes, chunks }) => chunks.length === Math.ceil(bytes / chunkBytes), "one hash for each chunk");
export type Item = z.output<typeof itemSchema>;

export const destinationSchema = z.discriminatedUnion("kind", [
  /** Asked for in public: the hash of the request's payload. */
  z.strictObject({ kind: z.literal("request"), request: sha256Schema, agency: agencyIdSchema }),
  /** Compelled: the hash of the recorded order's payload. */
  z.strictObject({ kind: z.literal("court-order"), order: sha256Schema }),
  /** The owner's own archive (`archive.to` of the settings). */
  z.strictObject({ kind: z.literal("archive") }),
  /** To a neighbour's key. */
  z.strictObject({ kind: z.literal("neighbour") }),
  /** To whoever has the link; its key is in the link alone. */
  z.strictObject({ kind: z.literal("link") }),
  /** A post on the neighbours' board: a letter and nothing else. */
  z.strictObject({ kind: z.literal("board") }),
]);
export type Destination = z.output<typeof destinationSchema>;

export const recipientSchema = z.strictObject({
  name: lineSchema(120),
  /** Whose key opens it; null only for a post, which is public. */
  sealTo: sealToSchema.nullable(),
  /** Address of a dock (https://..., tus), or file:///... of an archive in a folder. */
  deliverTo: z.string().min(1).max(300),
});
export type Recipient = z.output<typeof recipientSchema>;

export const grantSchema = z.strictObject({
  id: idSchema,
  device: signKeySchema,
  destination: destinationSchema,
  recipient: recipientSchema,
  purpose: textSchema(1_000),
  items: z.array(itemSchema).min(1).max(maxItems),
  issuedAt: timeSchema,
  notAfter: timeSchema,
  ownerKey: signKeySchema,
});
export type Grant = z.output<typeof grantSchema>;
