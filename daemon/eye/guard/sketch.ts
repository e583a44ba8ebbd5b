/**
 * Sketch: a small picture of edge directions, all that the guard ever looks at.
 *
 * The luma plane is sampled down to `cols` x `rows` (four samples a pixel), and each pixel becomes
 * the direction of its edge in 16 steps of 11.25 degrees, or `noDirection`. Light that gets
 * brighter, dimmer or changes sides leaves directions as they are: black on white and white on
 * black are the same edge. Integer throughout; the cost does not depend on the picture's size.
 *
 * Pixels whose surroundings touch the mask have no direction: its edge is not part of the scene.
 */
import { assert } from "../../../hal/fault.ts";
import type { FrameGeometry, Plane } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import { tuning } from "./tuning.ts";

export const directions = 16;
export const noDirection = 16;

export interface SketchGrid extends FrameGeometry {
  readonly cols: number;
  readonly rows: number;
  /** Sampled columns and rows of the picture, two per pixel of the sketch. */
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  /** 1 where a direction may be taken. */
  readonly open: Uint8Array;
  /** Per row, the columns from..to (two entries a row) outside which nothing is open. */
  readonly extents: Int32Array;
}

/** Absent spans = everything is visible. */
export function sketchGrid({ width, height }: FrameGeometry, visible?: PlaneSpans): SketchGrid {
  const cols = Math.min(tuning.sketchCols, width);
  const rows = Math.max(1, Math.min(height, Math.round((cols * height) / width)));
  const [xs, ys] = [centres(2 * cols, width), centres(2 * rows, height)];
  const open = openPixels({ cols, rows, xs, ys }, visible);
  return { width, height, cols, rows, xs, ys, open, extents: extentsOf(open, cols) };
}

/** One pixel wider than what is open in this row and its neighbours: Sobel's operator reads them. */
function extentsOf(open: Uint8Array, cols: number): Int32Array {
  const rows = open.length / cols;
  const own = Array.from({ length: rows }, (_, row) => open.subarray(row * cols, (row + 1) * cols));
  return Int32Array.from(
    own.flatMap((_, row) => {
      const near = own.slice(Math.max(0, row - 1), row + 2);
      const first = Math.min(...near.map((line) => line.indexOf(1)).map((at) => (at < 0 ? cols : at)));
      const last = Math.max(...near.map((line) => line.lastIndexOf(1)));
      return first > last ? [0, 0] : [first - 1, last + 2];
    }),
  );
}

/** Pixel under the middle of each of `count` equal parts. */
function centres(count: number, size: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((2 * i + 1) * size) / (2 * count)));
}

/** Two pixels away from anything hidden and from the picture's own edge. */
const clearPx = 2;

type Sampling = Pick<SketchGrid, "cols" | "rows" | "xs" | "ys">;

function openPixels({ cols, rows, xs, ys }: Sampling, visible: PlaneSpans | undefined): Uint8Array {
  const seen = new Uint8Array(cols * rows).fill(1);
  if (visible !== undefined) {
    for (let i = 0; i < seen.length; i += 1) {
      const [col, row] = [i % cols, Math.floor(i / cols)];
      const whole = [0, 1].every((dy) =>
        [0, 1].every((dx) => shows(visible, xs[2 * col + dx] ?? 0, ys[2 * row + dy] ?? 0)),
      );
      seen[i] = whole ? 1 : 0;
    }
  }
  const open = new Uint8Array(cols * rows);
  for (let row = clearPx; row < rows - clearPx; row += 1) {
    for (let col = clearPx; col < cols - clearPx; col += 1) {
      open[row * cols + col] = isClear(seen, cols, row * cols + col) ? 1 : 0;
    }
  }
  return open;
}

function isClear(seen: Uint8Array, cols: number, at: number): boolean {
  for (let dy = -clearPx; dy <= clearPx; dy += 1) {
    for (let dx = -clearPx; dx <= clearPx; dx += 1) {
      if (seen[at + dy * cols + dx] !== 1) return false;
    }
  }
  return true;
}

