/**
 * Shapes: the few outlines that everything moving is drawn with, in canvas units.
 *
 * `probe(x, y)` gives the distance to the outline (negative inside) and leaves in `tilt` how far
 * across the body the point lies (-1 left edge .. 1 right edge), which the brush turns into
 * roundness.
 */
export interface Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Set by probe. */
  tilt: number;
  probe(x: number, y: number): number;
}

/** A limb: two discs and everything between. */
export class Limb implements Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  tilt = 0;
  readonly #x: number;
  readonly #y: number;
  readonly #dx: number;
  readonly #dy: number;
  readonly #r0: number;
  readonly #dr: number;
  readonly #perLength: number;

  constructor(from: Disc, to: Disc) {
    this.#x = from.x;
    this.#y = from.y;
    this.#dx = to.x - from.x;
    this.#dy = to.y - from.y;
    this.#r0 = from.r;
    this.#dr = to.r - from.r;
    const square = this.#dx * this.#dx + this.#dy * this.#dy;
    this.#perLength = square > 1e-9 ? 1 / square : 0;
    this.left = Math.min(from.x - from.r, to.x - to.r);
    this.right = Math.max(from.x + from.r, to.x + to.r);
    this.top = Math.min(from.y - from.r, to.y - to.r);
    this.bottom = Math.max(from.y + from.r, to.y + to.r);
  }

  probe(x: number, y: number): number {
    const px = x - this.#x;
    const py = y - this.#y;
    let h = (px * this.#dx + py * this.#dy) * this.#perLength;
    h = h < 0 ? 0 : h > 1 ? 1 : h;
    const ox = px - this.#dx * h;
    const oy = py - this.#dy * h;
    const radius = this.#r0 + this.#dr * h;
    this.tilt = ox / (radius + 1e-6);
    return Math.sqrt(ox * ox + oy * oy) - radius;
  }
}

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

export class Oval implements Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  tilt = 0;
  readonly #x: number;
  readonly #y: number;
  readonly #rx: number;
  readonly #ry: number;

  constructor(x: number, y: number, rx: number, ry: number) {
    this.#x = x;
    this.#y = y;
    this.#rx = rx;
    this.#ry = ry;
    this.left = x - rx;
    this.right = x + rx;
    this.top = y - ry;
    this.bottom = y + ry;
  }

  probe(x: number, y: number): number {
    const u = (x - this.#x) / this.#rx;
    const v = (y - this.#y) / this.#ry;
    this.tilt = u;
    return (Math.sqrt(u * u + v * v) - 1) * Math.min(this.#rx, this.#ry);
  }
}

/** The smallest convex outline around some points, grown by a radius; may be as thin as a line. */
export class Slab implements Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  tilt = 0;
  readonly #n: number;
  /** Per edge: corner, way to the next corner, outward normal. */
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #ex: Float64Array;
  readonly #ey: Float64Array;
  readonly #nx: Float64Array;
  readonly #ny: Float64Array;
  readonly #r: number;
  readonly #middle: number;
  readonly #perHalf: number;

  constructor(points: readonly (readonly [number, number])[], r: number) {
    const corners = convexHull(points);
    const n = corners.length;
    this.#n = n;
    this.#r = r;
    this.#x = Float64Array.from(corners, (corner) => corner[0]);
    this.#y = Float64Array.from(corners, (corner) => corner[1]);
    this.#ex = new Float64Array(n);
    this.#ey = new Float64Array(n);
    this.#nx = new Float64Array(n);
    this.#ny = new Float64Array(n);
    for (let i = 0; i < n; i += 1) {
      const ex = (this.#x[(i + 1) % n] as number) - (this.#x[i] as number);
      const ey = (this.#y[(i + 1) % n] as number) - (this.#y[i] as number);
      const length = Math.sqrt(ex * ex + ey * ey);
      this.#ex[i] = ex;
      this.#ey[i] = ey;
      this.#nx[i] = length > 0 ? ey / length : 0;
      this.#ny[i] = length > 0 ? -ex / length : 0;
    }
    this.left = Math.min(...this.#x) - r;
    this.right = Math.max(...this.#x) + r;
    this.top = Math.min(...this.#y) - r;
    this.bottom = Math.max(...this.#y) + r;
    this.#middle = (this.left + this.right) / 2;
    this.#perHalf = 2 / Math.max(1e-6, this.right - this.left);
  }

  probe(x: number, y: number): number {
    let furthest = Number.NEGATIVE_INFINITY;
    let edge = 0;
    for (let i = 0; i < this.#n; i += 1) {
      const d =
        (x - (this.#x[i] as number)) * (this.#nx[i] as number) +
        (y - (this.#y[i] as number)) * (this.#ny[i] as number);
      if (d > furthest) {
        furthest = d;
        edge = i;
      }
    }
    this.tilt = (x - this.#middle) * this.#perHalf;
    if (furthest <= -1e-9) return furthest - this.#r;
    // outside: the distance to the edge that is seen from there, round its ends
    const ex = this.#ex[edge] as number;
    const ey = this.#ey[edge] as number;
    const px = x - (this.#x[edge] as number);
    const py = y - (this.#y[edge] as number);
    const square = ex * ex + ey * ey;
    let h = square > 0 ? (px * ex + py * ey) / square : 0;
    h = h < 0 ? 0 : h > 1 ? 1 : h;
    const ox = px - ex * h;
    const oy = py - ey * h;
    return Math.sqrt(ox * ox + oy * oy) - this.#r;
  }
}

type Corner = readonly [number, number];

/** Corners of the convex hull, so that (ey, -ex) points outward (monotone chain). */
function convexHull(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Corner[]): Corner[] => {
    const chain: Corner[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.length > 0 ? hull : points.slice(0, 1);
}

function turn(a: Corner | undefined, b: Corner | undefined, c: Corner): number {
  if (a === undefined || b === undefined) return 1;
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

export interface BoundsPx {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boundsOf(shapes: readonly Shape[]): BoundsPx | null {
  const first = shapes[0];
  if (first === undefined) return null;
  const box = { left: first.left, top: first.top, right: first.right, bottom: first.bottom };
  for (const shape of shapes) {
    box.left = Math.min(box.left, shape.left);
    box.top = Math.min(box.top, shape.top);
    box.right = Math.max(box.right, shape.right);
    box.bottom = Math.max(box.bottom, shape.bottom);
  }
  return box;
}
