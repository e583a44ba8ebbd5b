/**
 * Learn: which edges of the picture belong to the fixed scene?
 *
 * Adds up directions over some seconds. Where they agree with themselves in nearly every look
 * the edge stands still; people, leaves, rain and noise do not agree and fall out. The strongest
 * steady edges become the reference, spread over zones and, within a zone, over directions:
 * a fence of uprights alone would not tell a shift along it.
 */
import { agreement, fullAgreement, rowBits } from "./agreement.ts";
import type { Reference, ReferencePoint } from "./reference.ts";
import { directions, noDirection, type SketchGrid, type Sketcher } from "./sketch.ts";
import { tuning } from "./tuning.ts";

interface Candidate extends ReferencePoint {
  readonly strength: number;
}

export class Learner {
  readonly #grid: SketchGrid;
  readonly #cos: Int16Array;
  readonly #sin: Int16Array;
  readonly #slope: Uint32Array;
  #looks = 0;

  constructor(grid: SketchGrid) {
    this.#grid = grid;
    const pixels = grid.cols * grid.rows;
    this.#cos = new Int16Array(pixels);
    this.#sin = new Int16Array(pixels);
    this.#slope = new Uint32Array(pixels);
  }

  get looks(): number {
    return this.#looks;
  }

  add({ directions: codes, slopes }: Sketcher): void {
    this.#looks += 1;
    for (let i = 0; i < codes.length; i += 1) {
      const code = codes[i] ?? noDirection;
      if (code === noDirection) continue;
      this.#cos[i] = (this.#cos[i] ?? 0) + (agreement[code] ?? 0);
      this.#sin[i] = (this.#sin[i] ?? 0) + (agreement[(quarter << rowBits) | code] ?? 0);
      this.#slope[i] = (this.#slope[i] ?? 0) + (slopes[i] ?? 0);
    }
  }

  reference(): Pick<Reference, "cols" | "rows" | "zones"> {
    const { cols, rows } = this.#grid;
    const found = this.#candidates();
    const zones = zonesOf(found).map((zone) => spread(zone));
    return { cols, rows, zones: zones.filter((zone) => zone.length >= tuning.leastPoints) };
  }

  /** The steadiest and strongest pixel of each block of 2x2. */
  #candidates(): Candidate[] {
    const { cols, rows } = this.#grid;
    const found: Candidate[] = [];
    for (let y = 0; y + 1 < rows; y += 2) {
      for (let x = 0; x + 1 < cols; x += 2) {
        const best = [
          [x, y],
          [x + 1, y],
          [x, y + 1],
          [x + 1, y + 1],
        ]
          .map(([px = 0, py = 0]) => this.#candidate(px, py))
          .reduce((a, b) => (b.strength > a.strength ? b : a));
        if (best.strength > 0) found.push(best);
      }
    }
    return found;
  }

  /** Strength 0 = not steady. */
  #candidate(x: number, y: number): Candidate {
    const i = y * this.#grid.cols + x;
    const [cos, sin] = [this.#cos[i] ?? 0, this.#sin[i] ?? 0];
    const steady = Math.hypot(cos, sin) / (fullAgreement * Math.max(1, this.#looks));
    if (steady < tuning.steadyFrac) return { x, y, direction: 0, strength: 0 };
    const turn = Math.atan2(sin, cos) / (2 * Math.PI);
    const direction = Math.round((turn + 1) * directions) % directions;
    return { x, y, direction, strength: this.#slope[i] ?? 0 };
  }
}

/** A quarter turn of the doubled angle: the row of the table that is a sine. */
const quarter = directions / 4;

/** Equal parts of the box around all candidates. */
function zonesOf(found: readonly Candidate[]): Candidate[][] {
  const [x0, x1] = rangeOf(found.map((point) => point.x));
  const [y0, y1] = rangeOf(found.map((point) => point.y));
  const { zoneCols, zoneRows } = tuning;
  const zones = Array.from({ length: zoneCols * zoneRows }, (): Candidate[] => []);
  for (const point of found) {
    const col = Math.floor(((point.x - x0) * zoneCols) / (x1 - x0 + 1));
    const row = Math.floor(((point.y - y0) * zoneRows) / (y1 - y0 + 1));
    zones[row * zoneCols + col]?.push(point);
  }
  return zones;
}

function rangeOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** Directions take turns, each giving its strongest point, until the zone has enough. */
function spread(zone: readonly Candidate[]): ReferencePoint[] {
  const byDirection = Array.from({ length: directions / 2 }, (_, bin) =>
    zone
      .filter(({ direction }) => direction >> 1 === bin)
      .sort((a, b) => b.strength - a.strength || a.y - b.y || a.x - b.x),
  );
  const chosen: ReferencePoint[] = [];
  for (let turn = 0; chosen.length < tuning.pointsPerZone; turn += 1) {
    const round = byDirection.flatMap((bin) => bin.slice(turn, turn + 1));
    if (round.length === 0) break;
    chosen.push(...round.map(({ x, y, direction }) => ({ x, y, direction })));
  }
  return chosen.slice(0, tuning.pointsPerZone);
}