function shows({ starts, spans }: PlaneSpans, x: number, y: number): boolean {
  for (let i = starts[y] ?? 0; i < (starts[y + 1] ?? 0); i += 2) {
    if (x >= (spans[i] ?? 0) && x < (spans[i + 1] ?? 0)) return true;
  }
  return false;
}

/** Fine enough that a bin's border falls within half a degree of where it belongs. */
const steps = 256;
/** Bin of an angle of 0..90 degrees from |gy| / (|gx| + |gy|), in 1/256. */
const binOf = Uint8Array.from({ length: steps + 1 }, (_, i) => {
  const angle = Math.atan2(i, steps - i) / (Math.PI / 2);
  return Math.min(7, Math.floor(angle * 8));
});

export interface Sketcher {
  readonly grid: SketchGrid;
  /** Direction per pixel, row by row; lent until the next call. */
  readonly directions: Uint8Array;
  /** Strength of the edges just taken, in the same order; 0 without a direction. */
  readonly slopes: Uint16Array;
  /** Pixels with an edge that cannot be noise. */
  readonly structure: number;
  take(y: Plane): void;
}

export function createSketcher(grid: SketchGrid): Sketcher {
  const { cols, rows, open, extents } = grid;
  const small = new Uint16Array(cols * rows);
  const codes = new Uint8Array(cols * rows).fill(noDirection);
  const slopes = new Uint16Array(cols * rows);
  let structure = 0;

  /** Sobel's operator; sums and differences of three rows are carried from column to column. */
  function sketchRow(start: number, end: number): void {
    let [sum0, sum1, diff0, diff1] = [0, 0, 0, 0];
    for (let i = start; i < end; i += 1) {
      const above = small[i - cols] as number;
      const below = small[i + cols] as number;
      const sum2 = above + 2 * (small[i] as number) + below;
      const diff2 = below - above;
      if (open[i - 1] === 1) {
        const gx = sum2 - sum0;
        const gy = diff0 + 2 * diff1 + diff2;
        const ay = gy < 0 ? -gy : gy;
        const slope = (gx < 0 ? -gx : gx) + ay;
        if (slope < tuning.slopeFloor) {
          codes[i - 1] = noDirection;
          slopes[i - 1] = 0;
        } else {
          const bin = binOf[((ay * steps) / slope) | 0] as number;
          codes[i - 1] = gx < 0 === gy < 0 ? bin : directions - 1 - bin;
          slopes[i - 1] = slope;
          if (slope >= tuning.structureSlope) structure += 1;
        }
      }
      sum0 = sum1;
      sum1 = sum2;
      diff0 = diff1;
      diff1 = diff2;
    }
  }

  return {
    grid,
    directions: codes,
    slopes,
    get structure() {
      return structure;
    },
    take(y) {
      assert(
        y.width === grid.width && y.height === grid.height,
        `guard of ${grid.width}x${grid.height} met a plane of ${y.width}x${y.height}`,
      );
      sampleDown(y, grid, small);
      structure = 0;
      for (let row = 1; row < rows - 1; row += 1) {
        sketchRow(row * cols + (extents[2 * row] as number), row * cols + (extents[2 * row + 1] as number));
      }
    },
  };
}

function sampleDown(
  { data, stride }: Plane,
  { cols, rows, xs, ys, extents }: SketchGrid,
  out: Uint16Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    const end = extents[2 * row + 1] as number;
    const upper = (ys[2 * row] as number) * stride;
    const lower = (ys[2 * row + 1] as number) * stride;
    for (let col = extents[2 * row] as number; col < end; col += 1) {
      const left = xs[2 * col] as number;
      const right = xs[2 * col + 1] as number;
      out[row * cols + col] =
        (data[upper + left] as number) +
        (data[upper + right] as number) +
        (data[lower + left] as number) +
        (data[lower + right] as number);
    }
  }
}
