/**
 * Conditions: the rules that a proposal may add: in one zone or in all, in one light or between two hours.
 *
 * Of the 552 pairs of hours most hold for the same marked events; those are one question with several
 * answers, and are asked once.
 */
import { lights, type Light } from "../../sight/rules.ts";
import { momentOf } from "../tracks.ts";
import type { Zones } from "../../wire/api-household.ts";
import type { Marked } from "./marks.ts";
import type { Condition } from "./scheme.ts";

/** Conditions that hold for the same moments of marked events. */
export type Alike = readonly Condition[];

export function conditionsFor(drawn: Zones, { silence, keep }: Marked): Alike[] {
  const momentsOf = (evidences: Marked["keep"]) =>
    evidences.flatMap(({ parts }) => parts.map(({ when }) => momentOf(when)));
  const all = [...momentsOf(silence), ...momentsOf(keep)];
  const groups = new Map<string, Condition[]>();
  for (const { condition, holds } of times()) {
    if (!all.some(holds)) continue;
    const key = all.map((moment) => (holds(moment) ? 1 : 0)).join("");
    groups.set(key, [...(groups.get(key) ?? []), condition]);
  }
  const scopes = drawn.zones.length > 1 ? [null, ...drawn.zones.map(({ name }) => name)] : [null];
  return scopes.flatMap((zone) =>
    [...groups.values()].map((group) => group.map((condition) => ({ ...condition, zone }))),
  );
}

/** Of two that do the same, the one that holds for less: a light before hours, fewer hours, one zone. */
export function width({ zone, from, to }: Condition): number {
  const hours = from === null || to === null ? 0 : (hourOf(to) - hourOf(from) + 24) % 24;
  return 2 * hours + (zone === null ? 1 : 0);
}

interface Timed {
  readonly condition: Condition;
  readonly holds: (moment: { readonly light: Light; readonly minute: number | null }) => boolean;
}

function times(): Timed[] {
  const inLight = lights.map((light): Timed => ({
    condition: { zone: null, light, from: null, to: null },
    holds: (moment) => moment.light === light,
  }));
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const between = hours.flatMap((from) =>
    hours
      .filter((to) => to !== from)
      .map((to): Timed => ({
        condition: { zone: null, light: null, from: hourText(from), to: hourText(to) },
        holds: ({ minute }) => {
          if (minute === null) return false;
          const hour = Math.floor(minute / 60);
          return from < to ? hour >= from && hour < to : hour >= from || hour < to;
        },
      })),
  );
  return [...inLight, ...between];
}

function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

function hourOf(time: string): number {
  return Number(time.slice(0, 2));
}
