/**
 * Agency profile: who may put requests into the public log, in one signed and logged message.
 *
 * Signed by the portal's registrar, whose key the doorbell is told in its settings, and replaced by a
 * profile with a higher version. `verifiedBy` says in words how the registrar made sure; the owner
 * reads it. A key that is left out of a newer version, or has `revokedAt`, signs nothing from then on.
 */
import { z } from "zod";
import { signKeySchema } from "../identity/signed-shape.ts";
import { agencyIdSchema, latitude, lineSchema, longitude, sealToSchema, timeSchema } from "./common.ts";

export const agencyKinds = ["police", "fire", "rescue", "court", "municipality"] as const;

export const agencyKeySchema = z.strictObject({
  signKey: signKeySchema,
  from: timeSchema,
  revokedAt: timeSchema.nullable(),
});

export const agencySchema = z.strictObject({
  id: agencyIdSchema,
  version: z.int().min(1).max(100_000),
  name: lineSchema(80),
  kind: z.enum(agencyKinds),
  /** Where it may ask: corners [lat, lon] of a polygon that does not cross the 180th meridian. */
  jurisdiction: z
    .array(z.tuple([latitude, longitude]))
    .min(3)
    .max(256),
  keys: z.array(agencyKeySchema).min(1).max(16),
  /** What is granted to it is sealed to one of these. */
  sealTo: z.array(sealToSchema).min(1).max(4),
  /** Where its parcels go (https://...): the only places that its requests may name. */
  docks: z.array(z.string().max(300)).min(1).max(4),
  contact: lineSchema(200),
  verifiedBy: lineSchema(200),
  issuedAt: timeSchema,
});
export type Agency = z.output<typeof agencySchema>;
