/**
 * Shade: how much of the sun, the porch lamp and the street lamp reaches a point of the porch.
 *
 * The sun stands at one of three places (morning, noon, afternoon); between them the light of
 * two is blended, so that shadow masks can be made ahead. What casts shadows is a short list of
 * flat rectangles and the crowns of trees; edges soften with the distance to what casts them.
 */
import { clamp, hash, noise2, smooth } from "./math.ts";
import { groundM, plan } from "./plan.ts";
import { railCovers, railings } from "./set/deck.ts";

export type Vector = readonly [x: number, y: number, z: number];

/** Unit vectors towards the sun. */
export const suns: readonly [Vector, Vector, Vector] = [
  unit(-0.78, 0.62, -0.22),
  unit(0.3, 0.78, 0.42),
  unit(0.82, 0.46, 0.34),
];

function unit(x: number, y: number, z: number): Vector {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}

interface Screen {
  /** Axis that the flat piece is across: 0 = x, 1 = y, 2 = z. */
  readonly axis: 0 | 1 | 2;
  readonly at: number;
  /** Span on the two other axes, in the order x, y, z. */
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  /** 0..1: how dense the piece is at (a, b). */
  readonly density?: (a: number, b: number, softM: number) => number;
}

function crown(seed: number, a0: number, b0: number, radius: number): NonNullable<Screen["density"]> {
  return (a, b) => {
    const da = (a - a0) / radius;
    const db = (b - b0) / radius;
    const edge = noise2(seed, a * 0.9, b * 0.9) * 0.7;
    const holes = noise2(seed + 1, a * 2.6, b * 2.6);
    return smooth(1.25, 0.75, da * da + db * db + edge) * smooth(0.22, 0.5, holes);
  };
}

const screens: readonly Screen[] = [
  { axis: 1, at: plan.porch.beamY + 0.1, a: [-2.7, 2.7], b: [-3, plan.porch.edgeZ + 0.05] },
  ...[-plan.porch.postX, plan.porch.postX].map((x): Screen => ({
    axis: 2,
    at: plan.porch.postZ,
    a: [x - 0.09, x + 0.09],
    b: [0, plan.porch.beamY],
  })),
  ...railings.map((rail): Screen => ({
    axis: rail.plane === "front" ? 2 : 0,
    at: rail.at,
    a: rail.plane === "front" ? [rail.from, rail.to] : [0, 0.95],
    b: rail.plane === "front" ? [0, 0.95] : [rail.from, rail.to],
    density: (a, b, softM) => {
      const [along, y] = rail.plane === "front" ? [a, b] : [b, a];
      if (softM > 0.05 && y < 0.82) return 0.32;
      return railCovers(along, y) ? 1 : 0;
    },
  })),
  { axis: 2, at: plan.front.z + 0.2, a: [plan.sideFence.x, 2.4], b: [groundM, plan.front.hedgeTopY] },
  { axis: 2, at: plan.front.z + 0.2, a: [4, plan.sideHedge.x], b: [groundM, plan.front.hedgeTopY] },
  { axis: 0, at: plan.sideFence.x, a: [groundM, plan.sideFence.topY], b: [-2, plan.front.z] },
  { axis: 0, at: plan.sideHedge.x + 0.3, a: [groundM, plan.sideHedge.topY], b: [-2, plan.front.z] },
  { axis: 0, at: plan.neighbour.x, a: [groundM, 5], b: [-6, plan.neighbour.farZ] },
  // the house behind the camera, and a tree behind the tall hedge that dapples the lawn
  { axis: 2, at: 0, a: [-6, 6], b: [groundM, 6.5] },
  { axis: 0, at: 9, a: [1.5, 8.5], b: [1, 10], density: crown(hash(0x7ee5), 4.8, 5.6, 3.6) },
];

/** Share of the sun that reaches a point, 0..1; the surface's own orientation is not in it. */
export function sunReach(sun: Vector, x: number, y: number, z: number): number {
  let light = 1;
  for (const screen of screens) {
    const p = screen.axis === 0 ? x : screen.axis === 1 ? y : z;
    const way = (screen.at - p) / sun[screen.axis];
    if (way < 0.02) continue;
    const hx = x + sun[0] * way;
    const hy = y + sun[1] * way;
    const hz = z + sun[2] * way;
    const a = screen.axis === 0 ? hy : hx;
    const b = screen.axis === 2 ? hy : hz;
    const soft = 0.012 + way * 0.016;
    const cover = edge(a, screen.a, soft) * edge(b, screen.b, soft);
    if (cover <= 0) continue;
    light *= 1 - cover * (screen.density === undefined ? 1 : screen.density(a, b, soft));
    if (light < 0.004) return 0;
  }
  return light;
}

function edge(x: number, span: readonly [number, number], soft: number): number {
  const inside = Math.min(x - span[0], span[1] - x);
  return clamp(inside / (2 * soft) + 0.5, 0, 1);
}

/** Light of the lamp under the porch roof on a surface with this normal (null: any side). */
export function porchLampReach(at: Vector, normal: Vector | null): number {
  const { x, y, z } = plan.porchLamp;
  const reach = lampReach([x, y, z], at, normal, 2.1);
  // the roof keeps the lamp from what is high beyond its edge, the deck from the ground below it
  const shadeOfDeck = at[1] < -0.02 && at[2] > plan.porch.edgeZ ? smooth(3.3, 3.9, at[2]) : 1;
  return reach * shadeOfDeck;
}

export function streetLampReach(at: Vector, normal: Vector | null): number {
  const { x, z, topY } = plan.streetLamp;
  return lampReach([x + 0.7, topY - 0.1, z], at, normal, 11);
}

/** Falls with the square of the distance; 1 at about `fullM` straight below. */
function lampReach(lamp: Vector, at: Vector, normal: Vector | null, fullM: number): number {
  const dx = lamp[0] - at[0];
  const dy = lamp[1] - at[1];
  const dz = lamp[2] - at[2];
  const square = dx * dx + dy * dy + dz * dz;
  const distance = Math.sqrt(square);
  const facing = normal === null ? 0.6 : (dx * normal[0] + dy * normal[1] + dz * normal[2]) / distance;
  return (clamp(facing * 0.9 + 0.1, 0, 1) * fullM * fullM) / (square + 0.15 * fullM * fullM);
}
