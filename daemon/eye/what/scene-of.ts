/**
 * Scene of a masked frame: mean luma per patch, from a lattice of samples (daemon/sight/what/scene.ts says what for).
 */
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import type { Scene } from "../../sight/what/scene.ts";
import { shows } from "../motion/visible.ts";

const mostCols = 128;
const samples = 4;

export interface SceneMaker {
  of(frame: MaskedFrame): Scene;
}

export function createSceneMaker({ width, height }: FrameGeometry, opening: PlaneSpans): SceneMaker {
  const cols = Math.max(1, Math.min(mostCols, Math.floor(width / samples)));
  const rows = Math.max(1, Math.min(Math.round((cols * height) / width), Math.floor(height / samples)));
  const xs = lattice(cols, width);
  const ys = lattice(rows, height);
  const visible = visiblePatches({ cols, rows, xs, ys }, opening);

  function of({ y: { data, stride } }: MaskedFrame): Scene {
    const luma = new Float32Array(cols * rows);
    for (let j = 0; j < ys.length; j += 1) {
      const row = (ys[j] ?? 0) * stride;
      const first = Math.floor(j / samples) * cols;
      for (let i = 0, k = first; k < first + cols; k += 1) {
        let sum = 0;
        for (let n = 0; n < samples; n += 1, i += 1) sum += data[row + (xs[i] ?? 0)] ?? 0;
        luma[k] = (luma[k] ?? 0) + sum;
      }
    }
    for (let k = 0; k < luma.length; k += 1) luma[k] = (luma[k] ?? 0) / (samples * samples);
    return { cols, rows, luma, visible };
  }

  return { of };
}

/** Samples in a row or column, in the middle of equal parts. */
function lattice(patches: number, size: number): Int32Array {
  const count = patches * samples;
  return Int32Array.from({ length: count }, (_, i) =>
    Math.min(size - 1, Math.floor(((i + 0.5) * size) / count)),
  );
}

interface Lattice {
  readonly cols: number;
  readonly rows: number;
  readonly xs: Int32Array;
  readonly ys: Int32Array;
}

function visiblePatches({ cols, rows, xs, ys }: Lattice, opening: PlaneSpans): Uint8Array {
  const visible = new Uint8Array(cols * rows).fill(1);
  for (const [j, y] of ys.entries()) {
    const first = Math.floor(j / samples) * cols;
    for (const [i, x] of xs.entries()) {
      if (!shows(opening, x, y)) visible[first + Math.floor(i / samples)] = 0;
    }
  }
  return visible;
}
