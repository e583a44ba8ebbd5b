/**
 * A video of the simulated porch, rendered for this run.
 */
import { writeFile } from "node:fs/promises";
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { fragment } from "../../daemon/eye/fmp4/fragment.ts";
import { initSegment } from "../../daemon/eye/fmp4/init.ts";
import { wholePicture } from "../../daemon/eye/mask/whole-picture.ts";
import { systemClock } from "../../hal/clock.ts";
import type { EncodedUnit } from "../../hal/encoder.ts";
import { Fault } from "../../hal/fault.ts";
import { openH264Encoder } from "../../hal/gst/encoder.ts";
import { simCamera } from "../../hal/sim/camera.ts";

export interface PorchClip {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

export const porchFps = 15;

/** An ordinary fragmented MP4 of the unmasked porch at a generous bit rate. */
export async function renderPorchClip(path: string, { width, height, frames }: PorchClip): Promise<void> {
  const driver = simCamera({
    width,
    height,
    fps: porchFps,
    frames,
    light: "day",
    rain: "off",
    clock: systemClock,
    pace: "fast",
  });
  await using camera = await driver.open();
  await using encoder = await openH264Encoder({
    width,
    height,
    fps: porchFps,
    bitrateKbps: 8_000,
    gopFrames: porchFps,
  });
  const masker = createMasker(rasteriseOpening({ width, height }, wholePicture));
  const units: EncodedUnit[] = [];
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    const memory = encoder.memory();
    units.push(...encoder.encode(masker.apply(raw, memory), memory));
  }
  units.push(...(await encoder.finish()));
  if (encoder.config === null) throw new Fault("bug", "the encoder gave no parameter sets");
  const init = initSegment({ width, height, avcC: encoder.config.avcC });
  await writeFile(path, Buffer.concat([init, fragment(units, { sequence: 1, baseUs: 0 })]));
}
