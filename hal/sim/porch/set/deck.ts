/**
 * Deck: what belongs to the porch itself: floor, step, posts, rails, beam, mat, flower pot.
 */
import { hash, lattice, noise2 } from "../math.ts";
import { groundM, plan } from "../plan.ts";
import { boards, leaves, overlay, paintedWood, plain, slabs, within } from "./materials.ts";
import {
  floor,
  fold,
  front,
  lineCover,
  scale,
  setColour,
  side,
  type Painter,
  type Surface,
} from "./surface.ts";

const white = [212, 208, 198] as const;

export function deck(seed: number): Surface[] {
  const { porch, mat } = plan;
  const wood = boards(hash(seed, 1), [158, 128, 102], {
    widthM: 0.145,
    gapM: 0.012,
    wear: 0.22,
    gloss: 0.35,
  });
  const withMat = overlay(
    wood,
    matPainter(hash(seed, 2)),
    within(-mat.halfX, mat.halfX, mat.nearZ, mat.farZ),
  );
  const shaded: Painter = (u, v, footM, out) => {
    withMat(u, v, footM, out);
    out.open = Math.min(1, 0.42 + 0.16 * v);
  };
  const stone = slabs(hash(seed, 3), [164, 158, 148], 0.5, 0.4);
  const edge = boards(hash(seed, 4), [150, 120, 96], { widthM: 9, gapM: 0, wear: 0.1, gloss: 0.3 });
  return [
    floor(0, [-porch.halfX, porch.halfX], [0.2, porch.edgeZ - 0.1], shaded),
    floor(0, [-porch.halfX, porch.halfX], [porch.edgeZ - 0.1, porch.edgeZ], edge),
    floor(groundM / 2, [-porch.stepHalfX, porch.stepHalfX], [porch.edgeZ, porch.stepZ], stone),
    ...posts(seed),
    ...rails(seed),
    ...beam(seed),
    ...pot(seed, 1.68, 2.72),
  ];
}

/** Coir with a border and a row of stripes; no words. */
function matPainter(seed: number): Painter {
  const { halfX, nearZ, farZ } = plan.mat;
  return (u, v, footM, out) => {
    const bristle = lattice(seed, Math.floor(u * 120), Math.floor(v * 90)) - 0.5;
    const border = Math.min(halfX - Math.abs(u), v - nearZ, farZ - v);
    const inner = border > 0.07;
    const ring = lineCover(border - 0.07, 0.018, footM);
    setColour(out, inner ? 132 : 66, inner ? 104 : 62, inner ? 68 : 58);
    const diamond =
      lineCover(fold(u + v * 0.7, 0.19), 0.03, footM) + lineCover(fold(u - v * 0.7, 0.19), 0.03, footM);
    scale(out, (1 + bristle * 0.22) * (1 - (inner ? 0.22 : 0) * Math.min(1, diamond)) * (1 - 0.3 * ring));
  };
}

function posts(seed: number): Surface[] {
  const { postX, postZ, postHalf, beamY } = plan.porch;
  const paint = paintedWood(hash(seed, 5), white);
  const inShade: Painter = (u, v, footM, out) => {
    paint(u, v, footM, out);
    const foot = v < 0.22 || v > beamY - 0.14 ? 1.03 : 1;
    const moulding = lineCover(v - 0.22, 0.03, footM) + lineCover(v - (beamY - 0.14), 0.03, footM);
    scale(out, foot * (1 - 0.25 * Math.min(1, moulding)));
    out.open = 0.72;
  };
  const lit: Painter = (u, v, footM, out) => {
    inShade(u, v, footM, out);
    scale(out, 0.97);
    out.open = 0.85;
  };
  return [-postX, postX].flatMap((x) => [
    front(postZ - postHalf, [x - postHalf, x + postHalf], [0, beamY], inShade),
    side(x < 0 ? x + postHalf : x - postHalf, [postZ - postHalf, postZ + postHalf], [0, beamY], lit),
  ]);
}

const railTop = 0.92;
const railLow = 0.14;
const spacing = 0.125;

/** Baluster or rail at this place along the railing? */
export function railCovers(along: number, y: number): boolean {
  if (y > railTop || y < railLow - 0.05) return false;
  if (y > railTop - 0.07 || (y > railLow - 0.05 && y < railLow + 0.03)) return true;
  return Math.abs(fold(along, spacing)) < 0.02;
}

