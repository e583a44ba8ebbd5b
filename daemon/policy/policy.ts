/**
 * PrivacyPolicy: what the camera may see and how long it may remember, signed by an owner.
 *
 * The eye verifies the signature itself (`openPolicy`) and accepts higher versions only, so a broken
 * web server cannot widen the view. Missing, broken, unsigned or foreign = every pixel masked.
 * Strict: an unknown key is an error. Corners survive write and read bit for bit, because JSON
 * writes the shortest text that reads back as the same number.
 */
import { z } from "zod";
import type { Polygon } from "../../hal/geometry.ts";
import type { Household } from "../household/household.ts";
import { ownerWith } from "../household/household.ts";
import { payloadTypes } from "../identity/envelope.ts";
import { signKeySchema, verifyEnvelope, type Verified } from "../identity/verify.ts";
import { Fault } from "../../hal/fault.ts";
import { polygonProblem } from "./polygon.ts";
import { maxCorners, maxPrivacyZones, minCorners, type MaskShape } from "./shape.ts";

const polygonSchema = z
  .array(z.tuple([z.number(), z.number()]))
  .min(minCorners)
  .max(maxCorners)
  .superRefine((polygon: Polygon, context) => {
    const problem = polygonProblem(polygon);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });

/** What is hidden and shown, alone: for `sill replay --policy` and for tests. */
export const maskShapeSchema = z.strictObject({
  propertyLine: polygonSchema,
  privacyZones: z.array(polygonSchema).max(maxPrivacyZones).default([]),
});

export const policySchema = z.strictObject({
  /** Grows with every change; the eye refuses to go back. */
  version: z.int().min(1),
  /** The doorbell it was signed for: its device key's public half. */
  camera: signKeySchema,
  /** Size of the picture on which the line was drawn; another shape of picture masks everything. */
  picture: z.strictObject({ width: z.int().min(1).max(16_384), height: z.int().min(1).max(16_384) }),
  ...maskShapeSchema.shape,
  /** May people of the house hear the door while they talk to it? Sound is never recorded. */
  audio: z.boolean(),
  /** Recordings live at most so long, whatever the settings say. */
  retentionHours: z.int().min(1).max(720),
  /** What of the masked picture other systems may be given, channel by channel; absent = nothing. */
  publish: z.strictObject({
    /** The live picture, to who has the password of RTSP and ONVIF. */
    rtsp: z.boolean().optional(),
    /** One picture with each alert, by this channel; each is a disclosure in the ledger. */
    ntfy: z.boolean().optional(),
    webhook: z.boolean().optional(),
  }),
  issuedAt: z.int().min(0),
});
export type Policy = z.output<typeof policySchema> & MaskShape;

/** Throws Fault `invalid` or `denied` (verify.ts), also for a policy of another doorbell. */
export function openPolicy(envelope: unknown, household: Household): Verified<Policy> {
  const verified = verifyEnvelope<Policy>(envelope, {
    type: payloadTypes.policy,
    schema: policySchema,
    trusts: (key) => ownerWith(household, key) !== null,
    what: "privacy policy",
  });
  if (verified.value.camera !== household.device)
    throw new Fault("denied", "this privacy policy was signed for another doorbell");
  return verified;
}
