/**
 * The portal's API: every JSON answer, as its pages and anybody else reads it. Browser-safe.
 *
 * Public, for everybody, without a cookie or an account:
 *   GET  /api/portal                        aboutSchema
 *   GET  /api/requests?...                  requestPageSchema     (feedQuerySchema)
 *   GET  /api/requests/:hash                requestDetailSchema
 *   GET  /api/agencies                      agencyListSchema
 *   GET  /api/agencies/:id                  agencyPageSchema
 *   GET  /api/board?...                     boardPageSchema       (boardQuerySchema)
 *   GET  /api/shares/:grant                 shareSchema           404 = no such link, or its time is over
 *   GET  /api/shares/:grant/parcel          the sealed bytes      (Range)
 *   GET  /log/checkpoint, /log/tile/...     the public log (C2SP tlog-tiles)
 *
 * The desk, for an agency. No cookie: the token of a session goes into `Authorization: Bearer TOKEN`.
 *   POST /api/desk/challenge                {} -> challengeSchema
 *   POST /api/desk/session                  {envelope: Login} -> 201 openedSessionSchema
 *   GET  /api/desk/session                  deskSessionSchema     401 = sign in again
 *   DELETE /api/desk/session                204
 *   POST /api/desk/requests                 {envelope: Request} -> 201 loggedSchema; 400 `reject` says which limit
 *   GET  /api/desk/requests                 deskRequestsSchema
 *   POST /api/desk/withdrawals              {envelope: Withdrawal} -> 201 loggedSchema
 *   GET  /api/desk/parcels                  parcelsSchema
 *   GET  /api/desk/parcels/:grant/parcel    the sealed bytes      (Range)
 *   POST /api/desk/parcels/:grant/receipt   {envelope: Receipt} -> 204
 *   POST /api/desk/parcels/:grant/answer    {envelope: DeletionAnswer} -> 204; "deleted" also deletes the bytes here
 *
 * Docks, for doorbells: portal/dock. What goes wrong is `{error: {kind, message, hint}}` (refusalSchema).
 * A login is signed as at a doorbell (daemon/identity/login.ts); `device` is the registrar's key.
 */
import { z } from "zod";
import { agencyKinds, agencySchema } from "../daemon/consent/agency.ts";
import { postSchema } from "../daemon/consent/post.ts";
import { incidentTypes, requestSchema } from "../daemon/consent/request.ts";
import { faultSchema } from "../daemon/wire/messages.ts";

export const refusalSchema = z.object({
  error: faultSchema.extend({
    /** Of a request: the code of the limit that it breaks (daemon/consent), as a doorbell would count it. */
    reject: z.string().optional(),
  }),
});
export type Refusal = z.output<typeof refusalSchema>;

/** A signed message as it was logged or left here: check it yourself. */
const envelope = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
});

/** GET /api/portal */
export const aboutSchema = z.object({
  /** As its operator calls it. */
  name: z.string(),
  /** Its address, without a slash at the end. */
  url: z.string(),
  /** What a doorbell's settings `portal.logKey` and `portal.registrarKey` need. */
  logKey: z.string(),
  registrarKey: z.string(),
  /** Entries in the public log. */
  logSize: z.int(),
  docks: z.object({ shares: z.string(), board: z.string() }),
  /** By the portal's clock, to show what has run out. */
  wallMs: z.int(),
  version: z.string(),
});
export type About = z.output<typeof aboutSchema>;

const number = (from: number, to: number) => z.coerce.number().min(from).max(to);

/** Overlaps a box in degrees; all four or none. Does not cross the 180th meridian. */
const box = {
  south: number(-90, 90).optional(),
  west: number(-180, 180).optional(),
  north: number(-90, 90).optional(),
  east: number(-180, 180).optional(),
};

export const requestStates = ["open", "expired", "withdrawn"] as const;

