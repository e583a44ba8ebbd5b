/**
 * Route: which page the address names, "#/people" = "people", "" = the door itself; what stands behind a
 * further slash is the page's own ("#/share/request/0a1b").
 *
 * Only what stands after "#/" counts, so that a jump inside a page ("#events") stays on it.
 */
import { createStore, type Store } from "../state/store.ts";

/** Null: a place inside the present page, not a page. */
export function routeOf(hash: string): string | null {
  if (hash === "" || hash === "#") return "";
  return /^#\/((?:[a-z0-9-]+(?:\/(?=[a-z0-9-]))?)*)/u.exec(hash)?.[1] ?? null;
}

export function addressOf(route: string): string {
  return `#/${route}`;
}

/** Follows the window's address for as long as the page is. */
export function openRoute(): Store<string> {
  const route = createStore(routeOf(location.hash) ?? "");
  addEventListener("hashchange", () => {
    const next = routeOf(location.hash);
    if (next !== null) route.set(next);
  });
  return route;
}
