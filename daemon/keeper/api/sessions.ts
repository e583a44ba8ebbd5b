/**
 * Routes of sessions: signing in with a signature over a nonce, and the list of who is signed in.
 */
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import { challengeBytes } from "../../identity/challenge.ts";
import { challengeSchema, sessionSchema, whoAmISchema, type Session } from "../../wire/api-household.ts";
import { challengeMs } from "../people/challenges.ts";
import type { KeptSession } from "../people/sessions.ts";
import { checkLogin } from "../people/sign-in.ts";
import { signedIn, type Caller } from "./allow.ts";
import { errorAnswers, idParams, type Api, type ApiContext } from "./context.ts";
import { clearSessionCookie, setSessionCookie } from "./cookie.ts";
import { signedInCaller } from "./guard.ts";

const loginBody = z.strictObject({ envelope: z.unknown() });
const loginRate = { max: 60, timeWindow: "1 minute" };

function shown(session: KeptSession, own: string): Session {
  return { ...session, own: session.id === own };
}

function whoAmI({ person, session }: Caller) {
  return { person, session: shown(session, session.id) };
}

export function sessionRoutes(api: Api, { parts }: ApiContext): void {
  const { people, history, clock } = parts;
  const { household, challenges, sessions, device } = people;

  api.post(
    "/api/session/challenge",
    {
      config: { allow: "everyone", rateLimit: loginRate },
      schema: {
        summary: "A nonce to sign within a minute, signed by the doorbell itself",
        response: { 200: challengeSchema, ...errorAnswers },
      },
    },
    async () => {
      const challenge = { device: device.device, nonce: challenges.issue() };
      return {
        ...challenge,
        expiresWallMs: Math.round(clock.wallMs()) + challengeMs,
        sig: Buffer.from(device.sign(challengeBytes(challenge))).toString("base64url"),
      };
    },
  );

  api.post(
    "/api/session",
    {
      config: { allow: "everyone", rateLimit: loginRate },
      schema: {
        summary: "Signs in: the challenge, signed by somebody who belongs here",
        body: loginBody,
        response: { 201: whoAmISchema, ...errorAnswers },
      },
    },
    async (request, reply) => {
      if (household.fault !== null) throw household.fault;
      const { person, label } = checkLogin(request.body.envelope, { household, challenges });
      // noted, not appended: with a broken ledger an owner must come in to see that it is
      await history.note({ who: person.name, what: "signed-in", detail: `on ${label}` });
      const { token, session } = await sessions.create(person, label);
      setSessionCookie(request, reply, token);
      return reply.code(201).send(whoAmI({ person, session }));
    },
  );

  api.get(
    "/api/session",
    {
      config: { allow: signedIn },
      schema: { summary: "Who is asking", response: { 200: whoAmISchema, ...errorAnswers } },
    },
    async (request) => whoAmI(signedInCaller(request)),
  );

  api.delete(
    "/api/session",
    {
      config: { allow: signedIn },
      schema: { summary: "Signs out", response: { 204: z.undefined(), ...errorAnswers } },
    },
    async (request, reply) => {
      const { session } = signedInCaller(request);
      await sessions.end(({ id }) => id === session.id);
      clearSessionCookie(request, reply);
      return reply.code(204).send(undefined);
    },
  );

  api.get(
    "/api/sessions",
    {
      config: { allow: signedIn },
      schema: {
        summary: "Who is signed in where: everybody for owners, one's own for others",
        response: { 200: z.array(sessionSchema), ...errorAnswers },
      },
    },
    async (request) => {
      const { person, session } = signedInCaller(request);
      return sessions.all
        .filter((each) => person.role === "owner" || each.person === person.id)
        .map((each) => shown(each, session.id));
    },
  );

  api.delete(
    "/api/sessions/:id",
    {
      config: { allow: signedIn },
      schema: {
        summary: "Ends a session, and its sockets with it: anybody's for owners, one's own for others",
        params: idParams,
        response: { 204: z.undefined(), ...errorAnswers },
      },
    },
    async (request, reply) => {
      const { person } = signedInCaller(request);
      const wanted = sessions.all.find(({ id }) => id === request.params.id);
      const mayEnd = wanted !== undefined && (person.role === "owner" || wanted.person === person.id);
      if (!mayEnd) throw new Fault("not-found", `no session ${request.params.id} of yours`);
      await history.note({
        who: person.name,
        what: "signed-out",
        detail:
          wanted.program === true
            ? `took away the key of ${wanted.label}`
            : `ended a session on ${wanted.label}`,
      });
      await sessions.end(({ id }) => id === wanted.id);
      return reply.code(204).send(undefined);
    },
  );
}
