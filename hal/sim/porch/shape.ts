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

/** A polygon grown by a radius; may be flat or not convex. */
export class Slab implements Shape {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  tilt = 0;
  readonly #xs: number[];
  readonly #ys: number[];
  readonly #r: number;
  readonly #middle: number;
  readonly #half: number;

  constructor(points: readonly (readonly [number, number])[], r: number) {
    this.#xs = points.map((point) => point[0]);
    this.#ys = points.map((point) => point[1]);
    this.#r = r;
    this.left = Math.min(...this.#xs) - r;
    this.right = Math.max(...this.#xs) + r;
    this.top = Math.min(...this.#ys) - r;
    this.bottom = Math.max(...this.#ys) + r;
    this.#middle = (this.left + this.right) / 2;
    this.#half = Math.max(1e-6, (this.right - this.left) / 2);
  }

  probe(x: number, y: number): number {
    const xs = this.#xs;
    const ys = this.#ys;
    const n = xs.length;
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (let i = 0, j = n - 1; i < n; j = i, i += 1) {
      const ax = xs[j] as number;
      const ay = ys[j] as number;
      const bx = xs[i] as number;
      const by = ys[i] as number;
      const ex = bx - ax;
      const ey = by - ay;
      const px = x - ax;
      const py = y - ay;
      const square = ex * ex + ey * ey;
      let h = square > 1e-9 ? (px * ex + py * ey) / square : 0;
      h = h < 0 ? 0 : h > 1 ? 1 : h;
      const ox = px - ex * h;
      const oy = py - ey * h;
      const distance = ox * ox + oy * oy;
      if (distance < nearest) nearest = distance;
      if (ay > y !== by > y && x < (ex * (y - ay)) / ey + ax) inside = !inside;
    }
    this.tilt = (x - this.#middle) / this.#half;
    const d = Math.sqrt(nearest);
    return (inside ? -d : d) - this.#r;
  }
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
