/**
 * Guard: no request passes whose route does not allow its caller. One hook, before any body is read.
 *
 * No session where one is needed: 401, so that the page knows to sign in. A session of another
 * role: 403. A household that cannot be read knows nobody, so everything but the public routes
 * answers with what is wrong with it. A path without a route is left to the 404.
 */
import type { FastifyRequest } from "fastify";
import { Fault } from "../../../hal/fault.ts";
import type { People } from "../people/people.ts";
import type { Allow, Caller } from "./allow.ts";
import type { Api } from "./context.ts";
import { cookieName } from "./cookie.ts";
import { NotSignedIn } from "./errors.ts";

/** Throws Fault `denied`, of two kinds; `corrupt` when nobody can be known. */
export function checkAllowed(allow: Allow, caller: Caller | null, broken: Fault | null): void {
  if (allow === "everyone") return;
  if (broken !== null) throw broken;
  if (caller === null) throw new NotSignedIn("this needs somebody who is signed in", "sign in first");
  const { role } = caller.person;
  if (!allow.includes(role))
    throw new Fault("denied", `this is not for the role ${role}`, { hint: `it is for: ${allow.join(", ")}` });
}

export function callerOf({ cookies }: FastifyRequest, people: People): Caller | null {
  const token = cookies[cookieName];
  return token === undefined ? null : people.sessions.find(token);
}

export function guardRoutes(api: Api, people: People): void {
  api.decorateRequest("caller", null);
  api.addHook("onRequest", async (request) => {
    request.caller = callerOf(request, people);
    const { allow } = request.routeOptions.config;
    if (allow === undefined) return;
    checkAllowed(allow, request.caller, people.household.fault);
  });
}

/** For handlers behind the guard. */
export function signedInCaller({ caller }: FastifyRequest): Caller {
  if (caller === null) throw new Fault("bug", "a route that needs a session was reached without one");
  return caller;
}
