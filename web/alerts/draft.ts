/**
 * Draft: edits of somebody's rules. Pure.
 */
import { dayNames, type DayName } from "../../daemon/alerts/days.ts";
import type { AlertKind } from "../../daemon/alerts/kinds.ts";
import type { QuietWindow, Rules } from "../../daemon/alerts/rules.ts";
import { alertKindNames } from "./kinds.ts";

export const mostWindows = 8;

/** As a week is shown: from Monday on. */
export const week: readonly DayName[] = [...dayNames.slice(1), dayNames[0]];

const firstWindow: QuietWindow = { days: [...week], from: "22:00", to: "07:00" };

export function withKind(rules: Rules, kind: AlertKind, on: boolean): Rules {
  const kinds = rules.kinds.filter((each) => each !== kind);
  return {
    ...rules,
    kinds: on ? alertKindNames.filter((each) => each === kind || kinds.includes(each)) : kinds,
  };
}

export function withZone(rules: Rules, zone: string, on: boolean): Rules {
  const zones = rules.zones.filter((each) => each !== zone);
  return { ...rules, zones: on ? [...zones, zone] : zones };
}

export function withWindow(rules: Rules): Rules {
  return { ...rules, quiet: [...rules.quiet, firstWindow].slice(0, mostWindows) };
}

export function withoutWindow(rules: Rules, index: number): Rules {
  return { ...rules, quiet: rules.quiet.filter((_each, at) => at !== index) };
}

export function changedWindow(rules: Rules, index: number, change: Partial<QuietWindow>): Rules {
  return { ...rules, quiet: rules.quiet.map((each, at) => (at === index ? { ...each, ...change } : each)) };
}

export function withDay(window: QuietWindow, day: DayName, on: boolean): DayName[] {
  return dayNames.filter((each) => (each === day ? on : window.days.includes(each)));
}

/** Why it cannot be saved; null = it can. */
export function flawOf({ quiet }: Rules): "no-day" | "no-time" | null {
  if (quiet.some(({ days }) => days.length === 0)) return "no-day";
  return quiet.some(({ from, to }) => from === "" || to === "") ? "no-time" : null;
}

export function isSame(a: Rules, b: Rules): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered({ kinds, zones, quiet, timeZone, ringThroughQuiet, digestAfter }: Rules): unknown[] {
  const windows = quiet.map(({ days, from, to }) => [days.toSorted(), from, to]);
  return [kinds.toSorted(), zones.toSorted(), windows, timeZone, ringThroughQuiet, digestAfter];
}