export const railings = [
  { plane: "front", at: plan.porch.postZ, from: -plan.porch.postX, to: -plan.porch.stepHalfX },
  { plane: "front", at: plan.porch.postZ, from: plan.porch.stepHalfX, to: plan.porch.postX },
  { plane: "side", at: -plan.porch.halfX + 0.1, from: 0, to: plan.porch.postZ },
  { plane: "side", at: plan.porch.halfX - 0.1, from: 0, to: plan.porch.postZ },
] as const;

function rails(seed: number): Surface[] {
  const paint = paintedWood(hash(seed, 6), white);
  const painter: Painter = (u, v, footM, out) => {
    paint(u, v, footM, out);
    scale(
      out,
      v > railTop - 0.02
        ? 1.04
        : v > railTop - 0.07
          ? 0.94
          : 1 - 0.12 * Math.abs(fold(u, spacing)) * 50 * 0.5,
    );
    out.open = 0.8;
  };
  const surfaces: Surface[] = [];
  for (const rail of railings) {
    const flat = rail.plane === "front" ? front : side;
    const span = [rail.from, rail.to] as const;
    surfaces.push({ ...flat(rail.at, span, [0, railTop], painter), covers: railCovers });
    const top = paintedWood(hash(seed, 7), [224, 220, 210]);
    if (rail.plane === "front") surfaces.push(floor(railTop, span, [rail.at - 0.04, rail.at + 0.04], top));
    else surfaces.push(floor(railTop, [rail.at - 0.04, rail.at + 0.04], span, top));
  }
  // newel posts where the steps begin
  for (const x of [-plan.porch.stepHalfX, plan.porch.stepHalfX]) {
    surfaces.push(front(2.95, [x - 0.055, x + 0.055], [0, 1.02], painter));
    surfaces.push(floor(1.02, [x - 0.065, x + 0.065], [2.94, 3.07], paint));
  }
  return surfaces;
}

function beam(seed: number): Surface[] {
  const { beamY, postZ } = plan.porch;
  const paint = paintedWood(hash(seed, 8), [196, 191, 181]);
  const face: Painter = (u, v, footM, out) => {
    paint(u, v, footM, out);
    scale(out, 1 - 0.3 * lineCover(v - beamY - 0.16, 0.02, footM));
    out.open = 0.45;
  };
  const ceiling = boards(hash(seed, 9), [188, 184, 176], { widthM: 0.11, gapM: 0.01, wear: 0.05 });
  const shaded: Painter = (u, v, footM, out) => {
    ceiling(u, v, footM, out);
    out.open = 0.34;
  };
  return [
    front(postZ - 0.09, [-6, 6], [beamY, beamY + 0.5], face),
    floor(3.25, [-6, 6], [0.3, postZ - 0.09], shaded),
  ];
}

/** A clay pot with a round plant, by the rail. */
function pot(seed: number, x: number, z: number): Surface[] {
  const clay: Painter = (u, v, footM, out) => {
    const across = (u - x) / 0.2;
    setColour(out, 172, 100, 70);
    scale(
      out,
      (1.06 - 0.5 * across * across + 0.18 * across) * (1 - 0.2 * lineCover(v - 0.31, 0.015, footM)),
    );
    out.open = 0.7;
  };
  const green = leaves(hash(seed, 10), [70, 104, 50], 0.14);
  const flowers: Painter = (u, v, footM, out) => {
    green(u, v, footM, out);
    const petal = noise2(hash(seed, 11), u * 17, v * 17);
    if (petal > 0.74) setColour(out, 196, 70 + petal * 40, 110);
    out.open = 0.8;
  };
  const inPot = (u: number, v: number): boolean => Math.abs(u - x) < (v > 0.3 ? 0.2 : 0.13 + 0.2 * v);
  const inPlant = (u: number, v: number): boolean => {
    const du = (u - x) / 0.3;
    const dv = (v - 0.58) / 0.27;
    const edge = noise2(hash(seed, 12), u * 14, v * 14) * 0.5;
    return du * du + dv * dv < 0.72 + edge;
  };
  return [
    { ...front(z, [x - 0.21, x + 0.21], [0, 0.38], clay), covers: inPot },
    { ...front(z - 0.02, [x - 0.42, x + 0.42], [0.3, 0.98], flowers), covers: inPlant, leafy: true },
    {
      ...floor(0.002, [x - 0.24, x + 0.24], [z - 0.16, z + 0.12], plain([78, 64, 54])),
      covers: (u, v) => Math.abs(u - x) < 0.2 && Math.abs(v - z + 0.02) < 0.11 - Math.abs(u - x) * 0.3,
    },
  ];
}
