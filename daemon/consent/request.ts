/**
 * Request: an agency asks in public for what cameras saw, at one place, in a window that is over.
 *
 * The schema says what shape a request has; `limits.ts` says which of them a doorbell looks at. There is no
 * field with which to ask for what comes: `window.to` must lie before `issuedAt`.
 */
import { z } from "zod";
import {
  agencyIdSchema,
  idSchema,
  latitude,
  lineSchema,
  longitude,
  sealToShapeSchema,
  textSchema,
  timeSchema,
} from "./common.ts";

/** A closed list. Protests and lawful assembly are not on it, and nothing that could stand for them. */
export const incidentTypes = [
  "assault",
  "burglary",
  "robbery",
  "theft",
  "vehicle-theft",
  "hit-and-run",
  "traffic-collision",
  "vandalism",
  "arson",
  "fire",
  "missing-person",
  "homicide",
  "kidnapping",
  "shooting",
] as const;
export type IncidentType = (typeof incidentTypes)[number];

export const requestSchema = z.strictObject({
  id: idSchema,
  agency: agencyIdSchema,
  case: lineSchema(60),
  incidentType: z.enum(incidentTypes),
  purpose: textSchema(1_000).min(1),
  area: z.strictObject({ lat: latitude, lon: longitude, radiusM: z.number().min(0).max(100_000) }),
  window: z.strictObject({ from: timeSchema, to: timeSchema }),
  issuedAt: timeSchema,
  expiresAt: timeSchema,
  /** Days after which it deletes what it was given. */
  keepDays: z.int().min(0).max(36_500),
  /** To whom it may pass it on; empty = to nobody. */
  onwardSharing: z.array(lineSchema(120)).max(10),
  contact: lineSchema(200),
  /** One of the keys of its profile, where they are checked. */
  sealTo: sealToShapeSchema,
  /** One of the docks of its profile. */
  deliverTo: z.string().max(300),
});
export type Request = z.output<typeof requestSchema>;

/** The agency takes a request back; nothing that was granted before changes by it. */
export const withdrawalSchema = z.strictObject({
  agency: agencyIdSchema,
  /** Hash of the request's payload. */
  request: z.string().regex(/^[0-9a-f]{64}$/u),
  issuedAt: timeSchema,
});
export type Withdrawal = z.output<typeof withdrawalSchema>;
