/**
 * Open camera: the driver that the settings name, cropped and the right way up.
 */
import { basename } from "node:path";
import type { CameraDriver } from "../../hal/camera.ts";
import { gstCamera } from "../../hal/gst/camera.ts";
import { readCameraPlan } from "../../hal/replay/camera-plan.ts";
import { replayCamera } from "../../hal/replay/camera.ts";
import { isTracePath } from "../../hal/replay/trace.ts";
import { tracedCamera } from "../../hal/replay/traced-camera.ts";
import type { Clock } from "../../hal/sensors.ts";
import { simCamera } from "../../hal/sim/camera.ts";
import { viewedCamera } from "../../hal/viewed-camera.ts";
import type { Settings } from "../../config/schema.ts";

export interface CameraContext {
  readonly clock: Clock;
  /** Wall time at which the simulated porch's time is 0. */
  readonly epochWallMs: number;
}

export function cameraDriver({ camera, sim }: Settings, { clock, epochWallMs }: CameraContext): CameraDriver {
  const { source, width, height, fps, stallMs, loop, rotate, crop } = camera;
  const view = { rotate, crop };
  switch (camera.driver) {
    case "sim": {
      const porch = simCamera({ width, height, fps, ...sim, clock, epochWallMs, pace: "real" });
      return viewedCamera(porch, { view, turns: false });
    }
    case "gst":
      return viewedCamera(gstCamera({ source, width, height, fps, stallMs, rotate, clock }), {
        view,
        turns: true,
      });
    case "replay": {
      const replay = { loop, clock, pace: "real", epochWallMs } as const;
      const camera = isTracePath(source)
        ? tracedCamera({ ...replay, name: basename(source), plan: () => readCameraPlan(source) })
        : replayCamera({ ...replay, file: source });
      return viewedCamera(camera, { view, turns: false });
    }
  }
}
