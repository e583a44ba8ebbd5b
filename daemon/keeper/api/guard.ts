/**
 * Guard: no request passes whose route does not allow its caller. One hook, before any body is read.
 *
 * No session where one is needed: 401, so that the page knows to sign in. A session of another
 * role: 403. A household that cannot be read knows nobody, so everything but the public routes
 * answers with what is wrong with it. A path without a route is left to the 404.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { Fault } from "../../../hal/fault.ts";
import type { People } from "../people/people.ts";
import type { Allow, Caller } from "./allow.ts";
import type { Api } from "./context.ts";
import { cookieName } from "./cookie.ts";
import { NotSignedIn } from "./errors.ts";

/** Throws Fault `denied`, of two kinds; `corrupt` when nobody can be known. */
function checkAllowed(request: FastifyRequest, allow: Allow, people: People): void {
  const { caller } = request;
  if (allow === "everyone") return;
  if (people.household.fault !== null) throw people.household.fault;
  if (caller === null) throw new NotSignedIn(wasRemoved(request, people) ? "removed" : null);
  if (caller.session.program === true && request.routeOptions.config.takesProgram !== true)
    throw new Fault("denied", "this is not for programs", {
      hint: "a program's key reads events, status and metrics",
    });
  const { role } = caller.person;
  if (!allow.includes(role))
    throw new Fault("denied", `this is not for the role ${role}`, { hint: `it is for: ${allow.join(", ")}` });
}

export interface GuardOptions {
  readonly people: People;
  /** Empty = none. */
  readonly metricsToken: string;
}

export function callerOf({ cookies }: FastifyRequest, people: People): Caller | null {
  const token = cookies[cookieName];
  return token === undefined ? null : people.sessions.find(token);
}

function programOf(request: FastifyRequest, people: People): Caller | null {
  const token = bearerOf(request);
  return token === undefined ? null : people.sessions.findProgram(token);
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/u.exec(headers.authorization ?? "")?.[1];
}

/** They are told why they are out: on the browser on which they were in, and nobody else is. */
function wasRemoved({ cookies }: FastifyRequest, people: People): boolean {
  const token = cookies[cookieName];
  return token !== undefined && people.sessions.wasRemoved(token);
}

export function guardRoutes(api: Api, { people, metricsToken }: GuardOptions): void {
  api.decorateRequest("caller", null);
  // after the rate limit, which is a hook of each route, and before anything is parsed
  api.addHook("preParsing", async (request) => {
    request.caller = callerOf(request, people) ?? programOf(request, people);
    if (request.is404) return;
    const { allow, takesMetricsToken } = request.routeOptions.config;
    if (allow === undefined) throw new Fault("bug", `${request.url} does not say whom it is for`);
    if (takesMetricsToken === true && showsToken(request, metricsToken)) return;
    checkAllowed(request, allow, people);
  });
}

/** `Authorization: Bearer ...`, compared in constant time; an empty token is none. */
function showsToken(request: FastifyRequest, token: string): boolean {
  const shown = bearerOf(request);
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return token !== "" && shown !== undefined && timingSafeEqual(digest(shown), digest(token));
}

/** For handlers behind the guard. */
export function signedInCaller({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Fault("bug", "a route that needs a session was reached without one");
  return caller;
}
