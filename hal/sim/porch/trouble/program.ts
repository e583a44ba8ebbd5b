/**
 * Program: how strong each trouble is at a porch time.
 *
 * A trouble that was asked for is there all the time, with its own rhythm. `all` cuts each porch
 * day of 20 minutes into 16 slots: a trouble comes up in the first seconds of its slot, goes
 * down in the last ones, and the next one follows. What belongs to the day and what belongs to the
 * night take their slots in an order that a hash deals out anew for each day, so that a week has
 * each of them several times; dusk and dawn belong to the infrared switch.
 */
import { dayFraction } from "../day.ts";
import { chance, hash, sineTurns, smooth } from "../math.ts";
import type { Porchly } from "../settings.ts";
import { heldMs } from "./stutter.ts";
import { calm, type Strengths, type Trouble } from "./list.ts";

export const slotMs = 75_000;
const slotsOfDay = 16;
/** How long a trouble takes to come and to go. */
const rampMs = 4_000;

const byDay: readonly Trouble[] = [
  "wind",
  "snow",
  "clouds",
  "exposure",
  "shake",
  "stutter",
  "parked",
  "web",
  "insects",
];
const byNight: readonly Trouble[] = [
  "headlights",
  "lamp",
  "insects",
  "noise",
  "snow",
  "web",
  "wind",
  "shake",
  "parked",
];

/** The day of the program, from 0. */
export function programDay(tMs: number): number {
  return Math.floor(tMs / (slotMs * slotsOfDay));
}

/** Which trouble a slot of `all` belongs to. */
export function troubleOfSlot(settings: Porchly, slot: number): Trouble {
  const height = sineTurns(dayFraction(settings, (slot + 0.5) * slotMs) - 0.25);
  if (height > -0.3 && height < 0.12 && settings.light === "auto") return "infrared";
  const pool = height > 0 ? byDay : byNight;
  const day = Math.floor(slot / slotsOfDay);
  const own = hash(settings.seed, 0x9406, day);
  const order = pool
    .map((trouble, i) => ({ trouble, at: chance(own, i, pool.length) }))
    .sort((a, b) => a.at - b.at);
  return order[(slot % slotsOfDay) % order.length]?.trouble ?? "wind";
}

export function strengthsAt(settings: Porchly, tMs: number): Strengths {
  const { trouble } = settings;
  if (trouble.length === 0) return calm;
  const strengths: Record<Trouble, number> = { ...calm };
  for (const one of trouble) if (one !== "all") strengths[one] = 1;
  if (trouble.includes("all")) {
    const slot = Math.max(0, Math.floor(tMs / slotMs));
    const into = tMs - slot * slotMs;
    const strength = smooth(0, rampMs, into) * smooth(slotMs, slotMs - rampMs, into);
    const one = troubleOfSlot(settings, slot);
    strengths[one] = Math.max(strengths[one], strength);
  }
  return strengths;
}

/** The porch time of the picture that the camera shows at a time. */
export function seenMs(settings: Porchly, tMs: number): number {
  return heldMs(settings.seed, tMs, strengthsAt(settings, tMs).stutter);
}
