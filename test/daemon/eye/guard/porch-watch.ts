/** A guard at the simulated porch, fed a look at a time, with a camera that can be bumped. */
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { Guard, type GuardOptions } from "../../../../daemon/eye/guard/guard.ts";
import type { Reference } from "../../../../daemon/eye/guard/reference.ts";
import { tuning } from "../../../../daemon/eye/guard/tuning.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import { assert } from "../../../../hal/fault.ts";
import type { I420 } from "../../../../hal/frame.ts";
import { newPicture } from "../../../../hal/sim/picture.ts";
import { createPorch } from "../../../../hal/sim/porch/porch.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import type { PorchSettings } from "../../../../hal/sim/porch/settings.ts";
import { warp, type Bump } from "../../../../scripts/rigs/warp.ts";

export const size = { width: 640, height: 360 };
const { lookEveryMs } = tuning;

export interface PorchWatch {
  readonly guard: Guard;
  /** Porch time of the next look. */
  tMs: number;
  /** Looks for so long; `change` is what happens to the picture. Resolves to how long it took to close, or null. */
  look(forMs: number, change?: (picture: I420, look: number) => I420): number | null;
}

export interface WatchOptions extends Partial<GuardOptions> {
  readonly porch?: PorchSettings;
  readonly fromMs?: number;
}

/** The porch empty by day, from where its first visitor is still far away. */
export function watchPorch({ porch = {}, fromMs = 0, ...options }: WatchOptions = {}): PorchWatch {
  const scene = createPorch({ light: "day", rain: "off", scene: "empty", ...porch }, size);
  const masker = createMasker(rasteriseOpening(size, porchPolicy));
  const memory = createPlainMemory(size.width, size.height);
  const guard = new Guard({ size, visible: masker.opening.luma, reference: null, ...options });
  let ptsUs = 0;
  return {
    guard,
    tMs: fromMs,
    look(forMs, change = (picture) => picture) {
      const closedBefore = guard.closed;
      let tookMs: number | null = null;
      for (let look = 0; look * lookEveryMs < forMs; look += 1) {
        const picture = newPicture(size);
        scene.render(this.tMs, picture);
        const raw = { ...change(picture, look), ptsUs, sequence: ptsUs };
        guard.handle(masker.apply(raw, memory));
        if (guard.closed && !closedBefore) tookMs ??= (look + 1) * lookEveryMs;
        this.tMs += lookEveryMs;
        ptsUs += lookEveryMs * 1_000;
      }
      return tookMs;
    },
  };
}

/** What the empty porch teaches by day. */
export const dayReference: Reference = (() => {
  const watch = watchPorch();
  watch.look(6_000);
  assert(watch.guard.reference !== null, "the porch was not learnt");
  return watch.guard.reference;
})();

/** The same, watching by what was learnt by day. */
export function watchingPorch(options: WatchOptions = {}): PorchWatch {
  const watch = watchPorch({ reference: dayReference, ...options });
  watch.look(400);
  return watch;
}

export const bumped =
  (bump: Bump) =>
  (picture: I420): I420 =>
    warp(picture, bump);

/** A hand, tape or spray: the same grey from the left edge to a fraction of the width. */
export const covered =
  (frac = 1, grey = 60) =>
  (picture: I420): I420 => {
    for (let row = 0; row < picture.height; row += 1) {
      const start = row * picture.y.stride;
      picture.y.data.fill(grey, start, start + Math.round(frac * picture.width));
    }
    return picture;
  };

/** Light that goes out: 1 = as it is, 0 = black, with a little of the sensor's noise. */
export const dimmed =
  (light: number) =>
  (picture: I420): I420 => {
    const { data } = picture.y;
    for (let i = 0; i < data.length; i += 1) {
      const noise = (Math.imul(i + 1, 2_654_435_761) >>> 28) / 8;
      data[i] = Math.round(16 + ((data[i] ?? 16) - 16) * light + noise);
    }
    return picture;
  };
