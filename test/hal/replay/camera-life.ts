/**
 * Camera life: what a camera may do while somebody records, as fast-check makes it up, and as the recorder has it.
 */
import fc from "fast-check";
import type { Moment } from "../../../hal/trace/format.ts";

export interface Life {
  /** From the end of the time before: the eye's back-off is half a second. */
  readonly awayMs: number;
  readonly size: readonly [width: number, height: number];
  /** From frame to frame, and how many the driver lost before this one. */
  readonly frames: readonly { readonly gapUs: number; readonly lost: number }[];
  readonly how: "stalled" | "failed";
  /** From the last frame to its end. */
  readonly silentMs: number;
}

const frame = fc.record({
  gapUs: fc.integer({ min: 1, max: 400_000 }),
  lost: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 9 })),
});

export const lives = fc.array(
  fc.record({
    awayMs: fc.integer({ min: 600, max: 30_000 }),
    size: fc.constantFrom([32, 24] as const, [48, 27] as const),
    frames: fc.array(frame, { minLength: 1, maxLength: 20 }),
    how: fc.constantFrom("stalled" as const, "failed" as const),
    silentMs: fc.integer({ min: 0, max: 5_000 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** In nanoseconds of whole microseconds, which milliseconds hold exactly enough. */
export function cameraMoments(lives: readonly Life[]): { moments: Moment[]; lengthMs: number } {
  const moments: Moment[] = [];
  let atNs = 0;
  for (const { awayMs, size, frames, how, silentMs } of lives) {
    const [width, height] = size;
    const state = (told: "running" | Life["how"]): Moment => {
      return { type: "camera", atNs, state: told, width, height, fps: 15 };
    };
    atNs += awayMs * 1e6;
    let [sequence, ptsUs, dropped] = [-1, 0, 0];
    for (const [index, { gapUs, lost }] of frames.entries()) {
      if (index > 0) atNs += gapUs * 1e3;
      ptsUs += gapUs;
      sequence += 1 + lost;
      dropped += lost;
      moments.push({ type: "frame", atNs, sequence, ptsUs, dropped });
      if (index === 0) moments.push(state("running"));
    }
    atNs += silentMs * 1e6;
    moments.push(state(how));
  }
  return { moments, lengthMs: atNs / 1e6 + 1_000 };
}
