/**
 * Zones words: what somebody changed about the motion zones, for the history.
 */
import { labels } from "../../models/labels.ts";
import { judged, type Actions, type ZoneAction } from "../alerts/zone-actions.ts";
import type { Thresholds, Zones } from "../wire/api-household.ts";

type Zone = Zones["zones"][number];
type Rule = Zones["rules"][number];

/** A history entry must stay a line; sixteen zones and rules can change at once. */
const mostChars = 400;

/** Everything that differs, in one line; "nothing changed" when they are the same. */
export function zonesWords(before: Zones, after: Zones): string {
  const was = new Map(before.zones.map((zone) => [zone.name, zone]));
  const is = new Map(after.zones.map((zone) => [zone.name, zone]));
  const parts = [
    ...sensitivityWords("sensitivity", before.sensitivity, after.sensitivity),
    ...whatWords("", before.what, after.what),
    ...thresholdWords(before.thresholds, after.thresholds),
    ...after.zones.flatMap((zone) => zoneWords(was.get(zone.name), zone)),
    ...before.zones.filter(({ name }) => !is.has(name)).map(({ name }) => `${name} removed`),
    ...ruleWords(before.rules, after.rules),
  ];
  const text = parts.length === 0 ? "nothing changed" : parts.join("; ");
  return text.length <= mostChars ? text : `${text.slice(0, mostChars)} ...`;
}

function whatWords(where: string, before: Actions = {}, after: Actions = {}): string[] {
  const said = (action: ZoneAction | undefined): string => action ?? "default";
  return judged
    .filter((label) => before[label] !== after[label])
    .map((label) => `${where}${label} ${said(before[label])} -> ${said(after[label])}`);
}

function thresholdWords(before: Thresholds = {}, after: Thresholds = {}): string[] {
  return labels
    .filter((label) => before[label] !== after[label])
    .map(
      (label) => `${label} counts from ${after[label] ?? "default"} on, not ${before[label] ?? "default"}`,
    );
}

function zoneWords(before: Zone | undefined, { name, polygon, sensitivity, fuse, what }: Zone): string[] {
  const own = sensitivity === null ? "" : ` with sensitivity ${sensitivity}`;
  if (before === undefined) return [`${name} added${own}`, ...whatWords(`${name}: `, {}, what)];
  const drawn = JSON.stringify(before.polygon) === JSON.stringify(polygon) ? [] : [`${name} drawn anew`];
  const fused = before.fuse === fuse ? [] : [`${name}: ${before.fuse ?? "default"} -> ${fuse ?? "default"}`];
  return [
    ...drawn,
    ...sensitivityWords(`${name}: sensitivity`, before.sensitivity, sensitivity),
    ...fused,
    ...whatWords(`${name}: `, before.what, what),
  ];
}

function sensitivityWords(what: string, before: number | null, after: number | null): string[] {
  const said = (value: number | null): string => (value === null ? "default" : String(value));
  return before === after ? [] : [`${what} ${said(before)} -> ${said(after)}`];
}

function ruleWords(before: readonly Rule[], after: readonly Rule[]): string[] {
  const was = before.map(wordsOf);
  const is = after.map(wordsOf);
  const added = is.filter((rule) => !was.includes(rule)).map((rule) => `rule added: ${rule}`);
  const gone = was.filter((rule) => !is.includes(rule)).map((rule) => `rule removed: ${rule}`);
  const moved =
    added.length + gone.length === 0 && was.join() !== is.join() ? ["rules in another order"] : [];
  return [...added, ...gone, ...moved];
}

function wordsOf({ zone, light, from, to, sensitivity }: Rule): string {
  const where = zone === null ? "" : ` in ${zone}`;
  const when = from === null ? "" : ` from ${from} to ${to ?? ""}`;
  return `${sensitivity}${where}${light === null ? "" : ` when ${light}`}${when}`;
}
