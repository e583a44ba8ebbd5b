/**
 * Houses: the other side of the street, with front gardens, trees and a wooded rise behind.
 *
 * Widths, walls, roofs and windows are drawn from the seed. `windows` lists the panes, so that
 * the lamps behind them can be lit at night (glow.ts).
 */
import { between, chance, hash, mix, noise2 } from "../math.ts";
import { groundM, plan } from "../plan.ts";
import { brick, leaves, overlay, paintedWood, plain, render, tiles, within, type Rgb } from "./materials.ts";
import { floor, front, lineCover, scale, setColour, type Painter, type Surface } from "./surface.ts";

export interface Pane {
  readonly z: number;
  readonly u: readonly [number, number];
  readonly v: readonly [number, number];
}

interface HouseShape {
  readonly seed: number;
  readonly x0: number;
  readonly x1: number;
  readonly z: number;
  readonly eaveY: number;
  readonly ridgeY: number;
  readonly gable: boolean;
}

const walls: readonly Rgb[] = [
  [176, 116, 92],
  [214, 206, 188],
  [196, 178, 148],
  [160, 98, 80],
  [188, 196, 196],
];
const roofs: readonly Rgb[] = [
  [104, 74, 66],
  [88, 86, 90],
  [124, 80, 62],
];

export function houses(seed: number): { surfaces: Surface[]; panes: Pane[] } {
  const surfaces: Surface[] = [];
  const panes: Pane[] = [];
  let x = -38;
  for (let i = 0; x < 38; i += 1) {
    const draw = (what: number): number => chance(seed, 0x40e, i, what);
    const width = between(7.5, 11, draw(1));
    const shape = {
      seed: hash(seed, 0x40f, i),
      x0: x,
      x1: x + width,
      z: plan.houses.z + between(-0.8, 1.5, draw(2)),
      eaveY: between(4.6, 5.4, draw(3)),
      ridgeY: between(7, 8.3, draw(4)),
      gable: draw(5) < 0.4,
    };
    build(shape, surfaces, panes);
    x += width + between(1.6, 4, draw(6));
  }
  return { surfaces: [...surfaces, ...frontGardens(seed), ...trees(seed), ...rise(seed)], panes };
}

function build(house: HouseShape, surfaces: Surface[], panes: Pane[]): void {
  const { seed, x0, x1, z, eaveY, ridgeY, gable } = house;
  const colour = walls[hash(seed, 1) % walls.length] ?? [200, 190, 170];
  const wall = hash(seed, 2) % 2 === 0 ? brick(seed, colour, [186, 178, 168]) : render(seed, colour);
  const own = windowsOf(house);
  panes.push(...own);
  let painter: Painter = wall;
  for (const pane of own) painter = overlay(painter, glazing(seed, pane), frameOf(pane));
  const doorX = mix(x0, x1, chance(seed, 3) < 0.5 ? 0.5 : 0.22);
  const doorColours: readonly Rgb[] = [
    [54, 84, 120],
    [150, 48, 44],
    [60, 92, 70],
    [44, 44, 48],
  ];
  const door = doorColours[hash(seed, 4) % 4] ?? [60, 60, 60];
  painter = overlay(
    painter,
    plain([226, 224, 218]),
    within(doorX - 0.68, doorX + 0.68, groundM, groundM + 2.42),
  );
  painter = overlay(painter, plain(door), within(doorX - 0.52, doorX + 0.52, groundM, groundM + 2.2));
  const shaded: Painter = (u, v, footM, out) => {
    painter(u, v, footM, out);
    scale(out, v > eaveY - 0.35 ? 0.72 : 1);
    out.open = 0.85;
  };
  const middle = (x0 + x1) / 2;
  const half = (x1 - x0) / 2;
  const roof = tiles(hash(seed, 5), roofs[hash(seed, 6) % roofs.length] ?? [90, 80, 80]);
  if (gable) {
    const covers = (u: number, v: number): boolean =>
      v <= eaveY || (v - eaveY) / (ridgeY - eaveY) < 1 - Math.abs(u - middle) / half;
    const edge = (u: number, v: number): number =>
      (ridgeY - eaveY) * (1 - Math.abs(u - middle) / half) + eaveY - v;
    const trimmed: Painter = (u, v, footM, out) => {
      shaded(u, v, footM, out);
      if (v > eaveY - 0.35) scale(out, 1.33);
      if (v > eaveY - 0.4 && edge(u, v) < 0.34) setColour(out, 222, 218, 208);
    };
    surfaces.push({ ...front(z, [x0, x1], [groundM, ridgeY], trimmed), covers });
  } else {
    surfaces.push(front(z, [x0, x1], [groundM, eaveY], shaded));
    const slope: Painter = (u, v, footM, out) => {
      roof(u, v * 1.3, footM, out);
      scale(out, 1 - 0.3 * lineCover(v - eaveY, 0.12, footM));
    };
    const covers = (u: number, v: number): boolean => {
      const up = (v - eaveY) / (ridgeY - eaveY);
      return Math.abs(u - middle) < half + 0.4 - up * half * 0.32;
    };
    surfaces.push({ ...front(z + 0.6, [x0 - 0.4, x1 + 0.4], [eaveY, ridgeY], slope), covers });
    const chimney = brick(hash(seed, 7), [140, 84, 66], [160, 150, 140]);
    const cx = mix(x0, x1, between(0.25, 0.75, chance(seed, 8)));
    surfaces.push(front(z + 1, [cx - 0.4, cx + 0.4], [ridgeY - 1, ridgeY + 0.9], chimney));
  }
}

