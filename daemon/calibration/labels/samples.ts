/**
 * Samples: what each event of the past says of one label: how sure the model was of it, and whether it was right.
 *
 * A correction replaces the doorbell's word: the label that somebody chose was right, one that stood before it was wrong. What
 * the doorbell said beside that, and was less sure of, nobody judged. A parcel and who brings it are seen together: neither
 * is judged by a word for the other. A thumb up says that the event was worth being told,
 * so nothing it was called may be lost; a thumb down says nothing about the word.
 */
import type { Label } from "../../../models/labels.ts";
import { countsUpTo, pirIn } from "../../sight/label-fusion.ts";
import type { Event } from "../../wire/api.ts";

export type LabelEvent = Pick<
  Event,
  "kind" | "said" | "what" | "whatScores" | "corrected" | "mark" | "zones" | "pir"
>;

/** chosen: somebody gave it this label. kept: worth being told. open: nobody judged it. moot: says nothing of the label. */
export type Judged = "chosen" | "kept" | "wrong" | "open" | "moot";

export interface Sample {
  /** In whole hundredths: the highest threshold under which the event is called so, with what the PIR said. */
  readonly upTo: number;
  readonly judged: Judged;
}

/** `blind`: zones that the PIR does not see. What counts under no threshold is no sample. */
export function samplesOf(
  label: Label,
  events: readonly LabelEvent[],
  blind: ReadonlySet<string> = new Set(),
): Sample[] {
  return events.flatMap((event): Sample[] => {
    const said = saidOf(event).find((each) => each.label === label);
    if (event.kind !== "motion" || said === undefined) return [];
    const { score } = said;
    const circumstances = { pir: pirIn(event.pir, event.zones, blind), near: said.near === true };
    const upTo = countsUpTo(label, score, circumstances);
    return upTo === null ? [] : [{ upTo, judged: judgedAs(label, score, event) }];
  });
}

function judgedAs(label: Label, score: number, event: LabelEvent): Judged {
  const { corrected, mark } = event;
  if (corrected === label) return "chosen";
  if (corrected !== null) {
    if (goTogether(label, corrected)) return "open";
    const chosen = saidOf(event).find((each) => each.label === corrected);
    return chosen !== undefined && chosen.score > score ? "open" : "wrong";
  }
  return mark === "good" ? "kept" : mark === "false" ? "moot" : "open";
}

/** A parcel lies there beside whatever came; only where nothing that matters was, was no parcel. */
function goTogether(one: Label, other: Label): boolean {
  return (one === "parcel") !== (other === "parcel") && one !== "other" && other !== "other";
}

/** Before thresholds; of an event of an older Sill, what was left after them. */
function saidOf({ said, what, whatScores }: LabelEvent): LabelEvent["said"] {
  return said.length > 0 ? said : what.map((label, i) => ({ label, score: whatScores[i] ?? 0 }));
}
