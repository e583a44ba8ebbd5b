/**
 * Pose: by how much has the camera moved, turned or come nearer since the reference was made?
 *
 * The maps of all zones are laid over each other as a camera that rolled by so and so much would have
 * displaced them, and the roll whose pile stands out most wins (a vote of all points at once, so
 * zones that are hidden or too dim to tell anything alone still count). Zones near that answer
 * then give the fractions of a pixel, by least squares.
 */
import { mapSide, type ZoneMap } from "./compare.ts";
import { peakOf, shoulderPx, type Peak } from "./peak.ts";
import { tuning } from "./tuning.ts";

export interface Pose {
  /** Displacement of the middle of the picture, sketch pixels. */
  readonly dx: number;
  readonly dy: number;
  /** Radians, clockwise. */
  readonly roll: number;
  /** 0 = none, 0.01 = everything 1 % larger. */
  readonly growth: number;
}

export interface Sighting extends Pose {
  /** How far the pile stands out, in standard deviations of the rest of it; 3 is chance. */
  readonly clear: number;
  /** The same for a camera that did not move. */
  readonly clearHere: number;
}

interface Turn {
  readonly roll: number;
  readonly growth: number;
}

const unturned: Turn = { roll: 0, growth: 0 };
const sums = new Int32Array(mapSide * mapSide);
const shown = new Int32Array(mapSide * mapSide);

export function sight(zones: readonly ZoneMap[]): Sighting {
  const plain = pileUp(zones, unturned);
  const asIs = answered(zones, { turn: unturned, peak: plain }, plain);
  // the usual case: clear, and the zones agree that nothing turned
  if (plain.clear >= tuning.plainClear && Math.abs(asIs.roll) < tuning.limitRoll / 2) return asIs;
  let best: Answer = { turn: unturned, peak: plain };
  for (const roll of tuning.rolls) best = better(best, zones, { roll, growth: 0 });
  const { roll } = best.turn;
  for (const growth of tuning.growths) best = better(best, zones, { roll, growth });
  return answered(zones, best, plain);
}

function answered(zones: readonly ZoneMap[], { turn, peak }: Answer, plain: Peak): Sighting {
  const pose = refine(zones, { ...turn, dx: peak.dx, dy: peak.dy });
  return { ...pose, clear: peak.clear, clearHere: plain.clearHere };
}

interface Answer {
  readonly turn: Turn;
  readonly peak: Peak;
}

function better(best: Answer, zones: readonly ZoneMap[], turn: Turn): Answer {
  const peak = pileUp(zones, turn);
  return peak.clear > best.peak.clear ? { turn, peak } : best;
}

function pileUp(zones: readonly ZoneMap[], { roll, growth }: Turn): Peak {
  sums.fill(0);
  shown.fill(0);
  for (const zone of zones) {
    const sx = Math.round(growth * zone.x - roll * zone.y);
    const sy = Math.round(roll * zone.x + growth * zone.y);
    const [x0, x1] = [Math.max(0, -sx), Math.min(mapSide, mapSide - sx)];
    const [y0, y1] = [Math.max(0, -sy), Math.min(mapSide, mapSide - sy)];
    for (let row = y0; row < y1; row += 1) {
      let i = row * mapSide + x0;
      let from = (row + sy) * mapSide + x0 + sx;
      for (let col = x0; col < x1; col += 1, i += 1, from += 1) {
        sums[i] = (sums[i] as number) + (zone.sums[from] as number);
        shown[i] = (shown[i] as number) + (zone.shown[from] as number);
      }
    }
  }
  return peakOf(sums, shown);
}

/** Weighted least squares over the zones whose own top lies near the answer. */
function refine(zones: readonly ZoneMap[], rough: Pose): Pose {
  const seen = zones.flatMap((zone) => {
    const wanted = displacementAt(rough, zone);
    const top = peakOf(zone.sums, zone.shown);
    const near = Math.hypot(top.dx - wanted.dx, top.dy - wanted.dy) <= shoulderPx;
    return near && top.clear >= tuning.zoneClear ? [{ zone, top, weight: top.clear ** 2 }] : [];
  });
  const total = seen.reduce((sum, { weight: w }) => sum + w, 0);
  if (total === 0) return rough;
  const mean = (of: (one: (typeof seen)[number]) => number): number =>
    seen.reduce((sum, one) => sum + one.weight * of(one), 0) / total;
  const [mx, my] = [mean(({ zone }) => zone.x), mean(({ zone }) => zone.y)];
  const [ux, uy] = [mean(({ top }) => top.dx), mean(({ top }) => top.dy)];
  const reach = mean(({ zone }) => (zone.x - mx) ** 2 + (zone.y - my) ** 2);
  // too near to each other to tell a turn
  const wide = seen.length >= 3 && Math.sqrt(reach) >= tuning.leastSpreadPx;
  const roll = wide
    ? mean(({ zone, top }) => (zone.x - mx) * (top.dy - uy) - (zone.y - my) * (top.dx - ux)) / reach
    : rough.roll;
  const growth = wide
    ? mean(({ zone, top }) => (zone.x - mx) * (top.dx - ux) + (zone.y - my) * (top.dy - uy)) / reach
    : rough.growth;
  return { dx: ux + roll * my - growth * mx, dy: uy - roll * mx - growth * my, roll, growth };
}

export function displacementAt(
  { dx, dy, roll, growth }: Pose,
  { x, y }: { readonly x: number; readonly y: number },
): { dx: number; dy: number } {
  return { dx: dx - roll * y + growth * x, dy: dy + roll * x + growth * y };
}
