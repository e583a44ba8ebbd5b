/** A door to a simulated camera alone: the eye's own look at a small porch, under its own line unless said otherwise. */
import { join } from "node:path";
import { FocusMemory } from "../../../daemon/eye/examine/focus-memory.ts";
import { reportOf } from "../../../daemon/eye/examine/report.ts";
import type { Door } from "../../../daemon/selftest/door.ts";
import type { CameraReport } from "../../../daemon/wire/examine.ts";
import type { GuardStatus } from "../../../daemon/wire/messages.ts";
import type { SimCameraOptions } from "../../../hal/sim/camera.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { lookAt, smallPorch, type Through } from "../eye/examine/porch.ts";
import { closedDoor, someSettings } from "./ask.ts";

export interface CameraDoorOptions {
  /** A folder that exists; the best focus is remembered there. */
  readonly data: string;
  readonly camera?: Partial<SimCameraOptions>;
  readonly through?: Through;
  readonly guard?: GuardStatus;
}

/** Looked at once, and never later: a porch does not change between two checks. */
export function cameraDoor(options: CameraDoorOptions): Door {
  let report: Promise<CameraReport> | null = null;
  return { ...closedDoor, camera: () => (report ??= reportFrom(options)) };
}

async function reportFrom({
  data,
  camera = {},
  through = {},
  guard = { state: "watching" },
}: CameraDoorOptions): Promise<CameraReport> {
  const look = await lookAt(smallPorch(camera), { shape: porchPolicy, ...through });
  const settings = someSettings(data, { camera: { width: 320, height: 180, fps: 10 } }).camera;
  const memory = new FocusMemory(join(data, "focus.json"));
  const onUnkept = (error: unknown): never => {
    throw error;
  };
  return reportOf(look, { settings, guard, memory, onUnkept });
}
