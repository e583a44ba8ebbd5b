/**
 * Route table: every route of a server with whom it is for, as it was built.
 *
 * A route that does not say it makes the server refuse to build, so a new one cannot be forgotten
 * by the guard, nor by the tests that go through this table.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Allow } from "./allow.ts";
import type { Api } from "./context.ts";

export interface Route {
  readonly method: string;
  readonly url: string;
  readonly allow: Allow;
}

interface Seen {
  readonly method: string | string[];
  readonly url: string;
  readonly config?: { readonly allow?: Allow };
}

export interface RouteTable {
  /** All of them. Throws Fault `bug` that names those which do not say whom they are for. */
  finish(): Route[];
}

/** Sees what is added to `api` from now on, in every plugin. */
export function watchRoutes(api: Api): RouteTable {
  const seen: Seen[] = [];
  api.addHook("onRoute", (route) => {
    seen.push(route);
  });
  return {
    finish() {
      const silent = seen.filter(({ config }) => config?.allow === undefined);
      if (silent.length > 0)
        throw new Fault("bug", `routes without a role: ${silent.map(({ url }) => url).join(", ")}`);
      return seen.flatMap(({ method, url, config }) =>
        [method].flat().map((each) => ({ method: each, url, allow: config?.allow ?? [] })),
      );
    },
  };
}

/** For plugins of others, whose files hold no secret. */
export function openToEveryone(api: Api): void {
  api.addHook("onRoute", (route) => {
    route.config = { ...route.config, allow: "everyone" };
  });
}
