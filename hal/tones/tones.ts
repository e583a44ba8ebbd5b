/**
 * Tones: what a doorbell can sound, each a recipe of ours (notes.ts) and no file.
 *
 * Made once and kept: making one takes some milliseconds on a PC and a tenth of a second on a small board, so whoever
 * must not wait asks before (`toneOf` at start, not in a press).
 */
import { louder, type Pcm } from "../pcm.ts";
import { bar, bell, play, wood, type Note, type Partial } from "./notes.ts";

/** Equal temperament from the A of 440 Hz: `steps` half tones above it. */
const pitch = (steps: number): number => 440 * 2 ** (steps / 12);

/** Half tones, one note after the other. */
function tune(steps: readonly number[], everyS: number, voice: readonly Partial[]): Note[] {
  return steps.map((step, index) => ({ atS: index * everyS, hertz: pitch(step), loud: 1, voice }));
}

const recipes = {
  /** E5, C5: the two bars of a classic chime. */
  "two-bars": () => tune([7, 3], 0.55, bar),
  /** Down a pentatonic scale and home. */
  garden: () => tune([15, 12, 10, 7, 10], 0.24, bar),
  /** Three strokes on one bell. */
  "hand-bell": () => tune([10, 10, 10], 0.4, bell),
  /** Two knocks, twice. */
  knock: () => [0, 0.16, 0.7, 0.86].map((atS) => ({ atS, hertz: pitch(-12), loud: 1, voice: wood })),
  /** An old telephone's trill, for those who hear little of the rest. */
  trill: () => tune([15, 12, 15, 12, 15, 12, 15, 12, 15, 12, 15, 12], 0.07, bell),
} as const satisfies Record<string, () => Note[]>;

export const toneNames = [
  "two-bars",
  "garden",
  "hand-bell",
  "knock",
  "trill",
] as const satisfies readonly (keyof typeof recipes)[];
export type ToneName = (typeof toneNames)[number];

/** What sounds at the door when somebody begins and ceases to listen there: up, and down. */
const signals = {
  begin: () => tune([3, 10], 0.09, wood),
  end: () => tune([10, 3], 0.09, wood),
} as const;
export type SignalName = keyof typeof signals;

const made = new Map<string, Pcm>();

function once(name: string, notes: () => readonly Note[]): Pcm {
  const known = made.get(name);
  if (known !== undefined) return known;
  const pcm = play(notes());
  made.set(name, pcm);
  return pcm;
}

export function toneOf(name: ToneName, volume: number): Pcm {
  return louder(once(name, recipes[name]), volume);
}

export function signalOf(name: SignalName): Pcm {
  return louder(once(`signal ${name}`, signals[name]), 75);
}
