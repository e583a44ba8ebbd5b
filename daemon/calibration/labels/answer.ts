/**
 * Answer: all labels, with what the past says of each one's threshold; as the page shows it.
 */
import { labels, type Label } from "../../../models/labels.ts";
import { blindZones, hundredthsOf } from "../../sight/label-fusion.ts";
import { wordOf } from "../../alerts/zone-actions.ts";
import type { LabelThreshold, LabelThresholds } from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import { countsOf, proposeFor } from "./propose.ts";
import { samplesOf, type LabelEvent } from "./samples.ts";
import { labelWords } from "./words.ts";

export interface Asked {
  readonly fromWallMs: number;
  readonly toWallMs: number;
  /** So long is kept what rules ignore. */
  readonly ignoredHours: number;
}

const hourMs = 3_600_000;

/** Of the events of a time. */
export function answerOf(
  drawn: Drawn,
  events: readonly (LabelEvent & Began)[],
  asked: Asked,
): LabelThresholds {
  const { fromWallMs, toWallMs, ignoredHours: hours } = asked;
  const sinceWallMs = toWallMs - hours * hourMs;
  const whole = { hours, events: events.filter(({ startWallMs }) => startWallMs >= sinceWallMs) };
  return { fromWallMs, labels: labelThresholds(drawn, events, whole) };
}

interface Began {
  readonly startWallMs: number;
}

type Drawn = Partial<Pick<Zones, "thresholds" | "zones" | "what">>;

/** The last hours, of which nothing was deleted because rules ignore it. */
export interface Whole {
  readonly hours: number;
  readonly events: readonly LabelEvent[];
}

/** `whole`: of a label that is ruled `ignore` these count, as of older ones only those are left that somebody corrected. */
export function labelThresholds(
  drawn: Drawn,
  events: readonly LabelEvent[],
  whole: Whole | null = null,
): LabelThreshold[] {
  const { thresholds = {}, zones = [] } = drawn;
  const blind = blindZones(zones);
  return labels.map((label) => {
    const only = whole !== null && mayBeIgnored(label, drawn) ? whole : null;
    const samples = samplesOf(label, only?.events ?? events, blind);
    const from = hundredthsOf(thresholds[label] ?? 0);
    const counts = countsOf(samples, from);
    const change = proposeFor(samples, from);
    const below = samples.filter(({ upTo, judged: by }) => upTo < from && by === "open").length;
    return {
      label,
      threshold: thresholds[label] ?? null,
      ...counts,
      proposed: change === null ? null : change.to / 100,
      words: labelWords({ label, from, counts, change, below, onlyHours: only?.hours ?? null }),
    };
  });
}

function mayBeIgnored(
  label: Label,
  { what = {}, zones = [] }: Partial<Pick<Zones, "zones" | "what">>,
): boolean {
  const word = wordOf(label);
  return (
    word !== null && [what, ...zones.map((zone) => zone.what)].some((rules) => rules?.[word] === "ignore")
  );
}
