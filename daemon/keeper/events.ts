/**
 * Events: what may become of one, as pure functions.
 *
 *   open ──► closed                    it ended as it should
 *     └────► interrupted ──► closed    whoever watched it went away; a late word of its end holds, and that it was cut short
 *
 * Nothing opens again, an end is never before its start (wall clocks step back), the score
 * is the peak and never falls, and the first clip stays. A function that changes nothing
 * answers the same object, so that the caller knows not to tell anybody.
 */
import type { Mark } from "../wire/api-calibration.ts";
import { seenByBoth, type PirSays, type Seer } from "../sight/fusion.ts";
import type { Event, Spared } from "../wire/api.ts";
import type { Label } from "../../models/labels.ts";
import type { EventWhat, HappeningKind, Seen } from "../wire/what.ts";

export type Happening =
  | {
      readonly type: "ended";
      readonly endWallMs: number;
      readonly score: number;
      readonly zones: readonly string[];
      readonly seer?: Seer | undefined;
    }
  | { readonly type: "interrupted"; readonly endWallMs: number }
  | { readonly type: "clip"; readonly clip: string }
  | { readonly type: "thumbnail" }
  | { readonly type: "marked"; readonly mark: Mark | null }
  /** `said`: all of it; `what`: as far as it is certain. */
  | ({ readonly type: "what"; readonly said: readonly Seen[] } & Pick<
      EventWhat,
      "what" | "happenings" | "gone"
    >)
  /** The PIR said it; `what`: as far as it is certain now. */
  | ({ readonly type: "pir"; readonly pir: PirSays } & Pick<EventWhat, "what" | "happenings">)
  | { readonly type: "zones"; readonly zones: readonly string[] }
  | { readonly type: "corrected"; readonly label: Label | null }
  /** Null: a person keeps it no more; what a ring or a grant says stays. */
  | { readonly type: "spared"; readonly by: Spared | null };

/** A press closer than the cooldown to the last ring is counted, not rung. Intervals are monotonic. */
export function mayRing(lastRingMonoMs: number | null, pressMonoMs: number, cooldownMs: number): boolean {
  return lastRingMonoMs === null || pressMonoMs - lastRingMonoMs >= cooldownMs;
}

/** Whoever is seen so long after a ring has rung, or stands beside who did. */
const expectedMs = 120_000;

/**
 * What the eye says without what the keeper knows better: `waiting` means that nobody rang. The eye forgets a press with its
 * camera or its mask, and hears none while the camera sleeps.
 */
export function withoutWaiting(
  happenings: EventWhat["happenings"],
  ringsWallMs: readonly number[],
): EventWhat["happenings"] {
  return happenings.filter(
    ({ kind, wallMs }) =>
      kind !== "waiting" || !ringsWallMs.some((ring) => wallMs >= ring && wallMs - ring <= expectedMs),
  );
}

/** Of whom a happening tells; one of them is enough. */
const doers: Readonly<Record<HappeningKind, readonly Label[]>> = {
  crossed: ["person", "vehicle"],
  waiting: ["person"],
  loitering: ["person"],
  "parcel-left": ["parcel"],
  "parcel-taken": ["parcel"],
};

/** Without those of whom the house is not sure enough: nobody waits where no person is. Of whom nothing was said stays. */
export function certainOf(
  happenings: EventWhat["happenings"],
  said: readonly Seen[],
  what: readonly Seen[],
): EventWhat["happenings"] {
  const isIn = (seen: readonly Seen[], kind: HappeningKind): boolean =>
    seen.some(({ label }) => doers[kind].includes(label));
  return happenings.filter(({ kind }) => isIn(what, kind) || !isIn(said, kind));
}

/** Of an event of which nothing else is known. */
export const nothingKnown = {
  score: 0,
  zones: [] as string[],
  mark: null,
  seer: null,
  woke: false,
  what: [] as Label[],
  whatScores: [] as number[],
  said: [] as Seen[],
  pir: "unknown",
  happenings: [] as HappeningKind[],
  corrected: null,
  ignored: false,
  spared: null,
} as const;

