/**
 * Compare: how well does the picture fit the reference, displaced by every (dx, dy) within reach?
 *
 * Per zone, the mean agreement of its points for each displacement. One point says little; a hundred
 * together stand out of the map's own noise even in rain or in the last light, and where a
 * visitor hides a zone its map is flat. Points that a displacement carries behind the mask do not count.
 */
import { agreement, rowBits } from "./agreement.ts";
import type { Reference, ReferencePoint } from "./reference.ts";
import { directions, noDirection, type SketchGrid } from "./sketch.ts";
import { tuning } from "./tuning.ts";

export const mapSide = 2 * tuning.reachPx + 1;

export interface ZoneMap {
  /** Middle of the zone's points, from the middle of the sketch. */
  readonly x: number;
  readonly y: number;
  /**
   * Per displacement, `mapSide` rows of `mapSide`: agreement of all points together, and how many
   * points were not behind the mask. `sums` is lent until the next look.
   */
  readonly sums: Int32Array;
  readonly shown: Int32Array;
}

export interface Comparer {
  readonly zones: readonly ZoneMap[];
  compare(directions: Uint8Array): void;
}

interface Zone extends ZoneMap {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

export function createComparer(reference: Pick<Reference, "zones">, grid: SketchGrid): Comparer {
  const { cols, rows } = grid;
  const { reachPx } = tuning;
  // a border as wide as the reach, so that no displacement leaves the memory
  const stride = cols + 2 * reachPx;
  const padded = new Uint8Array(stride * (rows + 2 * reachPx)).fill(noDirection);
  const zones = reference.zones.map((points) => zoneOf(points, grid, stride));
  return {
    zones,
    compare(directions) {
      for (let row = 0; row < rows; row += 1) {
        padded.set(directions.subarray(row * cols, (row + 1) * cols), (row + reachPx) * stride + reachPx);
      }
      for (const zone of zones) compareZone(zone, padded, stride);
    },
  };
}

function zoneOf(points: readonly ReferencePoint[], grid: SketchGrid, stride: number): Zone {
  const whole = Array.from({ length: Math.ceil(points.length / 4) * 4 }, (_, i) => points[i] ?? null);
  const mean = (of: (point: ReferencePoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  return {
    x: mean((point) => point.x) - grid.cols / 2,
    y: mean((point) => point.y) - grid.rows / 2,
    sums: new Int32Array(mapSide * mapSide),
    shown: shownOf(points, grid),
    // of the displacement (-reach, -reach); the last round is filled up with points that say nothing
    offsets: Int32Array.from(whole, (point) => (point === null ? 0 : point.y * stride + point.x)),
    rows: Int32Array.from(whole, (point) => (point?.direction ?? directions) << rowBits),
  };
}

function shownOf(points: readonly ReferencePoint[], { cols, rows, open }: SketchGrid): Int32Array {
  const { reachPx } = tuning;
  return Int32Array.from({ length: mapSide * mapSide }, (_, i) => {
    const [dx, dy] = [(i % mapSide) - reachPx, Math.floor(i / mapSide) - reachPx];
    return points.filter(({ x, y }) => {
      const [px, py] = [x + dx, y + dy];
      return px >= 0 && py >= 0 && px < cols && py < rows && open[py * cols + px] === 1;
    }).length;
  });
}

/** Four points a round: a quarter of the loads and stores of `sums`. */
function compareZone({ offsets, rows, sums }: Zone, padded: Uint8Array, stride: number): void {
  sums.fill(0);
  const skip = stride - mapSide;
  for (let point = 0; point < offsets.length; point += 4) {
    let a = offsets[point] as number;
    let b = offsets[point + 1] as number;
    let c = offsets[point + 2] as number;
    let d = offsets[point + 3] as number;
    const [rowA, rowB] = [rows[point] as number, rows[point + 1] as number];
    const [rowC, rowD] = [rows[point + 2] as number, rows[point + 3] as number];
    for (let i = 0; i < sums.length; a += skip, b += skip, c += skip, d += skip) {
      for (const end = i + mapSide; i < end; i += 1, a += 1, b += 1, c += 1, d += 1) {
        sums[i] =
          (sums[i] as number) +
          (agreement[rowA | (padded[a] as number)] as number) +
          (agreement[rowB | (padded[b] as number)] as number) +
          (agreement[rowC | (padded[c] as number)] as number) +
          (agreement[rowD | (padded[d] as number)] as number);
      }
    }
  }
}
