/**
 * Allow: who may call a route, as the route itself states it in its `config`.
 *
 * A route without it makes the server refuse to build (guard.ts), so that none is ever open by
 * having been forgotten.
 */
import { isViewer, roles, type Role } from "../../household/roles.ts";
import type { Person } from "../../household/record.ts";
import type { KeptSession } from "../people/sessions.ts";

/** `everyone` needs no session; a list names the roles whose session it takes. */
export type Allow = "everyone" | readonly Role[];

/** Everybody who is signed in. */
export const signedIn: Allow = roles;

/** Those who may see what was recorded. */
export const viewers: Allow = roles.filter(isViewer);

/** Who asks. */
export interface Caller {
  readonly person: Person;
  readonly session: KeptSession;
}

declare module "fastify" {
  interface FastifyContextConfig {
    allow?: Allow;
    /** A program's key is as good as the session of whoever made it. */
    takesProgram?: boolean;
    /** Programs may show the token of web.metricsToken instead of a session. */
    takesMetricsToken?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}
