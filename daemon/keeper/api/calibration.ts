/**
 * Routes of calibration: what another setting would have done to the past, and the smallest change that
 * removes marked false alarms. Answered by a thread of its own; a newer question supersedes an older one.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { Fault, toFault } from "../../../hal/fault.ts";
import {
  calibrationProgressSchema,
  labelsBodySchema,
  labelThresholdsSchema,
  journalSpanSchema,
  previewBodySchema,
  previewSchema,
  proposalSchema,
  proposeBodySchema,
} from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import type { Question } from "../calibration/desk.ts";
import { checkZones } from "../zones-check.ts";
import { errorAnswers, type Api, type ApiContext } from "./context.ts";
import { Conflict } from "./errors.ts";

/** 16 zones of 256 corners. */
export const maxZonesBytes = 256 * 1024;
/** Nothing moves on the connection while a week is read. */
const patienceMs = 5 * 60_000;

const hourMs = 3_600_000;

export const calibrators = ["owner", "installer"] as const;

interface About {
  readonly zones: Zones;
  readonly fromWallMs: number;
  readonly toWallMs: number;
}

/** Throws Fault `invalid` for a time that ends before it begins. */
export function questionOf({ zones, fromWallMs, toWallMs }: About, { parts, paths }: ApiContext): Question {
  const { settings, clock } = parts;
  if (toWallMs <= fromWallMs) throw new Fault("invalid", "toWallMs is not after fromWallMs");
  if (fromWallMs >= clock.wallMs()) throw new Fault("invalid", "fromWallMs is still to come");
  const { postRollMs, cooldownMs, maxClipMs } = settings.recording;
  return {
    zones,
    fromWallMs,
    toWallMs: Math.min(toWallMs, Math.floor(clock.wallMs())),
    paths,
    settings: settings.motion,
    timing: { postRollUs: postRollMs * 1_000, cooldownUs: cooldownMs * 1_000, maxClipUs: maxClipMs * 1_000 },
  };
}

/** Aborts when the asker hangs up before the answer; its connection may be quiet till then. */
export function whileAsked(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  request.raw.socket.setTimeout(patienceMs);
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}

/** Zones that could not be saved are not previewed either. Throws Fault `invalid`. */
function checkedQuestion(about: About, context: ApiContext): Question {
  checkZones(about.zones, context.parts.policies.policy);
  return questionOf(about, context);
}

/** Superseded is no failure of the doorbell: 409. */
async function orConflict<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { kind, message } = toFault(error);
    throw kind === "cancelled" ? new Conflict(kind, message, { cause: error }) : error;
  }
}

export function calibrationRoutes(api: Api, context: ApiContext): void {
  const { parts, paths } = context;
  const { calibration, settings, janitor } = parts;

  api.get(
    "/api/calibration",
    {
      config: { allow: calibrators },
      schema: {
        summary: "What the motion journal holds",
        response: { 200: journalSpanSchema, ...errorAnswers },
      },
    },
    async () => calibration.held({ paths, sensitivity: settings.motion.sensitivity }),
  );

  api.get(
    "/api/calibration/progress",
    {
      config: { allow: calibrators },
      schema: {
        summary: "How far the question is that is being answered",
        response: { 200: calibrationProgressSchema, ...errorAnswers },
      },
    },
    async () => calibration.progress,
  );

  api.post(
    "/api/calibration/preview",
    {
      config: { allow: calibrators },
      bodyLimit: maxZonesBytes,
      schema: {
        summary: "Events as if these zones had been in force; 409 when a newer question superseded it",
        body: previewBodySchema,
        response: { 200: previewSchema, ...errorAnswers },
      },
    },
    async (request, reply) =>
      orConflict(calibration.preview(checkedQuestion(request.body, context), whileAsked(request, reply))),
  );

  api.post(
    "/api/calibration/propose",
    {
      config: { allow: calibrators },
      bodyLimit: maxZonesBytes,
      schema: {
        summary: "The smallest change that removes marked false alarms and keeps marked good events",
        body: proposeBodySchema,
        response: { 200: proposalSchema, ...errorAnswers },
      },
    },
    async (request, reply) =>
      orConflict(calibration.propose(checkedQuestion(request.body, context), whileAsked(request, reply))),
  );

  api.post(
    "/api/calibration/labels",
    {
      config: { allow: calibrators },
      bodyLimit: maxZonesBytes,
      schema: {
        summary: "From how sure on each label should count, by what was corrected and confirmed",
        body: labelsBodySchema,
        response: { 200: labelThresholdsSchema, ...errorAnswers },
      },
    },
    async ({ body }) => {
      // corrections are few: all events that are kept
      const { retentionHours, ignoredHours } = janitor;
      const toWallMs = Math.floor(parts.clock.wallMs());
      const fromWallMs = Math.max(0, toWallMs - retentionHours * hourMs);
      return calibration.labels({ paths, zones: body.zones, fromWallMs, toWallMs, ignoredHours });
    },
  );
}
