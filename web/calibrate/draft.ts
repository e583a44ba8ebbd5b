/**
 * Draft: sensitivities and rules as they are being tried, beside what the doorbell keeps. Pure.
 *
 * Zones are drawn on their own page; here only numbers change. A drag of one slider is one step of
 * undo (`run`); the oldest of more than `mostSteps` are forgotten.
 */
import { ruleProblem } from "../../daemon/sight/rules.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import { labels, type Label } from "../../models/labels.ts";

export type Rule = Zones["rules"][number];

export const mostRules = 16;
export const mostSteps = 100;

export interface Draft {
  readonly past: readonly Zones[];
  readonly now: Zones;
  readonly run: string | null;
}

export type Change =
  | { readonly do: "whole"; readonly sensitivity: number | null }
  | { readonly do: "zone"; readonly name: string; readonly sensitivity: number | null }
  | { readonly do: "add-rule"; readonly rule: Rule }
  | { readonly do: "rule"; readonly index: number; readonly rule: Rule }
  | { readonly do: "remove-rule"; readonly index: number }
  /** From how sure on a label counts, 0..1; 0 = as the model says. */
  | { readonly do: "threshold"; readonly label: Label; readonly threshold: number }
  /** A proposal, or what is kept. */
  | { readonly do: "all"; readonly zones: Zones };

export function draftOf(kept: Zones): Draft {
  return { past: [], now: kept, run: null };
}

/** `run`: changes with the same one, one after the other, are one step. */
export function changed(draft: Draft, change: Change, run: string | null = null): Draft {
  const next = apply(draft.now, change);
  if (isSame(next, draft.now)) return draft;
  const goesOn = run !== null && run === draft.run;
  const past = goesOn ? draft.past : [...draft.past, draft.now].slice(-mostSteps);
  return { past, now: next, run };
}

export function undone(draft: Draft): Draft {
  const before = draft.past.at(-1);
  return before === undefined ? draft : { past: draft.past.slice(0, -1), now: before, run: null };
}

/** What was tried on what was kept `before`, tried on what is kept now; where both changed, what was tried. */
export function moved({ past, now, run }: Draft, before: Zones, kept: Zones): Draft {
  const on = (tried: Zones): Zones => onto(tried, before, kept);
  return { past: past.map(on), now: on(now), run };
}

function onto(tried: Zones, before: Zones, kept: Zones): Zones {
  const { numbers, thresholds, rules } = differences(before, tried);
  const changes: Change[] = [
    ...numbers.map(({ zone, to: sensitivity }): Change =>
      zone === null ? { do: "whole", sensitivity } : { do: "zone", name: zone, sensitivity },
    ),
    ...thresholds.map(({ label, to: threshold }): Change => ({ do: "threshold", label, threshold })),
  ];
  const next = changes.reduce(apply, kept);
  return rules ? { ...next, rules: tried.rules } : next;
}

export function isSame(a: Zones, b: Zones): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What motion knows of them, as text: where it is the same, the same would have been seen. */
export function motionOf({ zones, sensitivity, rules }: Zones): string {
  const areas = zones.map((zone) => [zone.name, zone.polygon, zone.sensitivity, zone.fuse ?? null]);
  return JSON.stringify([areas, sensitivity, rules]);
}

function apply(zones: Zones, change: Change): Zones {
  switch (change.do) {
    case "whole":
      return { ...zones, sensitivity: change.sensitivity };
    case "zone":
      return {
        ...zones,
        zones: zones.zones.map((zone) =>
          zone.name === change.name ? { ...zone, sensitivity: change.sensitivity } : zone,
        ),
      };
    case "add-rule":
      return { ...zones, rules: [...zones.rules, change.rule].slice(0, mostRules) };
    case "rule":
      return { ...zones, rules: zones.rules.map((rule, i) => (i === change.index ? change.rule : rule)) };
    case "remove-rule":
      return { ...zones, rules: zones.rules.toSpliced(change.index, 1) };
    case "threshold":
      return withThreshold(zones, change.label, change.threshold);
    case "all":
      return change.zones;
  }
}

/** In the order of the labels, and absent where none is: what means the same is the same. */
function withThreshold({ thresholds = {}, ...rest }: Zones, changed: Label, threshold: number): Zones {
  const next = labels.flatMap((label) => {
    const value = label === changed ? threshold : (thresholds[label] ?? 0);
    return value === 0 ? [] : [[label, value] as const];
  });
  return next.length === 0 ? rest : { ...rest, thresholds: Object.fromEntries(next) };
}

/** What a zone without a number of its own gets; null name = the whole. */
export function inherited(zones: Zones, name: string | null, fallback: number): number {
  return name === null ? fallback : (zones.sensitivity ?? fallback);
}

/** One line of what differs. `zone` null = the whole. */
export interface Difference {
  readonly zone: string | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** 0 = as the model says. */
export interface LabelDifference {
  readonly label: Label;
  readonly from: number;
  readonly to: number;
}

export interface Differences {
  readonly numbers: readonly Difference[];
  readonly thresholds: readonly LabelDifference[];
  readonly rules: boolean;
}

export function differences(kept: Zones, now: Zones): Differences {
  const numbers: Difference[] = [];
  if (kept.sensitivity !== now.sensitivity)
    numbers.push({ zone: null, from: kept.sensitivity, to: now.sensitivity });
  for (const { name, sensitivity } of now.zones) {
    const before = kept.zones.find((zone) => zone.name === name)?.sensitivity ?? null;
    if (before !== sensitivity) numbers.push({ zone: name, from: before, to: sensitivity });
  }
  const thresholds = labels
    .map((label) => ({ label, from: kept.thresholds?.[label] ?? 0, to: now.thresholds?.[label] ?? 0 }))
    .filter(({ from, to }) => from !== to);
  return { numbers, thresholds, rules: JSON.stringify(kept.rules) !== JSON.stringify(now.rules) };
}

/** Why it cannot be saved; null = it can. */
export function flawOf({ zones, rules }: Zones): "half-time" | "no-zone" | null {
  if (rules.some(({ from, to }) => (from === null) !== (to === null))) return "half-time";
  return ruleProblem(zones, rules) === null ? null : "no-zone";
}

/** A rule that says what most want first: less at night. */
export const newRule: Rule = { zone: null, light: "dark", from: null, to: null, sensitivity: 35 };
