/**
 * Journal stretches: what motion says of the porch's day, and of a clip.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import { visibleCells } from "../../../daemon/eye/motion/visible.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../daemon/policy/shape.ts";
import type { Light } from "../../../daemon/sight/zones.ts";
import type { FrameGeometry, RawFrame } from "../../../hal/frame.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { openClip } from "./footage.ts";
import { framesOf } from "./porch-scenes.ts";
import { journalFps, type Stretch } from "./journal-write.ts";
import type { LabelledClip } from "./labels.ts";

const porchSize = { width: 640, height: 360 };
const porchDayMs = 1_200_000;

export function porchStretch(): Stretch {
  const porch = createPorch({ visitor: "any" }, porchSize);
  const taker = takerOf(porchSize, porchPolicy);
  for (const raw of framesOf({ porch, fromMs: 0, toMs: porchDayMs })) taker.take(raw);
  return taker.done("porch");
}

export async function clipStretch(clip: LabelledClip): Promise<Stretch> {
  await using camera = await openClip(clip);
  const taker = takerOf(camera.info, wholePicture);
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) taker.take(raw);
  return taker.done(clip.id);
}

interface Taker {
  take(raw: RawFrame): void;
  done(name: string): Stretch;
}

function takerOf({ width, height }: FrameGeometry, shape: MaskShape): Taker {
  const masker = createMasker(rasteriseOpening({ width, height }, shape));
  const memory = createPlainMemory(width, height);
  const visible = masker.opening.luma;
  const { motion: settings } = settingsSchema.parse({});
  const motion = createMotion({ width, height, fps: journalFps, settings, visible });
  const [levels, lights]: [Uint8Array[], Light[]] = [[], []];
  return {
    take(raw) {
      const seen = motion.handle(masker.apply(raw, memory));
      levels.push(seen.levels.slice());
      lights.push(seen.light);
    },
    done(name) {
      const { cols, rows } = motion.grid;
      const grid = { width, height, cols, rows };
      return {
        name,
        grid,
        visible: visibleCells({ width, height }, visible),
        levels: Buffer.concat(levels),
        lights,
      };
    },
  };
}