/** GET /api/requests. Newest first; `before` = `next` of the page before. */
export const feedQuerySchema = z.strictObject({
  agency: z.string().max(40).optional(),
  type: z.enum(incidentTypes).optional(),
  state: z.enum(requestStates).optional(),
  ...box,
  /** The window that is asked for overlaps these times. */
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type FeedQuery = z.output<typeof feedQuerySchema>;

/** What the registrar said in public. */
export const noteSchema = z.object({
  kind: z.enum(["note", "withdrawn"]),
  text: z.string(),
  issuedAt: z.int(),
  /** Place of its entry in the public log. */
  index: z.int(),
});
export type Note = z.output<typeof noteSchema>;

export const requestCardSchema = z.object({
  /** Hex SHA-256 of its payload. */
  hash: z.string(),
  /** Place of its entry in the public log. */
  index: z.int(),
  state: z.enum(requestStates),
  /** When, and by whom, if it was taken back. */
  withdrawn: z.object({ at: z.int(), by: z.enum(["agency", "registrar"]) }).nullable(),
  request: requestSchema,
  agency: z.object({ id: z.string(), name: z.string(), kind: z.enum(agencyKinds) }),
  notes: z.array(noteSchema),
});
export type RequestCard = z.output<typeof requestCardSchema>;

export const requestPageSchema = z.object({
  requests: z.array(requestCardSchema),
  /** Null at the end. */
  next: z.int().nullable(),
});
export type RequestPage = z.output<typeof requestPageSchema>;

/** GET /api/requests/:hash */
export const requestDetailSchema = requestCardSchema.extend({ envelope });
export type RequestDetail = z.output<typeof requestDetailSchema>;

/** Never the exact number: one disclosure more must not be seen by who looks twice. */
export const buckets = ["0", "1-9", "10-49", "50-249", "250-999", "1000+"] as const;
export type Bucket = (typeof buckets)[number];
const bucket = z.enum(buckets);

/** What an agency did here, since the beginning. Requests are public and counted; the rest comes in buckets. */
export const recordSchema = z.object({
  requests: z.int(),
  open: z.int(),
  withdrawn: z.int(),
  /** Parcels that arrived at its dock. Who sent them is sealed inside. */
  received: bucket,
  /** For how many it signed a receipt. */
  receipted: bucket,
  deletionsAsked: bucket,
  deletionsDone: bucket,
  /** It said by which basis it keeps them. */
  deletionsRefused: bucket,
  deletionsUnanswered: bucket,
});
export type AgencyRecord = z.output<typeof recordSchema>;

export const agencyCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(agencyKinds),
  /** Middle of its territory, for a plan. */
  lat: z.number(),
  lon: z.number(),
  requests: z.int(),
  open: z.int(),
  /** All its keys are revoked: it can sign nothing any more. */
  revoked: z.boolean(),
});
/** GET /api/agencies, by name. */
export const agencyListSchema = z.object({ agencies: z.array(agencyCardSchema) });
export type AgencyCard = z.output<typeof agencyCardSchema>;

/** GET /api/agencies/:id */
export const agencyPageSchema = z.object({
  profile: agencySchema,
  envelope,
  /** Every profile it ever had, newest first, with its place in the public log. */
  versions: z.array(z.object({ version: z.int(), index: z.int(), issuedAt: z.int(), hash: z.string() })),
  record: recordSchema,
  /** About its profiles and its requests, newest first. */
  notes: z.array(noteSchema.extend({ about: z.string() })),
});
export type AgencyPage = z.output<typeof agencyPageSchema>;

/** GET /api/board. Newest first; approved and not expired. `before` = `next` of the page before. */
export const boardQuerySchema = z.strictObject({
  ...box,
  before: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type BoardQuery = z.output<typeof boardQuerySchema>;

export const boardPageSchema = z.object({
  posts: z.array(
    z.object({
      /** Hex SHA-256 of its payload. */
      hash: z.string(),
      post: postSchema,
      envelope,
      approvedAt: z.int(),
      /** The registrar's signature under the approval (a moderation note about `hash`); it is in no log. */
      approval: envelope.nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type BoardPage = z.output<typeof boardPageSchema>;

/** GET /api/shares/:grant: a sealed parcel behind a link. Its key is in the link alone. */
export const shareSchema = z.object({
  grant: z.string(),
  bytes: z.int(),
  /** Length of the first item, the cover letter. */
  letterBytes: z.int(),
  /** Afterwards it is gone. */
  until: z.int(),
});
export type Share = z.output<typeof shareSchema>;

/** POST /api/desk/challenge. The nonce is good once and for a minute. */
export const challengeSchema = z.object({
  /** What `device` of the login must be: the registrar's key. */
  device: z.string(),
  nonce: z.string(),
  expiresWallMs: z.int(),
});
export type Challenge = z.output<typeof challengeSchema>;

export const deskSessionSchema = z.object({
  agency: agencySchema,
  /** Which of its keys signed in. */
  signKey: z.string(),
  expiresWallMs: z.int(),
});
export type DeskSession = z.output<typeof deskSessionSchema>;
export const openedSessionSchema = deskSessionSchema.extend({ token: z.string() });
export type OpenedSession = z.output<typeof openedSessionSchema>;

/** Body of every POST of the desk. */
export const signedBodySchema = z.strictObject({ envelope: z.unknown() });

/** What is in the log now. */
export const loggedSchema = z.object({ hash: z.string(), index: z.int() });
export type Logged = z.output<typeof loggedSchema>;

/** GET /api/desk/requests. All of the agency's own, newest first. */
export const deskRequestsSchema = z.object({
  requests: z.array(requestCardSchema.extend({ /** That name it. */ parcels: z.int() })),
});
export type DeskRequests = z.output<typeof deskRequestsSchema>;

export const parcelSchema = z.object({
  grant: z.string(),
  bytes: z.int(),
  /** Length of the first item, the cover letter. */
  letterBytes: z.int(),
  /** Hash of the request it says it answers; the letter inside is what counts. */
  request: z.string().nullable(),
  arrivedAt: z.int(),
  /** When the portal deletes its copy. */
  until: z.int(),
  /** Are the bytes still here? */
  here: z.boolean(),
  receipt: envelope.nullable(),
  /** Signed by owners, oldest first. One that is not signed by the letter's owner means nothing. */
  notices: z.array(envelope),
  answer: envelope.nullable(),
});
export type Parcel = z.output<typeof parcelSchema>;

/** GET /api/desk/parcels. Newest first. */
export const parcelsSchema = z.object({ parcels: z.array(parcelSchema) });
