/**
 * Preview: the events of then beside those that other settings would have made.
 *
 * Both are matched by the time that they share: an event of then that no event of the preview touches
 * vanishes, one of the preview that touches none of then appears, all others stay. Rings are no question
 * of settings and are left out, and so are events of times that the journal does not hold.
 */
import type { MotionSettings } from "../sight/zones.ts";
import type { Cause, Preview, PreviewEvent } from "../wire/api-calibration.ts";
import { causeOf } from "./cause.ts";
import { eventsOf, type TrackEvent } from "./events.ts";
import { localMinuteOf } from "../sight/local-time.ts";
import { endOf, matched, pastIn, spanOf, type PastEvent } from "./past.ts";
import { eachFrame, eachFrameIn, type Tracks } from "./tracks.ts";
import { trailOf, type Trail } from "./trail.ts";

const mostListed = 2_000;
export function previewOf(
  tracks: Tracks,
  settings: MotionSettings,
  past: readonly PastEvent[],
): Omit<Preview, "tookMs"> {
  const events = eventsOf(tracks, settings);
  const then = pastIn(tracks, past);
  const matches = matched(events, then);
  const listed = [
    ...events.map((event, i) => seen(tracks, event, matches.ofPreview[i] ?? [])),
    ...then.filter((event) => !matches.past.has(event)).map((event) => vanished(tracks, event)),
  ].sort((a, b) => a.startWallMs - b.startWallMs);
  const count = (change: PreviewEvent["change"]): number =>
    listed.filter((event) => event.change === change).length;
  return {
    ...tracks.span,
    events: listed.slice(-mostListed),
    counts: { stays: count("stays"), appears: count("appears"), vanishes: count("vanishes") },
    byHour: byHour(events, then),
    byCause: byCause(tracks, listed, then),
  };
}

function seen(tracks: Tracks, event: TrackEvent, events: readonly PastEvent[]): PreviewEvent {
  const { startWallMs, endWallMs, score, zones, first, last } = event;
  const trail = trailOf(tracks, (visit) => eachFrame(tracks, [first, last], visit));
  return {
    change: events.length === 0 ? "appears" : "stays",
    startWallMs,
    endWallMs,
    score,
    zones: [...zones],
    ...describe(tracks, trail),
    events: events.map(({ id, mark }) => ({ id, mark })),
  };
}

function vanished(tracks: Tracks, event: PastEvent): PreviewEvent {
  const { id, mark, startWallMs, score, zones } = event;
  return {
    change: "vanishes",
    startWallMs,
    endWallMs: endOf(event),
    score,
    zones: [...zones],
    ...pastDescribed(tracks, event),
    events: [{ id, mark }],
  };
}

type Described = Pick<PreviewEvent, "cause" | "light" | "leastSensitivity">;

/** What was does not depend on what is tried: it is found once for as long as the tracks are kept. */
const known = new WeakMap<Tracks["chunks"], Map<string, Described>>();

function pastDescribed(tracks: Tracks, event: PastEvent): Described {
  const ofTracks = known.get(tracks.chunks) ?? new Map<string, Described>();
  known.set(tracks.chunks, ofTracks);
  const key = `${event.id} ${event.endWallMs}`;
  const described =
    ofTracks.get(key) ??
    describe(
      tracks,
      trailOf(tracks, (visit) => eachFrameIn(tracks, spanOf(event), visit)),
    );
  ofTracks.set(key, described);
  return described;
}

function describe(tracks: Tracks, trail: Trail): Described {
  // what moved outside every area could be seen by none of them, but it moved
  const level = trail.bestInAreas > 0 ? trail.bestInAreas : trail.best;
  return {
    cause: causeOf(trail, tracks),
    light: trail.light,
    leastSensitivity: Math.min(100, 101 - level),
  };
}

function byHour(events: readonly TrackEvent[], then: readonly PastEvent[]): Preview["byHour"] {
  const hours = Array.from({ length: 24 }, () => ({ was: 0, preview: 0 }));
  const at = (wallMs: number) => hours[Math.floor(localMinuteOf(wallMs) / 60)] ?? { was: 0, preview: 0 };
  for (const { startWallMs } of then) at(startWallMs).was += 1;
  for (const { startWallMs } of events) at(startWallMs).preview += 1;
  return hours;
}

function byCause(
  tracks: Tracks,
  listed: readonly PreviewEvent[],
  then: readonly PastEvent[],
): Preview["byCause"] {
  const causes: Partial<Record<Cause, { was: number; preview: number }>> = {};
  const at = (cause: Cause) => (causes[cause] ??= { was: 0, preview: 0 });
  for (const { change, cause } of listed) if (change !== "vanishes") at(cause).preview += 1;
  for (const event of then) at(pastDescribed(tracks, event).cause).was += 1;
  return causes;
}
