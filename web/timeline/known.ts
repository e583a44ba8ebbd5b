/**
 * Known: what is shown of all that the page knows: the events that pass the filter, and their recordings. Pure.
 */
import { isFiltered, passes } from "./filter.ts";
import { recordingEndMs, type Moment, type Piece, type Recording } from "./moment.ts";
import { lastBy } from "./sorted.ts";
import type { Known, State } from "./state.ts";

export function knownOf(all: Piece, { filter, watchers }: Pick<State, "filter" | "watchers">): Known {
  const shown = all.moments.filter((moment) => passes(filter, moment, watchers));
  if (shown.length === all.moments.length) return { ...all, shown, bars: all.recordings };
  const isShown = showing(shown);
  if (isFiltered(filter)) return { ...all, shown, bars: all.recordings.filter(isShown) };
  // where only ignored ones are left out, a recording of nothing that is known stays
  const isIgnored = showing(all.moments.filter(({ ignored }) => ignored));
  return { ...all, shown, bars: all.recordings.filter((each) => isShown(each) || !isIgnored(each)) };
}

/** Whether a recording shows any of these; oldest first. */
function showing(moments: readonly Moment[]): (recording: Recording) => boolean {
  const clips = new Set(moments.flatMap(({ clip }) => clip ?? []));
  return (recording) => {
    if (clips.has(recording.id)) return true;
    // a long event has several recordings and names the first
    const moment = lastBy(moments, recordingEndMs(recording));
    return moment?.clip != null && (moment.endWallMs ?? Infinity) > recording.startWallMs;
  };
}
