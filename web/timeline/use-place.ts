/**
 * usePlace: the page's address follows the timeline, and the timeline the address: a link and the back button find
 * the same time and the same filter again.
 *
 * Dragging replaces the address, a choice (filter, day, zoom) makes a new step back.
 */
import { useEffect, useMemo } from "preact/hooks";
import { useStore } from "../state/store.ts";
import { addressOfPlace, placeOfAddress } from "./address.ts";
import type { Timeline } from "./timeline.ts";
import { spans } from "./view.ts";

export const usualSpan = { spanMs: spans.day };

function addressOf(timeline: Timeline): string {
  const { filter, rested, bounds } = timeline.state.get();
  const isNow = rested.atMs >= bounds.nowMs - 2_000;
  return addressOfPlace({ atMs: isNow ? null : rested.atMs, spanMs: rested.spanMs, filter });
}

/** What it answers makes a step back to where the timeline is now, before it goes elsewhere. */
export function usePlaceInAddress(timeline: Timeline): () => void {
  const rested = useStore(timeline.state, (state) => state.rested);
  const filter = useStore(timeline.state, (state) => state.filter);
  useEffect(() => {
    const address = addressOf(timeline);
    if (address !== location.hash) history.replaceState(null, "", address);
  }, [timeline, rested, filter]);
  useEffect(() => {
    const onPop = (): void => {
      if (!location.hash.startsWith("#/timeline")) return;
      const { atMs, spanMs, filter: wanted } = placeOfAddress(location.hash, usualSpan);
      timeline.filter(wanted);
      timeline.go({ atMs: atMs ?? timeline.bounds.nowMs, spanMs });
    };
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, [timeline]);
  return useMemo(() => () => history.pushState(null, "", location.hash), []);
}
