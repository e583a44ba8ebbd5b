/**
 * Address: where the timeline stands and what it shows, in the address of the page, so that a link and the back
 * button find it again. Pure.
 *
 * "#/timeline?at=2026-01-31T14:03:22Z&span=60&kind=ring": a time, minutes from edge to edge, the filter. What is
 * not understood is left out.
 */
import { noFilter, whatFilters, type Filter } from "./filter.ts";
import { longestMs, minuteMs, shortestMs, type View } from "./view.ts";

export interface Place {
  /** Null = now. */
  readonly atMs: number | null;
  readonly spanMs: number;
  readonly filter: Filter;
}

const page = "#/timeline";
const mostName = 100;

export function addressOfPlace({ atMs, spanMs, filter }: Place): string {
  const search = new URLSearchParams();
  if (atMs !== null) search.set("at", `${new Date(atMs).toISOString().slice(0, 19)}Z`);
  search.set("span", String(Math.round(spanMs / minuteMs)));
  const { kind, what, zone, video, mark, who, ignored } = filter;
  if (kind !== null) search.set("kind", kind);
  if (what !== null) search.set("what", what);
  if (zone !== null) search.set("zone", zone);
  if (video !== null) search.set("video", video ? "yes" : "no");
  if (mark !== null) search.set("mark", mark);
  if (who !== null) search.set("who", who);
  if (ignored !== null) search.set("ignored", ignored);
  return `${page}?${search}`;
}

export function placeOfAddress(hash: string, usual: Pick<View, "spanMs">): Place {
  const search = new URLSearchParams(hash.startsWith(`${page}?`) ? hash.slice(page.length + 1) : "");
  const atMs = Date.parse(search.get("at") ?? "");
  const minutes = Number(search.get("span") ?? Number.NaN);
  const spanMs = minutes * minuteMs;
  const isSpan = spanMs >= shortestMs && spanMs <= longestMs + 60 * minuteMs;
  const name = (key: string): string | null => search.get(key)?.slice(0, mostName) ?? null;
  return {
    atMs: Number.isFinite(atMs) && atMs >= 0 ? atMs : null,
    spanMs: isSpan ? spanMs : usual.spanMs,
    filter: {
      ...noFilter,
      kind: oneOf(["ring", "motion"], search.get("kind")),
      what: oneOf(whatFilters, search.get("what")),
      video: { yes: true, no: false }[search.get("video") ?? ""] ?? null,
      mark: oneOf(["good", "false"], search.get("mark")),
      zone: name("zone") || null,
      who: name("who"),
      ignored: oneOf(["with", "only"], search.get("ignored")),
    },
  };
}

function oneOf<T extends string>(known: readonly T[], said: string | null): T | null {
  return known.find((each) => each === said) ?? null;
}
