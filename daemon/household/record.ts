/**
 * Household record: one signed change of who belongs to this doorbell.
 *
 * Records form a chain: each names the hash of the one before it, so that none can be left out,
 * moved or carried over to another doorbell (`device`). Number 0 enrols the first owner and is signed
 * by that owner's own key, let in by the pairing code; every later one by a present owner's key.
 */
import { z } from "zod";
import { parseRecipient } from "../seal/age/keys.ts";
import { signKeySchema } from "../identity/verify.ts";
import { isViewer, roles, type Role } from "./roles.ts";

const sealToSchema = z.string().max(100).refine(isRecipient, "not an age recipient (age1...)");

const applicant = {
  /** As they are called in the house. */
  name: z.string().trim().min(1).max(60),
  role: z.enum(roles),
  signKey: signKeySchema,
  /** Recordings are sealed to it; null for roles that see none. */
  sealTo: sealToSchema.nullable(),
};

function sealsToViewersOnly({ role, sealTo }: { role: Role; sealTo: string | null }): boolean {
  return isViewer(role) === (sealTo !== null);
}
const sealProblem = {
  message: "owners and members have a seal key, installers and testers have none",
  path: ["sealTo"],
};

/** Somebody who asks to be enrolled. */
export const applicantSchema = z.strictObject(applicant).refine(sealsToViewersOnly, sealProblem);
export type Applicant = z.output<typeof applicantSchema>;

export const personSchema = z
  .strictObject({ id: z.string().regex(/^[0-9a-z-]{8,40}$/u, "not an id"), ...applicant })
  .refine(sealsToViewersOnly, sealProblem);
export type Person = z.output<typeof personSchema>;

const link = {
  device: signKeySchema,
  seq: z.int().min(0).max(100_000),
  /** Hex SHA-256 of the payload before; null for number 0. */
  prev: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .nullable(),
  issuedAt: z.int().min(0),
};

export const householdRecordSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enrol"), ...link, person: personSchema }),
  z.strictObject({ type: z.literal("remove"), ...link, person: z.string().max(40) }),
]);
export type HouseholdRecord = z.output<typeof householdRecordSchema>;

function isRecipient(text: string): boolean {
  try {
    parseRecipient(text);
    return true;
  } catch {
    return false;
  }
}
