/**
 * Propose: the smallest change of sensitivities that removes the marked false alarms and keeps every
 * marked good event (search.ts says what is smallest; words.ts says it to an installer).
 *
 * The search asks of each marked event whether any frame in its time fires. What is told is counted again
 * with the event machine over everything that the tracks hold.
 */
import { motionOf } from "../../sight/drawn.ts";
import type { MotionSettings } from "../../sight/zones.ts";
import type { Proposal } from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import { eventsOf } from "../events.ts";
import { matched, pastIn, worthOf, type PastEvent } from "../past.ts";
import { isCovered, type Tracks } from "../tracks.ts";
import type { SchemeAnswer } from "./answers.ts";
import { Effort } from "./effort.ts";
import { evidenceOf, type Evidence } from "./evidence.ts";
import { leastOf, type Marked } from "./marks.ts";
import { schemeOf, withValues, type Scheme } from "./scheme.ts";
import { bestTrade, firesNow, smallestChange } from "./search.ts";
import { changeWords, conflictWords, countWords, type Counts } from "./words.ts";

export interface ProposeInput {
  /** As the page holds them; the tracks are of these zones. */
  readonly drawn: Zones;
  /** What counts where they say nothing. */
  readonly settings: MotionSettings;
  /** Steps that the search may take; absent = plenty. */
  readonly steps?: number | undefined;
}

type Told = Omit<Proposal, "tookMs">;

export function proposeOf(tracks: Tracks, input: ProposeInput, past: readonly PastEvent[]): Told {
  const { drawn, settings } = input;
  const then = pastIn(tracks, past);
  const whole = motionOf(drawn, settings).sensitivity;
  const scheme = schemeOf(drawn, whole, null);
  const evidences = then.map((event) => evidenceOf(tracks, event));
  const of = (mark: PastEvent["mark"]): Evidence[] =>
    evidences.filter(({ event }) => worthOf(event) === mark);
  const good = of("good");
  const marked: Marked = { silence: of("false"), keep: good.filter((each) => canBeSeen(each, scheme)) };
  const count = (zones: Zones): Counts => counts(tracks, then, { before: input, after: zones });
  const notes = notesOf(tracks, past, { unseen: good.length - marked.keep.length });

  if (marked.silence.length === 0) {
    const words = ["No event of this time is marked as a false alarm.", ...notes];
    return { zones: null, words, ...count(drawn) };
  }
  const effort = new Effort(input.steps);
  const others = of(null).filter((each) => firesNow(each, scheme));
  const search = { drawn, whole, marked, others, effort };
  const all = smallestChange(search);
  const answer = all ?? bestTrade(search);
  if (effort.spent)
    notes.push("The search was cut short: a smaller change may exist. Fewer marks or fewer zones help.");
  if (answer === null) {
    const words = [
      "No change of sensitivities removes a marked false alarm without losing a marked good event.",
      ...conflictWords(marked, marked.silence, scheme),
      ...notes,
    ];
    return { zones: null, words, ...count(drawn) };
  }
  const zones = zonesOf(answer);
  const counted = count(zones);
  const conflicts = all === null ? conflictWords(marked, left(marked, answer), scheme) : [];
  const words = [...changeWords(answer), ...countWords(counted), ...conflicts, ...notes];
  return { zones, words, ...counted };
}

function zonesOf({ scheme, whole, values }: SchemeAnswer): Zones {
  return withValues(scheme, whole, values);
}

function canBeSeen(evidence: Evidence, scheme: Scheme): boolean {
  return leastOf(evidence, scheme).some((least) => least < Infinity);
}

/** The false alarms that still fire. */
function left({ silence }: Marked, answer: SchemeAnswer): Evidence[] {
  const zones = zonesOf(answer);
  const whole = zones.sensitivity ?? answer.scheme.whole;
  return silence.filter((each) => firesNow(each, schemeOf(zones, whole, null)));
}

function counts(
  tracks: Tracks,
  then: readonly PastEvent[],
  { before, after }: { before: ProposeInput; after: Zones },
): Counts {
  const touched = (zones: Zones): ReadonlySet<PastEvent> =>
    matched(eventsOf(tracks, motionOf(zones, before.settings)), then).past;
  const [was, will] = [touched(before.drawn), touched(after)];
  const number = (mark: PastEvent["mark"], holds: (event: PastEvent) => boolean): number =>
    then.filter((event) => worthOf(event) === mark && holds(event)).length;
  return {
    removes: number("false", (event) => !will.has(event)),
    leaves: number("false", (event) => will.has(event)),
    keeps: number("good", (event) => will.has(event)),
    loses: number("good", (event) => !will.has(event)),
    alsoVanish: number(null, (event) => was.has(event) && !will.has(event)),
  };
}

function notesOf(tracks: Tracks, past: readonly PastEvent[], { unseen }: { unseen: number }): string[] {
  const { fromWallMs, toWallMs } = tracks.span;
  const lost = past.filter(
    ({ kind, mark, startWallMs }) =>
      kind === "motion" &&
      mark !== null &&
      startWallMs >= fromWallMs &&
      startWallMs <= toWallMs &&
      !isCovered(tracks, startWallMs),
  ).length;
  return [
    ...(unseen === 0
      ? []
      : [`${some(unseen, "marked good event")} moved in none of these zones: no sensitivity can keep it.`]),
    ...(lost === 0
      ? []
      : [
          `${some(lost, "marked event")} of a time that the motion journal lacks ${lost === 1 ? "is" : "are"} left out.`,
        ]),
  ];
}

function some(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
