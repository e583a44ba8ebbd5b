/**
 * Route: which page the address names.
 *
 * Pages live behind "#/" ("#/agency/harbour-police"), so that the portal serves one file. A share link is the
 * exception, because its fragment carries the key that opens it: "/s/GRANT#AGE-SECRET-KEY-1...". Browsers send
 * no fragment to any server. Pure but for `openRoute`.
 */
import { createStore, type Store } from "../../../web/state/store.ts";

export const pageNames = [
  "requests",
  "request",
  "agencies",
  "agency",
  "board",
  "log",
  "about",
  "desk",
] as const;
export type PageName = (typeof pageNames)[number];

export type Route =
  | { readonly page: PageName; readonly of: string }
  | { readonly page: "share"; readonly of: string; readonly key: string }
  | { readonly page: "missing"; readonly of: string };

const takesName: ReadonlySet<PageName> = new Set(["request", "agency"]);

export function routeOf({ pathname, hash }: Pick<Location, "pathname" | "hash">): Route {
  const share = /^\/s\/([0-9a-z-]{8,40})\/?$/u.exec(pathname)?.[1];
  if (share !== undefined) return { page: "share", of: share, key: decoded(hash.slice(1)) };
  if (!hash.startsWith("#/") || hash === "#/") return { page: "requests", of: "" };
  const [name = "", ...rest] = hash.slice(2).split("/");
  const of = rest.join("/");
  const page = pageNames.find((known) => known === name);
  if (page === undefined || (takesName.has(page) && !/^[0-9a-z-]{3,64}$/u.test(of)))
    return { page: "missing", of: name };
  return { page, of };
}

/** What is no text of an address stays as it is: a key with a mistake, which is said where it is read. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function addressOf(page: PageName, of = ""): string {
  if (page === "requests") return "#/";
  return of === "" ? `#/${page}` : `#/${page}/${of}`;
}

/** Follows the window's address for as long as the page is. A jump inside a page ("#top") stays on it. */
export function openRoute(): Store<Route> {
  const route = createStore(routeOf(location));
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#/") || location.hash === "" || route.get().page === "share")
      route.set(routeOf(location));
  });
  return route;
}
