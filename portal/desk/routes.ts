/**
 * Desk routes: what an agency that is signed in may do. It publishes and takes back requests, fetches what was
 * granted to it and signs that it has it, and answers when an owner asks for deletion. It sees its own, no more.
 */
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import {
  challengeSchema,
  deskRequestsSchema,
  deskSessionSchema,
  loggedSchema,
  openedSessionSchema,
  parcelsSchema,
  signedBodySchema,
  type Parcel,
} from "../api.ts";
import { Fault } from "../../hal/fault.ts";
import { putAnswer, putReceipt } from "../dock/after.ts";
import { agencyDock } from "../dock/docks.ts";
import { publishRequest, withdrawRequest } from "../office/requests.ts";
import { requestCards } from "../public/cards.ts";
import { shown } from "../public/routes.ts";
import { errorAnswers, grantParams, type Api, type PortalContext } from "../server/context.ts";
import { NotSignedIn } from "../server/errors.ts";
import { sendBytes } from "../server/ranges.ts";
import type { KeptParcel } from "../store/store.ts";
import type { SignedInAgency } from "./sessions.ts";

const maxRequests = 500;
const maxParcels = 1_000;
const loginRate = { max: 30, timeWindow: "1 minute" };
const signed = { body: signedBodySchema };
const nothing = { 204: z.undefined(), ...errorAnswers };

export function deskRoutes(api: Api, context: PortalContext): void {
  const { store, sessions, clock, logServer } = context;
  const office = { records: context.records, registry: store.registry, clock };
  const after = { store, clock };

  const caller = async (request: FastifyRequest): Promise<SignedInAgency> => {
    const found = await sessions.find(tokenOf(request));
    if (found === null) throw new NotSignedIn();
    return found;
  };

  api.post(
    "/api/desk/challenge",
    { config: { rateLimit: loginRate }, schema: { response: { 200: challengeSchema, ...errorAnswers } } },
    async () => sessions.challenge(),
  );

  api.post(
    "/api/desk/session",
    {
      config: { rateLimit: loginRate },
      schema: { ...signed, response: { 201: openedSessionSchema, ...errorAnswers } },
    },
    async ({ body }, reply) => reply.code(201).send(await sessions.open(body.envelope)),
  );

  api.get(
    "/api/desk/session",
    { schema: { response: { 200: deskSessionSchema, ...errorAnswers } } },
    async (request) => caller(request),
  );

  api.delete("/api/desk/session", { schema: { response: nothing } }, async (request, reply) => {
    sessions.close(tokenOf(request));
    return reply.code(204).send(undefined);
  });

  api.post(
    "/api/desk/requests",
    { schema: { ...signed, response: { 201: loggedSchema, ...errorAnswers } } },
    async (request, reply) => {
      const { agency } = await caller(request);
      const logged = await publishRequest(office, agency.id, request.body.envelope);
      logServer.refresh();
      return reply.code(201).send(logged);
    },
  );

  api.post(
    "/api/desk/withdrawals",
    { schema: { ...signed, response: { 201: loggedSchema, ...errorAnswers } } },
    async (request, reply) => {
      const { agency } = await caller(request);
      const logged = await withdrawRequest(office, agency.id, request.body.envelope);
      logServer.refresh();
      return reply.code(201).send(logged);
    },
  );

  api.get(
    "/api/desk/requests",
    { schema: { response: { 200: deskRequestsSchema, ...errorAnswers } } },
    async (request) => {
      const { agency } = await caller(request);
      const nowMs = clock.wallMs();
      const found = await store.registry.requests({ agency: agency.id, nowMs, limit: maxRequests });
      const requests = [];
      for (const card of await requestCards(store, found, nowMs))
        requests.push({ ...card, parcels: await store.parcels.countOf(agencyDock(agency.id), card.hash) });
      return { requests };
    },
  );

  api.get(
    "/api/desk/parcels",
    { schema: { response: { 200: parcelsSchema, ...errorAnswers } } },
    async (request) => {
      const { agency } = await caller(request);
      const parcels: Parcel[] = [];
      for (const parcel of await store.parcels.arrivedAt(agencyDock(agency.id), maxParcels))
        parcels.push(await shownParcel(parcel));
      return { parcels };
    },
  );

  const shownParcel = async (parcel: KeptParcel): Promise<Parcel> => {
    const { dock, grant, bytes, letterBytes, request, arrivedAt, until, here } = parcel;
    const receipt = await store.parcels.receipt(dock, grant);
    const notices = await store.parcels.notices(dock, grant);
    const answer = await store.parcels.answer(dock, grant);
    return {
      grant,
      bytes,
      letterBytes,
      request,
      until,
      here,
      arrivedAt: arrivedAt ?? 0,
      receipt: receipt === null ? null : shown(receipt.envelope),
      notices: notices.map(shown),
      answer: answer === null ? null : shown(answer.envelope),
    };
  };

  api.get(
    "/api/desk/parcels/:grant/parcel",
    { schema: { params: grantParams, response: { 206: z.unknown(), ...errorAnswers } } },
    async (request, reply) => {
      const { agency } = await caller(request);
      const parcel = await store.parcels.arrived(agencyDock(agency.id), request.params.grant);
      if (parcel === null || !parcel.here)
        throw new Fault("not-found", "no such parcel is here, or not any more");
      return sendBytes(request, reply, {
        length: parcel.bytes,
        read: (from, to) => context.bytes.read(parcel.upload, from, to),
      });
    },
  );

  api.post(
    "/api/desk/parcels/:grant/receipt",
    { schema: { ...signed, params: grantParams, response: nothing } },
    async (request, reply) => {
      const { agency } = await caller(request);
      await putReceipt(after, agency.id, { grant: request.params.grant, input: request.body.envelope });
      return reply.code(204).send(undefined);
    },
  );

  api.post(
    "/api/desk/parcels/:grant/answer",
    { schema: { ...signed, params: grantParams, response: nothing } },
    async (request, reply) => {
      const { agency } = await caller(request);
      const { grant } = request.params;
      const { answer, parcel } = await putAnswer(after, agency.id, { grant, input: request.body.envelope });
      if (answer === "deleted" && parcel.here) await context.receiving.empty(parcel);
      return reply.code(204).send(undefined);
    },
  );
}

function tokenOf({ headers }: FastifyRequest): string {
  return /^Bearer ([A-Za-z0-9_-]{43})$/u.exec(headers.authorization ?? "")?.[1] ?? "";
}
