/**
 * Track: where somebody is at a time, from key points.
 *
 * Straight between key points; the way somebody faces follows the movement and turns back to
 * `facing` at rest, over a fifth of a second to either side so that nobody spins on the spot.
 */
export interface KeyPoint {
  readonly atMs: number;
  readonly x: number;
  readonly z: number;
  /** Metres walked so far; drives the legs. */
  readonly walkedM: number;
}

export interface Place {
  readonly x: number;
  readonly z: number;
  /** Unit vector: where the front of the body points. */
  readonly headX: number;
  readonly headZ: number;
  readonly walkedM: number;
  readonly speedMps: number;
}

const turnMs = 200;

/** Collects key points by walking and waiting; walking speed in metres per second. */
export class TrackBuilder {
  readonly points: KeyPoint[] = [];
  #atMs: number;
  #x: number;
  #z: number;
  #walkedM = 0;

  constructor(atMs: number, x: number, z: number) {
    this.#atMs = Math.round(atMs);
    this.#x = x;
    this.#z = z;
    this.#push();
  }

  get nowMs(): number {
    return this.#atMs;
  }

  walk(x: number, z: number, mps: number): this {
    const dx = x - this.#x;
    const dz = z - this.#z;
    const lengthM = Math.sqrt(dx * dx + dz * dz);
    this.#atMs += Math.round((lengthM / mps) * 1000);
    this.#walkedM += lengthM;
    this.#x = x;
    this.#z = z;
    return this.#push();
  }

  wait(ms: number): this {
    this.#atMs += Math.round(ms);
    return this.#push();
  }

  #push(): this {
    this.points.push({ atMs: this.#atMs, x: this.#x, z: this.#z, walkedM: this.#walkedM });
    return this;
  }
}

export function trackEndMs(points: readonly KeyPoint[]): number {
  return points.at(-1)?.atMs ?? 0;
}

/** Null before the first and from the last key point on. */
export function placeAt(
  points: readonly KeyPoint[],
  tMs: number,
  facing: readonly [x: number, z: number],
): Place | null {
  const first = points[0];
  if (first === undefined || tMs < first.atMs || tMs >= trackEndMs(points)) return null;
  const here = sample(points, tMs);
  const before = sample(points, tMs - turnMs);
  const after = sample(points, tMs + turnMs);
  const dx = after.x - before.x + facing[0] * 0.06;
  const dz = after.z - before.z + facing[1] * 0.06;
  const length = Math.sqrt(dx * dx + dz * dz);
  const walked = after.walkedM - before.walkedM;
  return {
    x: here.x,
    z: here.z,
    headX: length > 0 ? dx / length : facing[0],
    headZ: length > 0 ? dz / length : facing[1],
    walkedM: here.walkedM,
    speedMps: (walked * 1000) / (2 * turnMs),
  };
}

function sample(points: readonly KeyPoint[], tMs: number): { x: number; z: number; walkedM: number } {
  let from = points[0] ?? { atMs: 0, x: 0, z: 0, walkedM: 0 };
  for (const to of points) {
    if (to.atMs > tMs) {
      const span = to.atMs - from.atMs;
      const f = span > 0 ? Math.max(0, (tMs - from.atMs) / span) : 0;
      return {
        x: from.x + (to.x - from.x) * f,
        z: from.z + (to.z - from.z) * f,
        walkedM: from.walkedM + (to.walkedM - from.walkedM) * f,
      };
    }
    from = to;
  }
  return from;
}
