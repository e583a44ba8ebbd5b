/**
 * Ticks: the lines and words of the time scale, at full local minutes, hours or days. Pure.
 */
import { dayStart, nextDayStart } from "../events/group.ts";
import { dayMs, endOf, hourMs, minuteMs, startOf, type View } from "./view.ts";

export interface Tick {
  readonly timeMs: number;
  /** A midnight is named by its day. */
  readonly isDay: boolean;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440].map((minutes) => minutes * minuteMs);

/** The finest that leaves each word this much room. */
export function stepFor({ spanMs }: View, widthPx: number, roomPx: number): number {
  return steps.find((step) => (step / spanMs) * widthPx >= roomPx) ?? dayMs;
}

export function ticksOf(view: View, widthPx: number, roomPx = 64): Tick[] {
  const step = stepFor(view, widthPx, roomPx);
  const ticks: Tick[] = [];
  for (let day = dayStart(startOf(view)); day <= endOf(view); day = nextDayStart(day)) {
    for (const timeMs of step >= hourMs ? hoursOf(day, step / hourMs) : minutesOf(day, step))
      if (timeMs >= startOf(view) && timeMs <= endOf(view)) ticks.push({ timeMs, isDay: timeMs === day });
  }
  return ticks;
}

/** By the local clock: where it is put on at night an hour is missing, not every later one shifted. */
function hoursOf(day: number, step: number): number[] {
  const date = new Date(day);
  const times = Array.from({ length: Math.ceil(24 / step) }, (_, at) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate(), at * step).getTime(),
  );
  return [...new Set(times)];
}

/** Clocks change by half hours: minutes stay full ones. */
function minutesOf(day: number, step: number): number[] {
  const count = Math.round((nextDayStart(day) - day) / step);
  return Array.from({ length: count }, (_, at) => day + at * step);
}
