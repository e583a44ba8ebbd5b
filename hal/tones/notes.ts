/**
 * Notes: struck bars and plucked strings as sums of fading sines, made by ourselves. Pure.
 *
 * A note has partials (ratio to its pitch, loudness, seconds until it has faded to a thousandth); a tone is notes in
 * time. Everything is added up, then scaled so that the loudest sample is a little below full scale.
 */
import type { Pcm } from "../pcm.ts";

export interface Partial {
  readonly ratio: number;
  readonly loud: number;
  readonly fadeS: number;
}

export interface Note {
  readonly atS: number;
  readonly hertz: number;
  /** 0 to 1. */
  readonly loud: number;
  readonly voice: readonly Partial[];
}

/** Enough for every partial below. */
export const toneRate = 24_000;
const loudest = 0.89 * 32_767;
/** Without it a note begins with a click. */
const attackS = 0.004;
const faded = Math.log(1_000);

export function play(notes: readonly Note[]): Pcm {
  const endS = Math.max(...notes.map(({ atS, voice }) => atS + Math.max(...voice.map(({ fadeS }) => fadeS))));
  const sum = new Float64Array(Math.ceil(endS * toneRate));
  for (const note of notes) for (const partial of note.voice) add(sum, note, partial);
  const most = sum.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return { rate: toneRate, samples: Int16Array.from(sum, (value) => Math.round((value / most) * loudest)) };
}

/** A sine by recurrence: two multiplications a sample, no table. */
function add(sum: Float64Array, { atS, hertz, loud }: Note, partial: Partial): void {
  const from = Math.round(atS * toneRate);
  const count = Math.min(Math.round(partial.fadeS * toneRate), sum.length - from);
  const turn = (2 * Math.PI * hertz * partial.ratio) / toneRate;
  const fade = Math.exp(-faded / (partial.fadeS * toneRate));
  const [step, squared] = [2 * fade * Math.cos(turn), fade * fade];
  let before = 0;
  let now = fade * Math.sin(turn) * loud * partial.loud;
  const attack = attackS * toneRate;
  for (let i = 0; i < count; i += 1) {
    const at = from + i;
    sum[at] = (sum[at] ?? 0) + now * Math.min(1, i / attack);
    [before, now] = [now, step * now - squared * before];
  }
}

/** A metal bar over a tube: its second partial is not an octave. */
export const bar: readonly Partial[] = [
  { ratio: 1, loud: 1, fadeS: 1.6 },
  { ratio: 2.76, loud: 0.25, fadeS: 0.7 },
  { ratio: 5.4, loud: 0.08, fadeS: 0.3 },
];
/** A hand bell: a low hum below the strike, a minor third in it. */
export const bell: readonly Partial[] = [
  { ratio: 0.5, loud: 0.5, fadeS: 2.2 },
  { ratio: 1, loud: 1, fadeS: 1.5 },
  { ratio: 1.19, loud: 0.5, fadeS: 1.1 },
  { ratio: 2, loud: 0.6, fadeS: 0.8 },
  { ratio: 2.74, loud: 0.3, fadeS: 0.4 },
];
/** Wood under a soft mallet. */
export const wood: readonly Partial[] = [
  { ratio: 1, loud: 1, fadeS: 0.5 },
  { ratio: 3.93, loud: 0.3, fadeS: 0.12 },
];
