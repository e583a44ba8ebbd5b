/**
 * Words: a proposal in short sentences, for an installer.
 */
import type { Proposal } from "../../wire/api-calibration.ts";
import type { SchemeAnswer } from "./answers.ts";
import type { Evidence } from "./evidence.ts";
import { leastOf, type Marked } from "./marks.ts";
import { replaced, type Condition, type Scheme } from "./scheme.ts";

export type Counts = Pick<Proposal, "removes" | "leaves" | "keeps" | "loses" | "alsoVanish">;

/** One sentence per number that is set. */
export function changeWords({ scheme, whole, values }: SchemeAnswer): string[] {
  const { drawn } = scheme;
  const words: string[] = [];
  const alone = drawn.zones.length === 0 ? (values[0] ?? null) : null;
  const newWhole = alone ?? whole;
  if (newWhole !== scheme.whole)
    words.push(
      `${turn(scheme.whole, newWhole)} the sensitivity of the whole ${fromTo(scheme.whole, newWhole)}.`,
    );
  drawn.zones.forEach(({ name, sensitivity }, z) => {
    const value = values[z] ?? null;
    if (value === null) return;
    if (sensitivity === null)
      words.push(
        value === scheme.whole
          ? `Give "${name}" a sensitivity of its own, ${value} as it has now.`
          : `Give "${name}" a sensitivity of its own: ${value} instead of ${scheme.whole}.`,
      );
    else
      words.push(`${turn(sensitivity, value)} the sensitivity of "${name}" ${fromTo(sensitivity, value)}.`);
  });
  const places = Math.max(1, drawn.zones.length);
  drawn.rules.forEach((rule, r) => {
    const value = values[places + r] ?? null;
    if (value === null) return;
    const { sensitivity } = rule;
    words.push(
      `${turn(sensitivity, value)} the rule "${conditionText(rule)}" ${fromTo(sensitivity, value)}.`,
    );
  });
  const added = scheme.added === null ? null : (values.at(-1) ?? null);
  if (scheme.added !== null && added !== null)
    words.push(`Add a rule: ${conditionText(scheme.added)}, ${added} instead of ${replaced(scheme)}.`);
  return words.length > 0 ? words : ["Nothing needs to change: these zones do it already."];
}

export function countWords({ removes, leaves, keeps, loses, alsoVanish }: Counts): string[] {
  const falseAlarms = `removes ${removes} of ${many(removes + leaves, "marked false alarm")}`;
  const good =
    loses === 0 ? keptWords(keeps) : ` and loses ${loses} of ${many(keeps + loses, "marked good event")}`;
  const others =
    alsoVanish === 0
      ? "No other event would go."
      : `${many(alsoVanish, "event")} that ${alsoVanish === 1 ? "is" : "are"} not marked would go too.`;
  return [`This ${falseAlarms}${good}.`, others];
}

function keptWords(keeps: number): string {
  if (keeps === 0) return "";
  return keeps === 1 ? " and keeps the marked good one" : ` and keeps all ${keeps} marked good ones`;
}

/** Conflicts that are told one by one. */
const mostTold = 5;

/** Why false alarms stay: which good event asks for at least as much. */
export function conflictWords(marked: Marked, stay: readonly Evidence[], scheme: Scheme): string[] {
  const told = stay.slice(0, mostTold).map((alarm) => conflictText(alarm, marked, scheme));
  const more = stay.length - told.length;
  return more > 0 ? [...told, `The same goes for ${many(more, "more marked false alarm")}.`] : told;
}

function conflictText(alarm: Evidence, { keep }: Marked, scheme: Scheme): string {
  const seenFrom = leastOf(alarm, scheme);
  const blocking = keep.find((good) =>
    leastOf(good, scheme).every((least, s) => least >= (seenFrom[s] ?? Infinity)),
  );
  const least = Math.min(...seenFrom);
  const when = momentText(alarm.event.startWallMs);
  if (blocking === undefined)
    return `The false alarm of ${when} fires from sensitivity ${least} on, and silencing it would lose good events that only together need what it has.`;
  const needs = Math.min(...leastOf(blocking, scheme));
  return `The false alarm of ${when} fires from sensitivity ${least} on; the good event of ${momentText(blocking.event.startWallMs)} needs ${needs} in the same place, so no sensitivity tells them apart.`;
}

/** "in the dark in "path"", "from 22:00 to 06:00", "always". */
function conditionText({ zone, light, from, to }: Condition): string {
  const parts = [
    light === null ? "" : lightTexts[light],
    from === null || to === null ? "" : `from ${from} to ${to}`,
    zone === null ? "" : `in "${zone}"`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "always" : parts.join(" ");
}

const lightTexts = {
  bright: "while it is bright",
  dark: "in the dark",
  infrared: "in infrared light",
} as const;

function turn(before: number, after: number): string {
  return after < before ? "Lower" : "Raise";
}

function fromTo(before: number, after: number): string {
  return `from ${before} to ${after}`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** "31 Jan 12:00", local. */
function momentText(wallMs: number): string {
  const date = new Date(wallMs);
  const two = (part: number): string => String(part).padStart(2, "0");
  const month = date.toLocaleString("en", { month: "short" });
  return `${date.getDate()} ${month} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
