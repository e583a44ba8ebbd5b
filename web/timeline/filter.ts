/**
 * Filter: which events the timeline shows, as the address says it. Pure.
 *
 * Band and list obey the same one. Who watched what is the ledger's word (GET /api/timeline/watched).
 */
import type { Mark } from "../../daemon/wire/api-calibration.ts";
import type { EventKind } from "../../daemon/wire/api.ts";
import { labels } from "../../models/labels.ts";
import { happenings, happeningsOf, isParcel, labelsOf } from "../events/what-of.ts";
import type { Moment } from "./moment.ts";

export const whatFilters = [...labels, ...happenings, "unclear"] as const;
export type WhatFilter = (typeof whatFilters)[number];

export interface Filter {
  readonly kind: EventKind | null;
  /** With this label, this happening, or "unclear": nobody could tell. */
  readonly what: WhatFilter | null;
  readonly zone: string | null;
  /** With a recording, without, or both. */
  readonly video: boolean | null;
  readonly mark: Mark | null;
  /** Watched by this person; "" = by nobody. */
  readonly who: string | null;
  /** What rules ignore: null = hidden, "with" the others, or "only". */
  readonly ignored: "with" | "only" | null;
}

export const noFilter: Filter = {
  kind: null,
  what: null,
  zone: null,
  video: null,
  mark: null,
  who: null,
  ignored: null,
};

/** Who watched a recording; by its id. */
export type Watchers = ReadonlyMap<string, readonly string[]>;

export function passes(filter: Filter, moment: Moment, watchers: Watchers): boolean {
  const { kind, what, zone, video, mark, who, ignored } = filter;
  if (moment.ignored ? ignored === null : ignored === "only") return false;
  if (kind !== null && moment.kind !== kind) return false;
  if (what !== null && !isWhat(what, moment)) return false;
  if (zone !== null && !moment.zones.includes(zone)) return false;
  if (video !== null && (moment.clip !== null) !== video) return false;
  if (mark !== null && moment.mark !== mark) return false;
  if (who === null) return true;
  const seenBy = moment.clip === null ? [] : (watchers.get(moment.clip) ?? []);
  return who === "" ? seenBy.length === 0 : seenBy.includes(who);
}

/** As rows and signs say; a ring is nothing that moved. */
function isWhat(what: WhatFilter, moment: Moment): boolean {
  if (moment.kind === "ring") return false;
  const happened = happeningsOf(moment);
  const named = new Set<WhatFilter>([
    ...labelsOf(moment),
    ...(happened.some(isParcel) ? ["parcel" as const] : []),
  ]);
  if (what === "unclear") return named.size === 0;
  return named.has(what) || happened.some((each) => each === what);
}

export function isFiltered(filter: Filter): boolean {
  return Object.values(filter).some((value) => value !== null);
}

/** Those of a stretch that are left out, or shown beside the others, because rules ignore them. */
export function ignoredIn(filter: Filter, moments: readonly Moment[], watchers: Watchers): number {
  return moments.filter((each) => each.ignored && passes({ ...filter, ignored: "only" }, each, watchers))
    .length;
}

/** Every zone that an event names. */
export function zonesOf(moments: readonly Moment[]): string[] {
  return [...new Set(moments.flatMap(({ zones }) => zones))].sort((a, b) => a.localeCompare(b));
}
