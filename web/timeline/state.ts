/**
 * State of the timeline page: where it stands, what is known, what is shown, what is chosen.
 */
import type { Gap } from "../../daemon/wire/api-timeline.ts";
import { noFilter, type Filter, type Watchers } from "./filter.ts";
import type { Moment, Recording } from "./moment.ts";
import type { Bounds, View } from "./view.ts";

/** Oldest first. */
export interface Known {
  readonly moments: readonly Moment[];
  readonly recordings: readonly Recording[];
  readonly gaps: readonly Gap[];
  /** What passes the filter; recordings are those that show some of it. */
  readonly shown: readonly Moment[];
  readonly bars: readonly Recording[];
}

export interface State {
  readonly known: Known;
  readonly filter: Filter;
  readonly watchers: Watchers;
  /** Everybody who watched something. */
  readonly people: readonly string[];
  readonly bounds: Bounds;
  /** Where the list and the player are: the view once it rests. */
  readonly rested: View;
  readonly phase: "loading" | "ready" | "failed";
}

export const nothingKnown: Known = { moments: [], recordings: [], gaps: [], shown: [], bars: [] };

export function firstState(view: View, bounds: Bounds): State {
  return {
    known: nothingKnown,
    filter: noFilter,
    watchers: new Map(),
    people: [],
    bounds,
    rested: view,
    phase: "loading",
  };
}
