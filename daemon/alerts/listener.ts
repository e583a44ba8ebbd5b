/**
 * Listener: one person, or the house's channels, through time.
 *
 * The first three movements within ten minutes are told at once; what comes then is counted, and told as one digest
 * ten minutes after the first that was counted, as long as movements come. A ring, who waits at the door and a parcel
 * are never counted so: they are told, or held by quiet hours or a snooze. What follows in an event that was told takes the place of it on the phone, and is not
 * counted either. What is held is told once, when nothing keeps silent any more; until then it waits,
 * however the wall clock is set. The state has a fixed size.
 */
import { plus, type Sum } from "./sum.ts";
import {
  isFlooding,
  silenceOf,
  verdictOf,
  type Circumstances,
  type Happening,
  type Verdict,
} from "./verdict.ts";
import type { Rules } from "./rules.ts";

export const floodMs = 10 * 60_000;
export const toldAtOnce = 3;

export interface Listener {
  /** When movements were told last, by running time; at most `toldAtOnce`. */
  readonly toldMonoMs: readonly number[];
  readonly held: Sum | null;
  /** What was counted in a flood is told then; null = there is no flood. */
  readonly dueMonoMs: number | null;
}

export interface Now extends Omit<Circumstances, "flooded"> {
  readonly monoMs: number;
}

/** One event, or what followed in it. */
export interface Heard extends Happening {
  readonly id: string;
  /** What they have of this event already; absent = nothing. */
  readonly before?: "told" | "held" | undefined;
}

export const newListener: Listener = { toldMonoMs: [], held: null, dueMonoMs: null };

export function heard(
  listener: Listener,
  happening: Heard,
  { rules, now }: { readonly rules: Rules; readonly now: Now },
): { readonly listener: Listener; readonly verdict: Verdict } {
  const { wallMs, monoMs } = now;
  const toldMonoMs = listener.toldMonoMs.filter((told) => monoMs - told < floodMs);
  const { before } = happening;
  const isMany = listener.dueMonoMs !== null || toldMonoMs.length >= toldAtOnce;
  const flooded = isMany && before !== "told";
  const verdict = verdictOf(happening, rules, { ...now, flooded });
  if (verdict.told === "never") return { listener: { ...listener, toldMonoMs }, verdict };
  if (verdict.told === "now") {
    const isNew = isFlooding(happening.kind) && before === undefined;
    const told = isNew ? [...toldMonoMs, monoMs] : toldMonoMs;
    return { listener: { ...listener, toldMonoMs: told }, verdict };
  }
  const { why } = verdict;
  // what was held before may have been told meanwhile
  const isCounted = before === "held" && listener.held !== null;
  const held = plus(listener.held, { ...happening, isCounted, why, wallMs, monoMs });
  const dueMonoMs = why === "flood" ? (listener.dueMonoMs ?? monoMs + floodMs) : listener.dueMonoMs;
  return { listener: { toldMonoMs, held, dueMonoMs }, verdict };
}

/** Time has passed, or the rules are others: the digest that is due now, if one is. */
export function looked(
  listener: Listener,
  { rules, now }: { readonly rules: Rules; readonly now: Now },
): { readonly listener: Listener; readonly digest: Sum | null } {
  const { held, dueMonoMs, toldMonoMs } = listener;
  if (held === null || silenceOf("motion", rules, now) !== null) return { listener, digest: null };
  if (dueMonoMs !== null && now.monoMs < dueMonoMs) return { listener, digest: null };
  // in a flood that goes on the next movement is counted again
  const told = held.why === "flood" ? Array.from({ length: toldAtOnce }, () => now.monoMs) : toldMonoMs;
  return { listener: { toldMonoMs: told, held: null, dueMonoMs: null }, digest: held };
}
