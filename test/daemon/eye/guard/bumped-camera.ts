/** A camera that is bumped while it runs: the same pictures, shifted and rolled from a frame on. */
import type { Camera } from "../../../../hal/camera.ts";
import { warp, type Bump } from "../../../../scripts/rigs/warp.ts";

export function bumpedCamera(camera: Camera, bumpAt: (frame: number) => Bump | null): Camera {
  let frame = 0;
  return {
    get info() {
      return camera.info;
    },
    get counters() {
      return camera.counters;
    },
    async read() {
      const raw = await camera.read();
      if (raw === null) return null;
      const bump = bumpAt(frame);
      frame += 1;
      return bump === null ? raw : { ...raw, ...warp(raw, bump) };
    },
    close: () => camera.close(),
    [Symbol.asyncDispose]: () => camera[Symbol.asyncDispose](),
  };
}
