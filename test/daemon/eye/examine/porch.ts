/** One look at a small porch, by day unless said otherwise, under its own line. */
import { Look } from "../../../../daemon/eye/examine/look.ts";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { CameraDriver } from "../../../../hal/camera.ts";
import { simCamera, type SimCameraOptions } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";

export const size = { width: 320, height: 180 };

export function smallPorch(options: Partial<SimCameraOptions> = {}): CameraDriver {
  const still = { light: "day", rain: "off", scene: "empty" } as const;
  return simCamera({ ...size, fps: 10, pace: "fast", clock: new SimClock(), ...still, ...options });
}

export interface Through {
  /** What the owner signed. */
  readonly shape?: MaskShape | null;
  /** What the mask was really made of; a mask without fault is made of the same. */
  readonly masked?: MaskShape | null;
  readonly seconds?: number;
  /** What comes before is passed over. */
  readonly fromMs?: number;
}

export async function lookAt(driver: CameraDriver, through: Through = {}): Promise<Look> {
  const { shape = porchPolicy, masked = shape, seconds = 4, fromMs = 0 } = through;
  await using camera = await driver.open();
  const { width, height } = camera.info;
  const masker = createMasker(rasteriseOpening({ width, height }, masked));
  const memory = createPlainMemory(width, height);
  const look = new Look({ camera, shape, opening: masker.opening, policyVersion: 1, fault: null });
  while (look.spanMs < seconds * 1_000) {
    const raw = await camera.read();
    if (raw === null) break;
    if (raw.ptsUs < fromMs * 1_000) continue;
    look.proof.before(raw);
    look.add(masker.apply(raw, memory));
  }
  return look;
}
