/**
 * After a grant: revocation, receipt, deletion notice and its answer.
 *
 * A revocation stops what has not left. What was delivered cannot be called back: a deletion notice asks
 * the recipient to delete it, and the answer is their signed word, no more.
 */
import { z } from "zod";
import { signKeySchema } from "../identity/signed-shape.ts";
import { agencyIdSchema, idSchema, lineSchema, sha256Schema, textSchema, timeSchema } from "./common.ts";

/** By any owner of the house, not only by the one who granted. */
export const revocationSchema = z.strictObject({
  grant: idSchema,
  device: signKeySchema,
  ownerKey: signKeySchema,
  issuedAt: timeSchema,
});
export type Revocation = z.output<typeof revocationSchema>;

/** By a key of the agency's profile. */
export const receiptSchema = z.strictObject({
  grant: idSchema,
  agency: agencyIdSchema,
  /** SHA-256 of `manifestText` of the items that arrived. */
  manifest: sha256Schema,
  receivedAt: timeSchema,
  /** Its own promise. */
  keepUntil: timeSchema,
  onwardSharing: z.array(lineSchema(120)).max(10),
});
export type Receipt = z.output<typeof receiptSchema>;

export const deletionNoticeSchema = z.strictObject({
  grant: idSchema,
  manifest: sha256Schema,
  reason: textSchema(500),
  ownerKey: signKeySchema,
  issuedAt: timeSchema,
});
export type DeletionNotice = z.output<typeof deletionNoticeSchema>;

export const deletionAnswerSchema = z
  .strictObject({
    grant: idSchema,
    agency: agencyIdSchema,
    manifest: sha256Schema,
    answer: z.enum(["deleted", "kept"]),
    /** The law or order it is kept by; empty when deleted. */
    basis: textSchema(500),
    answeredAt: timeSchema,
  })
  .refine(({ answer, basis }) => answer === "deleted" || basis !== "", {
    message: "who keeps it says by which basis",
    path: ["basis"],
  });
export type DeletionAnswer = z.output<typeof deletionAnswerSchema>;
