/**
 * Porch frame: one picture of the simulated porch in which somebody is seen well, masked as at the door.
 *
 * What every model is tried with: the same picture on every machine, and nobody's.
 */
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import { newPicture } from "../../../hal/sim/picture.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import { createMasker } from "../../eye/mask/apply.ts";
import { createPlainMemory } from "../../eye/mask/memory.ts";
import { rasteriseOpening } from "../../policy/opening.ts";

const size = { width: 640, height: 360 };
const settings = { seed: 7, light: "day", rain: "off", visitorsPerHour: 240 } as const;
const stepMs = 500;
const withinMs = 10 * 60_000;

export interface PorchFrame {
  readonly frame: MaskedFrame;
  /** Of the person, as motion would draw it. */
  readonly region: BoxPx;
}

export function porchFrame(): PorchFrame {
  const porch = createPorch(settings, size);
  const { tMs, box } = bestMoment(porch);
  const picture = newPicture(size);
  porch.render(tMs, picture);
  const masker = createMasker(rasteriseOpening(size, porchPolicy));
  const frame = masker.apply(
    { ...picture, ptsUs: 0, sequence: 0 },
    createPlainMemory(size.width, size.height),
  );
  return { frame, region: box };
}

/** The first moment at which a person on the owner's ground is whole, and a quarter of the picture high. */
function bestMoment(porch: ReturnType<typeof createPorch>): { tMs: number; box: BoxPx } {
  for (let tMs = 0; tMs < withinMs; tMs += stepMs)
    for (const { kind, box, inside, visibleFrac } of porch.truth(tMs).items)
      if (kind === "person" && inside && visibleFrac > 0.9 && box !== null && box[3] > size.height / 4)
        return { tMs, box };
  return { tMs: 0, box: [0, 0, size.width, size.height] };
}
