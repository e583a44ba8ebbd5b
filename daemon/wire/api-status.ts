/**
 * API of the status: how camera, line, sensors, storage and each connection are now.
 */
import { z } from "zod";
import { feedStates } from "./api-consent.ts";
import { cameraStateSchema, faultSchema, guardSchema, stageSchema, viewSchema } from "./messages.ts";
import { privacyStateSchema } from "./privacy.ts";
import { whatStatusSchema } from "./what-status.ts";

export const processSchema = z.object({
  name: z.enum(["eye", "keeper", "courier", "rtsp"]),
  connected: z.boolean(),
  sinceWallMs: z.int().nullable(),
  rssBytes: z.int(),
});

export const sensorSchema = z.object({
  name: z.string(),
  role: z.enum(["button", "pir", "chime", "light"]),
  state: z.enum(["ok", "opening", "failed", "off"]),
  /** Presses, edges, sounds since start. */
  count: z.int(),
  lastWallMs: z.int().nullable(),
  fault: faultSchema.optional(),
});

export const statusSchema = z.object({
  version: z.string(),
  startedWallMs: z.int(),
  wallMs: z.int(),
  camera: z.object({
    state: cameraStateSchema,
    name: z.string(),
    width: z.int(),
    height: z.int(),
    fps: z.number(),
    /** Lines and zones are drawn on the picture that is shown and kept in fractions of the sensor's. */
    view: viewSchema.optional(),
    fault: faultSchema.optional(),
  }),
  mask: z.object({
    policyVersion: z.int().nullable(),
    visibleFrac: z.number(),
    fault: faultSchema.optional(),
    /** Does the scene still stand where it stood when the line was confirmed? */
    guard: guardSchema.optional(),
    /** Privacy now, as the eye obeys it; absent = open. */
    closed: z.object({ fault: faultSchema.optional(), byWord: z.boolean().optional() }).optional(),
  }),
  motion: z.object({
    active: z.boolean(),
    score: z.number(),
    /** What computes it, with the same results: "plain" where there is no WebAssembly SIMD. */
    kernel: z.enum(["simd", "plain"]).optional(),
    fault: faultSchema.optional(),
    /** The motion journal: frames written and not written since the eye started; absent = it keeps none. */
    journal: z.object({ frames: z.int(), dropped: z.int(), fault: faultSchema.optional() }).optional(),
  }),
  recording: z.string().nullable(),
  /** The model that tells what moved; absent = nobody has told of one. Events go on without it. */
  what: whatStatusSchema
    .extend({
      /** It is in this state since then, as this keeper saw it. */
      sinceWallMs: z.int().optional(),
      /** It is shown a picture as often (what.everyMs). */
      everyMs: z.number().optional(),
    })
    .optional(),
  encoder: z.string(),
  processes: z.array(processSchema),
  sensors: z.array(sensorSchema),
  storage: z.object({
    clips: z.int(),
    events: z.int(),
    usedBytes: z.int(),
    budgetBytes: z.int(),
    freeBytes: z.int(),
    retentionHours: z.int(),
    /** Ignored events are kept so long; never longer than the others. */
    ignoredHours: z.int(),
    oldestWallMs: z.int().nullable(),
    /** Clips deleted before their time because the disk or the budget was full. */
    evicted: z.int(),
    full: z.boolean(),
    fault: faultSchema.optional(),
  }),
  /** A fault: nothing is shown live, played or sent until it can be written again. */
  ledger: z.object({ entries: z.int(), fault: faultSchema.optional() }),
  /** Why the clock is not believed; absent = it is. */
  clock: faultSchema.optional(),
  stages: z.array(stageSchema),
  /** People who ask an owner to be let in (GET /api/people tells an owner who). */
  waiting: z.int(),
  /** Requests that were shown and wait for an owner's answer. */
  requests: z.int(),
  /** How it stands with the public log. */
  feed: z.enum(feedStates),
  /** Grants that have not arrived and were not stopped. */
  sending: z.int(),
  /** Privacy now: is the camera's sight closed, by whom, until when? */
  privacy: privacyStateSchema,
  simulated: z.boolean(),
  /** The broker of the house; absent = none is set. */
  mqtt: z.object({ connected: z.boolean(), fault: faultSchema.optional() }).optional(),
  /** The picture for systems of the house; absent = it is not switched on. */
  rtsp: z
    .object({
      /** The signed policy allows it. */
      allowed: z.boolean(),
      /** TCP port; null = none is open. */
      port: z.int().nullable(),
      onvifPort: z.int().nullable(),
      watching: z.int(),
      /** Why nothing is given now, in words. */
      why: z.string().optional(),
      fault: faultSchema.optional(),
    })
    .optional(),
});
export type Status = z.output<typeof statusSchema>;
