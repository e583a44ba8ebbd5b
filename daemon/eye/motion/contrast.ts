/**
 * Contrast: what a patch is beside its neighbours, whatever the light.
 *
 * The Laplacian of the patch grid (4 x patch - its 4 neighbours). An even change of light, and one
 * that slopes across the picture, cancel out; a change of gain scales it; soft shadows, haze and
 * blurred things near the lens hardly touch it. An object shows by its outline and its texture.
 * At the picture's edge a missing neighbour is the patch itself (reduce.ts fills the rim so).
 *
 * Twin of kernel/assembly/contrast.ts: same results, change both.
 */
import { patchesPerCell } from "../../sight/grid.ts";
import { patchPlanes, type Shape } from "./kernel/memory.ts";

export function contrastOf(sums: Uint16Array, shape: Shape, out: Float32Array): void {
  for (let plane = 0; plane < patchPlanes; plane += 1) contrastOfPlane(plane, { sums, shape, out });
}

interface Job {
  readonly sums: Uint16Array;
  readonly shape: Shape;
  readonly out: Float32Array;
}

function contrastOfPlane(plane: number, { sums, shape, out }: Job): void {
  const { size, stride, from, end } = shape;
  const last = patchesPerCell - 1;
  const [row, col] = [Math.floor(plane / patchesPerCell), plane % patchesPerCell];
  // The neighbour is in the next plane, or in the first or last one of the next cell.
  const left = col > 0 ? -size : last * size - 1;
  const right = col < last ? size : 1 - last * size;
  const above = row > 0 ? -patchesPerCell * size : last * patchesPerCell * size - stride;
  const below = row < last ? patchesPerCell * size : stride - last * patchesPerCell * size;
  for (let i = plane * size + from; i < plane * size + end; i += 1) {
    const beside = (sums[i + left] ?? 0) + (sums[i + right] ?? 0);
    const over = (sums[i + above] ?? 0) + (sums[i + below] ?? 0);
    out[i] = 4 * (sums[i] ?? 0) - (beside + over);
  }
}

/** Sum of the patches of every cell; the rim stays 0. */
export function lumaOf(sums: Uint16Array, { size, from, end, stride, cols }: Shape, out: Float32Array): void {
  for (let k = from; k < end; k += 1) {
    let total = 0;
    for (let i = k; i < patchPlanes * size; i += size) total += sums[i] ?? 0;
    out[k] = total;
  }
  for (let first = from; first < end; first += stride) {
    out[first] = 0;
    out.fill(0, first + cols + 1, first + stride);
  }
}
