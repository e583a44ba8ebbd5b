/**
 * Answer: all labels, with what the past says of each one's threshold; as the page shows it.
 */
import { labels } from "../../../models/labels.ts";
import { blindZones } from "../../sight/label-fusion.ts";
import type { LabelThreshold } from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import { countsOf, proposeFor } from "./propose.ts";
import { hundredthsOf, samplesOf, type LabelEvent } from "./samples.ts";
import { labelWords } from "./words.ts";

export function labelThresholds(
  { thresholds = {}, zones = [] }: Partial<Pick<Zones, "thresholds" | "zones">>,
  events: readonly LabelEvent[],
): LabelThreshold[] {
  const blind = blindZones(zones);
  return labels.map((label) => {
    const samples = samplesOf(label, events, blind);
    const from = hundredthsOf(thresholds[label] ?? 0);
    const counts = countsOf(samples, from);
    const change = proposeFor(samples, from);
    return {
      label,
      threshold: thresholds[label] ?? null,
      ...counts,
      proposed: change === null ? null : change.to / 100,
      words: labelWords({ label, from, counts, change }),
    };
  });
}
