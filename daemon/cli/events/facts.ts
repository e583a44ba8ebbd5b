/**
 * Facts: all that is known of one event, as rows of a name and words.
 */
import type { Label } from "../../../models/labels.ts";
import { isDenied } from "../../alerts/denied.ts";
import type { Clip, Event } from "../../wire/api.ts";
import type { Seen } from "../../wire/what.ts";
import { lengthText, sizeText, timeText } from "../amounts.ts";
import { namedLines, type Fact } from "../table.ts";
import { inFull, labelsOf, lengthWords, whySpared } from "./words.ts";

const pirWords: Readonly<Record<Event["pir"], string>> = {
  moved: "fired",
  silent: "silent",
  unknown: "none that could be asked",
};
const markWords: Readonly<Record<NonNullable<Event["mark"]>, string>> = {
  good: "worth being told",
  false: "a false alarm",
};

export interface Houses {
  /** what.ignoredHours. */
  readonly ignoredHours: number;
}

export function eventFacts(event: Event, house: Houses): Fact[] {
  const { id, kind, startWallMs, score, zones, seer, woke, pir, mark } = event;
  const seen = seer === null ? [] : [seer === "both" ? "picture and motion sensor" : seerWords[seer]];
  return [
    ["event", id],
    ["what", kind],
    ["when", timeText(startWallMs)],
    ["length", lengthWords(event).join(" ")],
    ["score", score.toFixed(2)],
    ["zones", zones.join(", ") || "-"],
    ["seen by", [...seen, ...(woke ? ["it woke the camera"] : [])].join("; ") || "-"],
    ["PIR", pirWords[pir]],
    ...namedLines("moved", movedLines(event)),
    ...namedLines("happened", happenedLines(event)),
    ["corrected", correctedText(event)],
    ["mark", mark === null ? "none" : markWords[mark]],
    ...namedLines("ignored", ignoredLines(event, house)),
  ];
}

const seerWords = { picture: "picture", pir: "motion sensor" } as const;

/** What the model said, the most certain first, and what came of it. */
function movedLines({ what, whatScores, said }: Event): string[] {
  const told = what.map((label, at): Seen => ({ label, score: whatScores[at] ?? 0 }));
  // of an older Sill only what was left after the thresholds is kept
  const all = said.length === 0 ? told : said;
  const isNamed = (label: Label): boolean => what.includes(label);
  return all.map(({ label, score, near = false }) =>
    [
      `${label} ${score.toFixed(2)}`,
      ...(near ? ["at the door"] : []),
      ...(isNamed(label) ? [] : ["not sure enough to be named"]),
    ].join(", "),
  );
}

function happenedLines({ happenings, corrected }: Event): string[] {
  return happenings.map((each) =>
    isDenied(each, corrected) ? `${inFull[each]}, denied by the correction` : inFull[each],
  );
}

function correctedText({ corrected }: Event): string {
  return corrected === null ? "no" : `by hand: ${corrected}`;
}

function ignoredLines(event: Event, { ignoredHours }: Houses): string[] {
  const { ignored, spared } = event;
  if (!ignored) return [spared === null ? "no" : whySpared[spared]];
  const words = labelsOf(event).join(", ");
  return [
    `yes: what moved (${words}) is ruled ignore where it was`,
    `lists hide it, and it is kept for ${ignoredHours} h`,
  ];
}

export function clipFacts(clip: Clip | null): Fact[] {
  if (clip === null) return [["clip", "none"]];
  return [
    ["clip", clip.id],
    ["recorded", `${timeText(clip.startWallMs)}, ${lengthText(clip.durationMs)}, ${clip.state}`],
    ["picture", `${clip.width}x${clip.height}, ${clip.codec}, ${sizeText(clip.bytes)}`],
  ];
}
