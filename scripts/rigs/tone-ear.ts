/**
 * Tone ear: is there a note of this pitch in a sound? For tests that listen.
 *
 * Goertzel's filter over windows of a tenth of a second; the purest one counts: 1 = nothing but this note.
 */
import type { Pcm } from "../../hal/pcm.ts";

const windowS = 0.1;
/** Quieter than that is silence (about -50 dB). */
const silent = 100;

/** 0 = it is nowhere, 1 = somewhere it is all there is. */
export function purity({ rate, samples }: Pcm, hertz: number): number {
  const size = Math.round(rate * windowS);
  let best = 0;
  for (let at = 0; at + size <= samples.length; at += size)
    best = Math.max(best, purityOf(samples.subarray(at, at + size), (2 * Math.PI * hertz) / rate));
  return best;
}

function purityOf(window: Int16Array, turn: number): number {
  const step = 2 * Math.cos(turn);
  let [before, last, energy] = [0, 0, 0];
  for (const sample of window) {
    [before, last] = [last, sample + step * last - before];
    energy += sample * sample;
  }
  if (Math.sqrt(energy / window.length) < silent) return 0;
  const power = last * last + before * before - step * last * before;
  return Math.min(1, (2 * power) / (window.length * energy));
}

/** A sine, to be sounded. */
export function sine(hertz: number, seconds: number, rate = 16_000): Pcm {
  const samples = Int16Array.from({ length: Math.round(seconds * rate) }, (_, i) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * hertz * i) / rate)),
  );
  return { rate, samples };
}
