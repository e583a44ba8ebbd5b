/**
 * Vehicle: a passing car or van from its side, with lamps when it is dark.
 *
 * What spans the outlines of its far and its near side gives the ends and the roof their depth;
 * then come the near side itself, windows, wheels and lamps on the near side.
 */
import type { Brush, Stroke } from "./brush.ts";
import { between, chance } from "./math.ts";
import type { Lit } from "./lamps.ts";
import { paintGlow } from "./glow.ts";
import type { Light, Rgb } from "./light.ts";
import { canvasX, canvasY, groundM } from "./plan.ts";
import type { Place } from "./track.ts";
import { Oval, type Shape, Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";

interface Body {
  readonly length: number;
  readonly height: number;
  /** Outlines in metres: x from the middle towards the front, y above the road. */
  readonly hull: readonly (readonly [number, number])[];
  readonly cabin: readonly (readonly [number, number])[];
  readonly panes: readonly (readonly (readonly [number, number])[])[];
  readonly wheels: readonly [number, number];
}

const saloon: Body = {
  length: 4.5,
  height: 1.45,
  hull: [
    [-2.2, 0.34],
    [2.2, 0.34],
    [2.24, 0.62],
    [1.98, 0.84],
    [0.9, 0.96],
    [-1.6, 0.99],
    [-2.2, 0.9],
    [-2.26, 0.6],
  ],
  cabin: [
    [-1.55, 0.96],
    [1.1, 0.94],
    [0.35, 1.43],
    [-0.95, 1.45],
  ],
  panes: [
    [
      [-1.28, 1.0],
      [-0.28, 0.99],
      [-0.3, 1.37],
      [-0.86, 1.37],
    ],
    [
      [-0.18, 0.99],
      [0.82, 0.97],
      [0.27, 1.36],
      [-0.2, 1.37],
    ],
  ],
  wheels: [-1.36, 1.4],
};
const hatch: Body = {
  length: 4,
  height: 1.52,
  hull: [
    [-1.92, 0.34],
    [1.94, 0.34],
    [2, 0.66],
    [1.74, 0.88],
    [0.86, 1.0],
    [-1.85, 1.02],
    [-1.98, 0.66],
  ],
  cabin: [
    [-1.86, 1.0],
    [1.05, 0.98],
    [0.3, 1.5],
    [-1.55, 1.5],
  ],
  panes: [
    [
      [-1.6, 1.04],
      [-0.5, 1.03],
      [-0.5, 1.42],
      [-1.42, 1.42],
    ],
    [
      [-0.4, 1.03],
      [0.78, 1.02],
      [0.22, 1.42],
      [-0.4, 1.42],
    ],
  ],
  wheels: [-1.2, 1.24],
};
const van: Body = {
  length: 5.2,
  height: 2.15,
  hull: [
    [-2.58, 0.38],
    [2.5, 0.38],
    [2.6, 0.7],
    [2.4, 1.05],
    [1.9, 1.2],
    [-2.58, 1.2],
  ],
  cabin: [
    [-2.58, 1.15],
    [2.06, 1.12],
    [1.42, 2.12],
    [-2.5, 2.15],
  ],
  panes: [
    [
      [0.72, 1.25],
      [1.86, 1.2],
      [1.36, 1.95],
      [0.72, 1.95],
    ],
  ],
  wheels: [-1.6, 1.66],
};
const lorry: Body = {
  length: 8.4,
  height: 3.5,
  hull: [
    [-4.2, 0.5],
    [4.1, 0.42],
    [4.2, 0.8],
    [4.1, 1.3],
    [-4.2, 1.3],
  ],
  cabin: [
    [-4.2, 1.25],
    [4.05, 1.25],
    [3.9, 3.1],
    [2.6, 3.5],
    [-4.2, 3.5],
  ],
  panes: [
    [
      [3, 1.7],
      [3.9, 1.7],
      [3.8, 2.6],
      [3, 2.6],
    ],
  ],
  wheels: [-2.9, 2.9],
};
const lorryPaints = { white: [246, 246, 244], black: [26, 27, 30] } as const;
const bodies: readonly Body[] = [saloon, hatch, saloon, hatch, van];

const paints: readonly Rgb[] = [
  [196, 198, 202],
  [58, 62, 70],
  [150, 34, 36],
  [40, 72, 124],
  [226, 226, 224],
  [120, 124, 128],
  [62, 92, 70],
  [206, 178, 120],
];

/** Half of a car's width. */
const halfWideM = 0.84;
const roadY = groundM - 0.06;

function bodyOf(look: number): Body {
  return bodies[Math.floor(chance(look, 1) * bodies.length)] ?? saloon;
}

interface Vehicle {
  readonly look: number;
  readonly place: Place;
  /** A tall lorry of this colour instead. */
  readonly lorry?: "white" | "black";
}

export function vehicleStrokes({ look, place, lorry: lorryPaint }: Vehicle, lit: Lit): Stroke[] {
  const body = lorryPaint === undefined ? bodyOf(look) : lorry;
  const isVan = body === van;
  const paint = isVan
    ? ([222, 222, 218] as const)
    : lorryPaint !== undefined
      ? lorryPaints[lorryPaint]
      : (paints[Math.floor(chance(look, 2) * paints.length)] ?? [90, 90, 90]);
  const gloss = between(0.9, 1.1, chance(look, 3));
  const { x, z, headX } = place;
  const outline = (points: readonly (readonly [number, number])[], at: number, grow: number): Shape =>
    new Slab(
      points.map(([px, py]) => [canvasX(x + px * headX, at), canvasY(roadY + py, at)] as const),
      (grow * 512) / at,
    );
  const stroke = (shape: Shape, colour: Rgb, bright: number, extra: Partial<Stroke> = {}): Stroke => ({
    shape,
    ink: inkOf([colour[0] * bright, colour[1] * bright, colour[2] * bright], lit.light),
    z: z - halfWideM,
    ...extra,
  });
  const strokes: Stroke[] = [];
  const far = z + halfWideM;
  const deep = (points: readonly (readonly [number, number])[]): Shape =>
    new Slab(
      [z - halfWideM, far].flatMap((at) =>
        points.map(([px, py]) => [canvasX(x + px * headX, at), canvasY(roadY + py, at)] as const),
      ),
      20 / z,
    );
  strokes.push(stroke(deep(body.cabin), paint, 0.86 * gloss, { fall: -0.2 }));
  strokes.push(stroke(deep(body.hull), paint, 0.66 * gloss, { fall: -0.3 }));
  const near = z - halfWideM;
  strokes.push(stroke(outline(body.cabin, near, 0.05), paint, 0.95 * gloss, { fall: -0.12 }));
  strokes.push(stroke(outline(body.hull, near, 0.04), paint, 0.98 * gloss, { fall: -0.42 }));
  for (const pane of body.panes) {
    strokes.push(stroke(outline(pane, near, 0.01), [62, 74, 86], 1.1, { fall: -0.5 }));
  }
  const line = body.hull.map(([px]) => px);
  strokes.push(
    stroke(
      outline(
        [
          [Math.min(...line) + 0.1, 0.4],
          [Math.max(...line) - 0.1, 0.4],
        ],
        near,
        0.035,
      ),
      [52, 52, 54],
      1,
    ),
  );
  for (const wheel of body.wheels) {
    const cx = canvasX(x + wheel * headX, near);
    const cy = canvasY(roadY + 0.32, near);
    const s = 512 / near;
    strokes.push(stroke(new Oval(cx, cy, 0.37 * s, 0.37 * s), [28, 28, 30], 1));
    strokes.push(stroke(new Oval(cx, cy, 0.31 * s, 0.31 * s), [40, 40, 42], 1));
    strokes.push(stroke(new Oval(cx, cy, 0.2 * s, 0.2 * s), [168, 170, 174], 0.9, { fall: -0.4 }));
  }
  const end = body.length / 2 - 0.12;
  const lampY = isVan ? 0.86 : 0.72;
  const lamp = (dx: number, colour: Rgb): Stroke =>
    stroke(new Oval(canvasX(x + dx * headX, near), canvasY(roadY + lampY, near), 7, 3.4), colour, 1);
  strokes.push(lamp(end, [226, 226, 214]), lamp(-end, [150, 30, 30]));
  return strokes;
}

/** Beam on the road, bloom of head lamps and tail lamps. */
export function vehicleLamps(brush: Brush, vehicle: { look: number; place: Place }, light: Light): void {
  const on = Math.max(light.dark, light.rain * 0.5);
  if (on < 0.05) return;
  const body = bodyOf(vehicle.look);
  const { x, z, headX } = vehicle.place;
  const near = z - halfWideM;
  const end = body.length / 2 - 0.1;
  const y = canvasY(roadY + (body === van ? 0.86 : 0.72), near);
  const front = canvasX(x + end * headX, near);
  const rear = canvasX(x - end * headX, near);
  paintGlow(brush, { x: front, y, radius: 26, z: near, bright: 210 * on, u: 122, v: 130 });
  paintGlow(brush, {
    x: front + headX * 34,
    y: y + 10,
    radius: 70,
    z: near,
    bright: 62 * on,
    u: 118,
    v: 134,
  });
  paintGlow(brush, {
    x: front + headX * 110,
    y: canvasY(roadY, z),
    radius: 120,
    z: near,
    bright: 40 * on,
    u: 118,
    v: 134,
  });
  paintGlow(brush, { x: rear, y, radius: 13, z: near, bright: 90 * on, u: 106, v: 196 });
}

/** How strongly and where a passing car's lamps sweep over the garden: column of the canvas. */
export function sweepOf(place: Place, light: Light): { x: number; strength: number } | null {
  if (light.dark < 0.1 || place.headX < 0) return null;
  const near = 1 - Math.min(1, Math.abs(place.x + 3) / 11);
  if (near <= 0) return null;
  return { x: 640 + place.x * 92, strength: light.dark * near * (2 - near) * 0.8 };
}