const opened = { ...nothingKnown, state: "open", endWallMs: null, clip: null, thumbnail: false } as const;

export function openRing(id: string, startWallMs: number): Event {
  return { ...opened, id, kind: "ring", startWallMs };
}

export interface MotionSeen extends Pick<Event, "startWallMs" | "score" | "zones"> {
  readonly pir?: PirSays | undefined;
  readonly seer?: Seer | undefined;
  readonly woke?: boolean | undefined;
}

export function openMotion(id: string, seen: MotionSeen): Event {
  const { startWallMs, score, zones, seer = "picture", woke = false, pir = "unknown" } = seen;
  return { ...opened, id, kind: "motion", startWallMs, score, zones, seer, woke, pir };
}

export function apply(event: Event, happening: Happening): Event {
  switch (happening.type) {
    case "ended":
      if (event.state === "closed") return event;
      return {
        ...event,
        state: "closed",
        endWallMs: Math.max(event.startWallMs, happening.endWallMs),
        score: Math.max(event.score, happening.score),
        zones: withZones(event, happening.zones),
        seer: seenBy(event.seer, happening.seer),
        spared:
          event.state === "interrupted" && event.kind === "motion"
            ? sparedNow(event.spared, "cut")
            : event.spared,
      };
    case "interrupted":
      if (event.state !== "open") return event;
      return { ...event, state: "interrupted", endWallMs: Math.max(event.startWallMs, happening.endWallMs) };
    case "clip":
      return event.clip === null ? { ...event, clip: happening.clip } : event;
    case "thumbnail":
      return event.clip === null || event.thumbnail ? event : { ...event, thumbnail: true };
    case "marked":
      return event.mark === happening.mark ? event : { ...event, mark: happening.mark };
    case "zones": {
      const zones = withZones(event, happening.zones);
      return zones.length > event.zones.length ? { ...event, zones } : event;
    }
    case "what":
      return withWhat(event, happening);
    case "pir":
      return event.pir === happening.pir
        ? event
        : {
            ...event,
            pir: happening.pir,
            ...namedAs(happening.what),
            happenings: happening.happenings.map(({ kind }) => kind),
          };
    case "corrected":
      return event.corrected === happening.label ? event : { ...event, corrected: happening.label };
    case "spared": {
      const spared = sparedNow(event.spared, happening.by);
      return spared === event.spared ? event : { ...event, spared };
    }
  }
}

/** That somebody rang stays so, and what an owner signed; and that it was cut short, unless one of these is said of it. */
function sparedNow(before: Spared | null, by: Spared | null): Spared | null {
  if (before === "ring" || before === "shared") return before;
  return before === "cut" && (by === "person" || by === null) ? before : by;
}

function withZones(event: Event, zones: readonly string[]): string[] {
  return [...new Set([...event.zones, ...zones])];
}

/** The newest word holds, also a late one of an event that has ended; scores are kept as hundredths. */
function withWhat(event: Event, news: Extract<Happening, { type: "what" }>): Event {
  const { what, whatScores } = namedAs(news.what);
  const said = news.said.map((each) => ({ ...each, score: hundredths(each.score) }));
  const happenings = news.happenings.map((each) => each.kind);
  const { gone: _, ...before } = event;
  const gone = news.gone === true ? { gone: true as const } : {};
  const now = { what, whatScores, said, happenings, ...gone };
  const wordsOf = (of: Pick<Event, "what" | "whatScores" | "said" | "happenings" | "gone">): string =>
    JSON.stringify([of.what, of.whatScores, of.said, of.happenings, of.gone]);
  return wordsOf(now) === wordsOf(event) ? event : { ...before, ...now };
}

function namedAs(what: readonly Seen[]): Pick<Event, "what" | "whatScores"> {
  return { what: what.map(({ label }) => label), whatScores: what.map(({ score }) => hundredths(score)) };
}

function hundredths(score: number): number {
  return Math.round(score * 100) / 100;
}

function seenBy(before: Seer | null, after: Seer | undefined): Seer | null {
  return before === null || after === undefined ? before : seenByBoth(before, after);
}
