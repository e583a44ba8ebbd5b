/**
 * The porch: from (settings, size, porch time) to a picture, byte for byte the same everywhere.
 *
 * `render` writes into planes that the caller supplies (any stride); it keeps caches, but its
 * result depends on nothing except its arguments, in any order of calls.
 */
import { Fault } from "../../fault.ts";
import type { FrameGeometry, I420, Plane } from "../../frame.ts";
import { canvasHeight, canvasWidth, canvasX, canvasY, surfaceY } from "./plan.ts";
import { type PorchScript, porchScript } from "./script.ts";
import { completeSettings, type PorchSettings } from "./settings.ts";

export interface Porch extends FrameGeometry {
  readonly script: PorchScript;
  /** The picture of a porch time; `wallMs` is what the stamp shows (settings.stamp). */
  render(tMs: number, into: I420, wallMs?: number): void;
}

export function createPorch(settings: PorchSettings, geometry: FrameGeometry): Porch {
  const { width, height } = geometry;
  if (width < 16 || height < 16) {
    throw new Fault("invalid", `the porch cannot be drawn at ${width}x${height}; at least 16x16`);
  }
  const script = porchScript(completeSettings(settings));
  const fill = (plane: Plane, box: readonly [number, number, number, number], value: number): void => {
    const [x0, y0, x1, y1] = box;
    const right = Math.min(plane.width, Math.round((x1 / canvasWidth) * plane.width));
    const left = Math.max(0, Math.round((x0 / canvasWidth) * plane.width));
    const bottom = Math.min(plane.height, Math.round((y1 / canvasHeight) * plane.height));
    for (let y = Math.max(0, Math.round((y0 / canvasHeight) * plane.height)); y < bottom; y += 1) {
      if (right > left) plane.data.fill(value, y * plane.stride + left, y * plane.stride + right);
    }
  };
  return {
    width,
    height,
    script,
    render(tMs, into) {
      fill(into.y, [0, 0, 1280, 720], 110);
      fill(into.u, [0, 0, 1280, 720], 120);
      fill(into.v, [0, 0, 1280, 720], 124);
      fill(into.y, [0, 0, 1280, 238], 170);
      for (const actor of script.actorsAt(tMs)) {
        const { x, z } = actor.place;
        const half = actor.kind === "vehicle" ? 2 : 0.25;
        const foot = surfaceY(z);
        const top = foot + (actor.kind === "person" ? 1.75 : actor.kind === "vehicle" ? 1.45 : 0.3);
        fill(
          into.y,
          [canvasX(x - half, z), canvasY(top, z), canvasX(x + half, z), canvasY(foot, z)],
          40 + (actor.look % 100),
        );
      }
    },
  };
}
