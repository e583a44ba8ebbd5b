/**
 * Routes of people: who belongs here, who wants to, and the owner's signature that changes it.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { applicantSchema } from "../../household/record.ts";
import { joinStateSchema, peopleSchema, type People as Answer } from "../../wire/api-household.ts";
import { enrol } from "../people/enrol.ts";
import type { People } from "../people/people.ts";
import { signedIn, type Caller } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";

/** What the eye reads at most. */
export const maxRecordBytes = 64 * 1024;
const recordBody = z.strictObject({ record: z.unknown() });
const joined = z.object({ id: z.string(), check: z.string() });
const joinRate = { max: 10, timeWindow: "1 minute" };

/** Who waits is for owners to know. */
export function peopleOf({ household, joins }: People, caller: Caller | null): Answer {
  const { people, count, head } = household.current;
  return {
    people: [...people],
    next: { seq: count, prev: head },
    waiting: caller?.person.role === "owner" ? joins.waiting : [],
  };
}

export function peopleRoutes(api: Api, { parts }: ApiContext): void {
  const { people, history } = parts;
  const { household, joins } = people;

  api.get(
    "/api/people",
    {
      config: { allow: signedIn },
      schema: { summary: "Who belongs to this doorbell", response: { 200: peopleSchema, ...errorAnswers } },
    },
    async (request) => peopleOf(people, signedInCaller(request)),
  );

  api.post(
    "/api/people",
    {
      config: { allow: ["owner"] },
      bodyLimit: maxRecordBytes,
      schema: {
        summary: "Enrols or removes somebody: the next household record, signed by an owner",
        body: recordBody,
        response: { 200: peopleSchema, ...errorAnswers },
      },
    },
    async (request) => {
      const { type, person } = await enrol(request.body.record, { household, history });
      if (type === "remove") await people.sessions.end((session) => session.signKey === person.signKey);
      return peopleOf(people, signedInCaller(request));
    },
  );

  api.post(
    "/api/join",
    {
      config: { allow: "everyone", rateLimit: joinRate },
      schema: {
        summary: "Asks to be enrolled; an owner sees it and signs, or not",
        body: applicantSchema,
        response: { 202: joined, ...errorAnswers },
      },
    },
    async ({ body }, reply) => {
      if (!household.isPaired)
        throw new Fault("denied", "this doorbell has no owner yet who could enrol you", {
          hint: "pair it first, with the code on its console",
        });
      const { id, check } = joins.ask(body);
      return reply.code(202).send({ id, check });
    },
  );

  api.get(
    "/api/join/:id",
    {
      config: { allow: "everyone" },
      schema: {
        summary: "What became of it",
        params: idParams,
        response: { 200: joinStateSchema, ...errorAnswers },
      },
    },
    async ({ params }) => {
      const state = joins.stateOf(params.id);
      if (state === null) throw new Fault("not-found", `nobody asked under ${params.id}`);
      return state;
    },
  );

  api.delete(
    "/api/join/:id",
    {
      config: { allow: ["owner"] },
      schema: {
        summary: "Sends somebody away who asked to be enrolled",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async ({ params }, reply) => {
      joins.refuse(params.id);
      return reply.code(204).send(undefined);
    },
  );
}
