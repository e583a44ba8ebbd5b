/**
 * Answer: all labels, with what the past says of each one's threshold; as the page and the command line show it.
 */
import { labels } from "../../../models/labels.ts";
import type { LabelThreshold } from "../../wire/api-calibration.ts";
import type { Zones } from "../../wire/api-household.ts";
import { countsOf, proposeFor } from "./propose.ts";
import { hundredthsOf, samplesOf, type LabelEvent } from "./samples.ts";
import { labelWords } from "./words.ts";

export function labelThresholds(
  { thresholds = {} }: Pick<Zones, "thresholds">,
  events: readonly LabelEvent[],
): LabelThreshold[] {
  return labels.map((label) => {
    const samples = samplesOf(label, events);
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
