/**
 * Guard at the porch: bumps in every light by what was learnt by day and by night, and weeks of nothing.
 *
 * A week is seven porch days (20 minutes each, from late morning to late morning, showers included, another
 * seed a day) with a visitor every half minute, looked at in bursts of 8 looks, a quarter of the time.
 */
import { Fault } from "../../hal/fault.ts";
import type { I420 } from "../../hal/frame.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { createPorch } from "../../hal/sim/porch/porch.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import type { PorchSettings } from "../../hal/sim/porch/settings.ts";
import { bumpOf, GuardWatch, learn, lookMs, randomOf, trial, type Trial } from "./guard-watch.ts";

const size = { width: 640, height: 360 };
const lights = ["day", "dusk", "night"] as const;
const dayMs = 1_200_000;
const burst = { looks: 8, everyMs: 4 * 8 * lookMs };

function porchAt(settings: PorchSettings): (tMs: number) => I420 {
  const porch = createPorch(settings, size);
  return (tMs) => {
    const picture = newPicture(size);
    porch.render(tMs, picture);
    return picture;
  };
}

/** `each` bumps for every pair of what was learnt and what is seen. */
export function porchTrials(each: number): Trial[] {
  const random = randomOf(1);
  const trials: Trial[] = [];
  for (const learntBy of ["day", "night"] as const) {
    const taught = porchAt({ light: learntBy });
    const reference = learn(porchPolicy, (look) => taught(look * lookMs));
    if (reference === null) throw new Fault("bug", `the porch was not learnt by ${learntBy}`);
    for (const light of lights) {
      for (const rain of ["off", "on"] as const) {
        const seen = porchAt({ light, rain, seed: 2 });
        for (let i = 0; i < each; i += 1) {
          const fromMs = Math.floor(random() * dayMs);
          const pictureAt = (look: number): I420 => seen(fromMs + look * lookMs);
          trials.push(trial({ shape: porchPolicy, reference, bump: bumpOf(i, random), pictureAt }));
        }
      }
    }
  }
  return trials;
}

export interface Week {
  readonly trips: number;
  /** How clearly the scene was seen at the worst look; 4.5 is needed. */
  readonly worstClear: number;
}

export function porchWeek(week: number, note: (line: string) => void): Week {
  let trips = 0;
  let worstClear = Number.POSITIVE_INFINITY;
  for (let day = 0; day < 7; day += 1) {
    const seen = porchAt({ seed: week * 7 + day + 1, visitorsPerHour: 120 });
    const watch = new GuardWatch(porchPolicy);
    let wasClosed = false;
    for (let fromMs = 0; fromMs < dayMs; fromMs += burst.everyMs) {
      for (let look = 0; look < burst.looks; look += 1) {
        const closed = watch.look(seen(fromMs + look * lookMs));
        if (closed && !wasClosed) trips += 1;
        wasClosed = closed;
        worstClear = Math.min(worstClear, watch.guard?.sighting?.clearHere ?? worstClear);
      }
    }
    note(`    day ${day + 1}: ${trips} trips so far`);
  }
  return { trips, worstClear };
}
