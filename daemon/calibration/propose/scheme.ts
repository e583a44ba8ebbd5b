/**
 * Scheme: the numbers of some drawn zones that a proposal may change, and which of them is in force when.
 *
 * One slot per zone, per rule, and for a rule that may be added; the sensitivity of the whole stands for
 * all zones that have none of their own. An added rule comes first, so that it counts where it holds.
 */
import { everywhere, sensitivityIn, type SensitivityRule } from "../../sight/rules.ts";
import type { Zones } from "../../wire/api-household.ts";
import { momentOf } from "../tracks.ts";
import type { Slot } from "./solve.ts";

export type Condition = Pick<Zones["rules"][number], "zone" | "light" | "from" | "to">;

export interface Scheme {
  readonly drawn: Zones;
  /** Of the whole, as it is in force. */
  readonly whole: number;
  readonly added: Condition | null;
  /** Zones, else the picture; then rules; then the added rule. */
  readonly slots: number;
  /** Which slot's number counts in an area at a moment. */
  readonly slotAt: (area: number, when: number) => number;
}

export function schemeOf(drawn: Zones, whole: number, added: Condition | null): Scheme {
  const names = drawn.zones.length === 0 ? [everywhere] : drawn.zones.map(({ name }) => name);
  const rules: SensitivityRule[] = drawn.rules.map((rule, r) => ({ ...rule, sensitivity: names.length + r }));
  const slots = names.length + rules.length;
  if (added !== null) rules.unshift({ ...added, sensitivity: slots });
  return {
    drawn,
    whole,
    added,
    slots: slots + (added === null ? 0 : 1),
    // the rules' own reading, asked for the number of the slot instead of the sensitivity in it
    slotAt: (area, when) =>
      sensitivityIn(
        { sensitivity: area, rules },
        { name: names[area] ?? everywhere, sensitivity: area },
        momentOf(when),
      ),
  };
}

/** The slots while the sensitivity of the whole is `whole`. */
export function slotsOf(scheme: Scheme, whole: number): Slot[] {
  const { drawn, added } = scheme;
  const zones: Slot[] = drawn.zones.map(({ sensitivity }) => ({
    current: sensitivity ?? scheme.whole,
    free: sensitivity ?? whole,
  }));
  // without zones the only place has the number of the whole: to set the one is to set the other
  const places = zones.length > 0 ? zones : [{ current: scheme.whole, free: scheme.whole }];
  const rules: Slot[] = drawn.rules.map(({ sensitivity }) => ({ current: sensitivity, free: sensitivity }));
  return [...places, ...rules, ...(added === null ? [] : [{ current: replaced(scheme), free: null }])];
}

/** The highest number that an added rule takes the place of, other rules apart. */
export function replaced({ drawn, whole, added }: Scheme): number {
  const there = drawn.zones.filter(({ name }) => added?.zone === null || added?.zone === name);
  return there.length === 0 ? whole : Math.max(...there.map(({ sensitivity }) => sensitivity ?? whole));
}

/** The zones with these numbers; null = as it was. */
export function withValues(scheme: Scheme, whole: number, values: readonly (number | null)[]): Zones {
  const { drawn, added } = scheme;
  const places = Math.max(1, drawn.zones.length);
  const rules = drawn.rules.map((rule, r) => ({
    ...rule,
    sensitivity: values[places + r] ?? rule.sensitivity,
  }));
  const extra = added === null ? [] : [{ ...added, sensitivity: values.at(-1) ?? whole }];
  const alone = drawn.zones.length === 0 ? (values[0] ?? null) : null;
  return {
    zones: drawn.zones.map((zone, z) => ({ ...zone, sensitivity: values[z] ?? zone.sensitivity })),
    sensitivity: alone ?? (whole === scheme.whole ? drawn.sensitivity : whole),
    rules: [...extra, ...rules],
  };
}
