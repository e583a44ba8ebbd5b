/**
 * Open camera: the driver that the settings name.
 */
import type { CameraDriver } from "../../hal/camera.ts";
import { gstCamera } from "../../hal/gst/camera.ts";
import { replayCamera } from "../../hal/replay/camera.ts";
import type { Clock } from "../../hal/sensors.ts";
import { simCamera } from "../../hal/sim/camera.ts";
import type { Settings } from "../../config/schema.ts";

export interface CameraContext {
  readonly clock: Clock;
  /** Wall time at which the simulated porch's time is 0. */
  readonly epochWallMs: number;
}

export function cameraDriver({ camera, sim }: Settings, { clock, epochWallMs }: CameraContext): CameraDriver {
  const { source, width, height, fps, stallMs, loop } = camera;
  switch (camera.driver) {
    case "sim":
      return simCamera({ width, height, fps, ...sim, clock, epochWallMs, pace: "real" });
    case "gst":
      return gstCamera({ source, width, height, fps, stallMs, clock });
    case "replay":
      return replayCamera({ file: source, loop, clock, pace: "real", epochWallMs });
  }
}