function windowsOf({ seed, x0, x1, z }: HouseShape): Pane[] {
  const found: Pane[] = [];
  const columns = x1 - x0 > 9 ? 3 : 2;
  const half = between(0.55, 0.85, chance(seed, 10));
  for (let column = 0; column < columns; column += 1) {
    const middle = mix(x0, x1, (column + 0.5) / columns);
    for (const low of [0.75, 3.3]) {
      if (low < 1 && column === 1 && columns === 3) continue;
      found.push({ z, u: [middle - half, middle + half], v: [low, low + 1.25] });
    }
  }
  return found;
}

function frameOf(pane: Pane) {
  return within(pane.u[0] - 0.12, pane.u[1] + 0.12, pane.v[0] - 0.14, pane.v[1] + 0.1);
}

function glazing(seed: number, pane: Pane): Painter {
  const inside = within(pane.u[0], pane.u[1], pane.v[0], pane.v[1]);
  return (u, v, footM, out) => {
    const glass = inside(u, v, footM);
    const bar = Math.max(
      lineCover(u - (pane.u[0] + pane.u[1]) / 2, 0.06, footM),
      lineCover(v - pane.v[0] - 0.85, 0.05, footM),
    );
    const shine = 62 + 46 * noise2(seed + 21, u * 0.8, v * 0.5) + (v - pane.v[0]) * 18;
    const open = glass * (1 - bar * 0.8);
    setColour(out, mix(224, shine, open), mix(222, shine * 1.08, open), mix(216, shine * 1.18, open));
  };
}

function frontGardens(seed: number): Surface[] {
  const z = plan.farPavement.farZ + 0.1;
  const wall = brick(hash(seed, 60), [146, 92, 72], [170, 160, 150]);
  const green = leaves(hash(seed, 61), [66, 96, 52], 0.34);
  const low: Painter = (u, v, footM, out) => {
    if (noise2(hash(seed, 62), u / 7, 0) > 0.5) green(u, v, footM, out);
    else wall(u, v, footM, out);
    out.open = 0.7;
  };
  const covers = (u: number, v: number): boolean => {
    const hedge = noise2(hash(seed, 62), u / 7, 0) > 0.5;
    const gap = Math.abs(((u + 100) % 9.3) - 4.6) < 0.6;
    return !gap && v < groundM + (hedge ? 1 + noise2(hash(seed, 63), u * 2, 0) * 0.2 : 0.62);
  };
  const cap = plain([188, 182, 172]);
  return [
    { ...front(z, [-30, 30], [groundM, groundM + 1.2], low), covers },
    floor(groundM + 0.001, [-30, 30], [z + 0.02, z + 0.04], cap),
  ];
}

/** A crown of leaves as a cloud of discs; the trunk below. */
function tree(seed: number, x: number, z: number, heightM: number, colour: Rgb): Surface[] {
  const green = leaves(seed, colour, heightM * 0.1);
  const crownY = groundM + heightM * 0.62;
  const radius = heightM * 0.36;
  const paint: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    scale(out, 0.82 + (0.26 * (v - crownY)) / radius + (0.1 * (u - x)) / radius);
    out.open = 0.8;
  };
  const covers = (u: number, v: number): boolean => {
    const du = (u - x) / radius;
    const dv = (v - crownY) / (radius * 1.05);
    const edge = noise2(seed + 1, u * 1.1, v * 1.1) * 0.5 + noise2(seed + 2, u * 3.3, v * 3.3) * 0.34;
    return du * du + dv * dv < 0.42 + edge;
  };
  const bark = paintedWood(seed + 3, [92, 76, 62]);
  return [
    {
      ...front(
        z,
        [x - radius * 1.2, x + radius * 1.2],
        [crownY - radius * 1.2, crownY + radius * 1.25],
        paint,
      ),
      covers,
      leafy: true,
    },
    front(z + 0.02, [x - heightM * 0.022, x + heightM * 0.022], [groundM, crownY], bark),
  ];
}

function trees(seed: number): Surface[] {
  const found: Surface[] = [];
  const spots = [
    [-14.5, 21.5, 6.5],
    [-4.4, 22.5, 5],
    [6.6, 21, 6],
    [16, 22, 7.5],
    [25, 21, 6],
  ] as const;
  spots.forEach(([x, z, height], i) => {
    const shift = (chance(seed, 0x7ee, i) - 0.5) * 2.4;
    found.push(
      ...tree(hash(seed, 0x7ef, i), x + shift, z, height * between(0.85, 1.15, chance(seed, 0x7f0, i)), [
        70 + i * 5,
        98 + (i % 2) * 10,
        52,
      ]),
    );
  });
  return found;
}

/** Trees on the horizon, hazy. */
function rise(seed: number): Surface[] {
  const green = leaves(hash(seed, 70), [112, 128, 112], 2.4);
  const paint: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    const haze = 0.55;
    setColour(out, mix(out.r, 150, haze), mix(out.g, 160, haze), mix(out.b, 166, haze));
  };
  const top = (u: number): number =>
    6.5 + noise2(hash(seed, 71), u / 16, 0) * 6 + noise2(hash(seed, 72), u / 3.5, 0) * 1.6;
  return [{ ...front(70, [-95, 95], [-1, 16], paint), covers: (u, v) => v < top(u), leafy: true }];
}
