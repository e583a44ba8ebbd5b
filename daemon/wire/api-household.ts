/**
 * The API's shapes of people: who is here, who wants in, who is signed in, what happened.
 *
 * Envelopes are checked where they are verified (daemon/identity/verify.ts); here they are JSON.
 */
import { labels } from "../../models/labels.ts";
import { actionsSchema } from "../alerts/zone-actions.ts";
import { z } from "zod";
import { roles } from "../household/roles.ts";
import { entryKinds } from "../ledger/kinds.ts";
import { fuses } from "../sight/fusion.ts";
import { lights } from "../sight/zones.ts";

const roleSchema = z.enum(roles);

/** GET /api/door: what a page must know before anybody is signed in. */
export const doorSchema = z.object({
  /** The device key's public half: whom signatures name. */
  device: z.string(),
  /** Of the page's certificate, SHA-256 in hex with colons; null while the page is for this machine only. */
  certificate: z.string().nullable(),
  paired: z.boolean(),
  simulated: z.boolean(),
});
export type Door = z.output<typeof doorSchema>;

export const publicPersonSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  signKey: z.string(),
  sealTo: z.string().nullable(),
});

/** Who asks to be enrolled. `check`: six digits of the hash of the keys, compared by eye on both screens. */
export const joinSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  signKey: z.string(),
  sealTo: z.string().nullable(),
  check: z.string(),
  askedWallMs: z.int(),
});
export type Join = z.output<typeof joinSchema>;

export const joinStateSchema = z.object({
  state: z.enum(["waiting", "enrolled", "refused", "expired"]),
  check: z.string(),
});

export const challengeSchema = z.object({
  device: z.string(),
  nonce: z.string(),
  expiresWallMs: z.int(),
  /** The device key's signature over `challengeBytes`, base64url. */
  sig: z.string(),
});

export const sessionSchema = z.object({
  id: z.string(),
  person: z.string(),
  label: z.string(),
  createdWallMs: z.int(),
  lastSeenWallMs: z.int(),
  expiresWallMs: z.int(),
  /** The session that asks. */
  own: z.boolean(),
  /** A program's key, not a browser. */
  program: z.literal(true).optional(),
});
export type Session = z.output<typeof sessionSchema>;

export const whoAmISchema = z.object({ person: publicPersonSchema, session: sessionSchema });
export type WhoAmI = z.output<typeof whoAmISchema>;

export const peopleSchema = z.object({
  people: z.array(publicPersonSchema),
  /** What the next household record must say: its number and the hash of the one before. */
  next: z.object({ seq: z.int(), prev: z.string().nullable() }),
  /** Owners only; empty for others. */
  waiting: z.array(joinSchema),
});
export type People = z.output<typeof peopleSchema>;

/** GET /api/policy. */
export const policyStateSchema = z.object({
  /** The signed envelope as it was put; null = none yet. */
  envelope: z.unknown().nullable(),
  /** Version that the next one must at least have. */
  nextVersion: z.int(),
  /** The simulated porch knows where its line should be; null for a real camera. */
  suggestion: z.object({ propertyLine: z.unknown(), privacyZones: z.unknown() }).nullable(),
  /** For the next request of a setup still; null while the eye is away. */
  stillNonce: z.string().nullable(),
});

/** One line of the history. `who` = name of the person at that time; null = the doorbell itself. */
export const historyEntrySchema = z.object({
  id: z.string(),
  wallMs: z.int(),
  who: z.string().nullable(),
  what: z.enum(entryKinds),
  /** In words for a person, without names of files or keys. */
  detail: z.string(),
  /** Parts of the picture that were visible before and after, 0..1; policies only. */
  fromFrac: z.number().nullable(),
  toFrac: z.number().nullable(),
  /** What it is about, by id (a request: the hash of its payload). */
  about: z
    .object({
      request: z.string().optional(),
      grant: z.string().optional(),
      clip: z.string().optional(),
      event: z.string().optional(),
    })
    .optional(),
  /** Who and what were erased when their time had come; the entry itself stays. */
  erased: z.literal(true).optional(),
});
export type HistoryEntry = z.output<typeof historyEntrySchema>;

export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  /** `before` of the next, older page. */
  next: z.string().nullable(),
});

/** GET /api/ledger/checkpoint. */
export const checkpointSchema = z.object({
  /** C2SP signed note of all entries so far, by the device key (docs/ledger.md). */
  checkpoint: z.string(),
});

/** GET /api/ledger/consistency. */
export const consistencySchema = z.object({
  /** RFC 6962 proof, each hash in base64. */
  proof: z.array(z.string()),
});

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "a time of day like 22:00");
const sensitivity = z.int().min(0).max(100);

/** Another sensitivity at some times or in some light (daemon/sight/zones.ts). */
export const ruleSchema = z
  .strictObject({
    zone: z.string().trim().min(1).max(40).nullable(),
    light: z.enum(lights).nullable(),
    from: timeOfDay.nullable(),
    to: timeOfDay.nullable(),
    sensitivity,
  })
  .refine(({ from, to }) => (from === null) === (to === null), "from and to go together");

export const thresholdsSchema = z.partialRecord(z.enum(labels), z.number().min(0).max(1));
export type Thresholds = z.output<typeof thresholdsSchema>;

/** GET and PUT /api/zones: where motion counts and how much. `sensitivity` null = that of the whole, or of the settings. */
export const zonesSchema = z.strictObject({
  zones: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        polygon: z
          .array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]))
          .min(3)
          .max(256),
        sensitivity: sensitivity.nullable(),
        /** How PIR and picture count together; absent = as the settings say. */
        fuse: z.enum(fuses).optional(),
        /** What moves here, by label; absent = as in the whole picture. */
        what: actionsSchema.optional(),
      }),
    )
    .max(16),
  sensitivity: sensitivity.nullable().default(null),
  rules: z.array(ruleSchema).max(16).default([]),
  /** What is wanted of what moves, by label (daemon/alerts/zone-actions.ts). Owners decide. */
  what: actionsSchema.optional(),
  /** A label that is less certain than this is none; absent = as the model's manifest says. Owners decide. */
  thresholds: thresholdsSchema.optional(),
});
export type Zones = z.output<typeof zonesSchema>;
