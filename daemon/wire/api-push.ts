/**
 * The API's shapes of web push: which browsers are told, and what a browser needs to be one of them.
 */
import { z } from "zod";
import { faultSchema } from "./fault.ts";

export const phoneSchema = z.object({
  id: z.string(),
  /** Who is told there: a person's id. */
  person: z.string(),
  label: z.string(),
  /** Host of the push service that carries the alerts. */
  service: z.string(),
  addedWallMs: z.int(),
  /** SHA-256 of its address at the service, base64url: by this a browser finds itself. */
  mark: z.string(),
  /** Its session is the one that asks. */
  own: z.boolean(),
  /** Alerts to it do not arrive. */
  trouble: z.object({ fault: faultSchema, sinceWallMs: z.int() }).optional(),
});
export type PhoneShown = z.output<typeof phoneSchema>;

/** GET /api/phones */
export const phonesShownSchema = z.object({
  /** False: the settings name no push service. */
  on: z.boolean(),
  /** An owner said that browsers may be told. */
  allowed: z.boolean(),
  /** For `applicationServerKey`; null when it is off. */
  key: z.string().nullable(),
  /** Everybody's for owners, one's own for others. */
  phones: z.array(phoneSchema),
});
export type PhonesShown = z.output<typeof phonesShownSchema>;
