/**
 * Wind: the shrub bows, and branches of the neighbour's tree swing over the garden path.
 *
 * Each branch is a bent stem with twigs; every twig swings by its own period on top of the gust
 * that bends the stem, so that leaves move against each other and come back to where they were.
 */
import type { Brush } from "../brush.ts";
import { windAt } from "../bush.ts";
import type { Rgb } from "../light.ts";
import { litAt } from "../lamps.ts";
import { between, chance, drift, hash, mix, sineTurns } from "../math.ts";
import { canvasX, canvasY, view } from "../plan.ts";
import { Limb, Oval } from "../shape.ts";
import { inkOf } from "../tone.ts";
import { leafIn } from "./led.ts";
import type { Troubled } from "./troubled.ts";

interface Branch {
  readonly z: number;
  /** Where it grows out of the picture's right, and where its tip hangs at rest: metres. */
  readonly fromX: number;
  readonly fromY: number;
  readonly tipX: number;
  readonly tipY: number;
  readonly twigs: number;
}

const branches: readonly Branch[] = [
  { z: 6.2, fromX: 6, fromY: 2.5, tipX: 0.9, tipY: 1.15, twigs: 30 },
  { z: 5.1, fromX: 6.2, fromY: 2.4, tipX: 2.3, tipY: 0.75, twigs: 22 },
];

const bark: Rgb = [84, 66, 52];
const leafTones: readonly Rgb[] = [
  [74, 104, 50],
  [92, 124, 58],
  [62, 90, 46],
];

/** How much further than in still air the shrub bows. */
export function bushGain(strength: number): number {
  return 1 + 2.2 * strength;
}

export function paintBranches(brush: Brush, { seed, tMs, light, strength }: Troubled): void {
  if (strength <= 0) return;
  branches.forEach((branch, b) =>
    paintBranch(brush, branch, { seed: hash(seed, 0xb4a, b), tMs, light, strength }),
  );
}

function paintBranch(
  brush: Brush,
  { z, fromX, fromY, tipX, tipY, twigs }: Branch,
  { seed: own, tMs, light, strength }: Troubled,
): void {
  const lit = litAt(light, (fromX + tipX) / 2, (fromY + tipY) / 2, z);
  const scale = view.focal / z;
  const gust = windAt(own, tMs) * strength;
  const lift = (drift(own, tMs / 2_300) - 0.5) * 0.5 * strength;
  /** Along the stem, 0 = root, 1 = tip; the wind bends the thin end most. */
  const at = (f: number): { x: number; y: number } => {
    const bend = f * f;
    return {
      x: mix(fromX, tipX, f) + gust * 0.42 * bend,
      y: mix(fromY, tipY, f) + 0.35 * f * (1 - f) + (lift + gust * 0.12) * bend,
    };
  };
  const disc = (point: { x: number; y: number }, r: number) => ({
    x: canvasX(point.x, z),
    y: canvasY(point.y, z),
    r: r * scale,
  });
  const ink = inkOf(bark, lit.light);
  for (let i = 0; i < 6; i += 1) {
    const [from, to] = [i / 6, (i + 1) / 6];
    const shape = new Limb(disc(at(from), 0.04 * (1.1 - from)), disc(at(to), 0.04 * (1.1 - to)));
    brush.paint({ shape, ink, z, round: 0.3 });
  }
  const inks = leafTones.map((tone) => inkOf(leafIn(light, tone), lit.light));
  for (let i = 0; i < twigs; i += 1) {
    const f = between(0.15, 1, (i + chance(own, i, 1)) / twigs);
    const stem = at(f);
    const length = between(0.16, 0.42, chance(own, i, 2));
    const own1 = sineTurns(tMs / between(700, 1_500, chance(own, i, 3)) + chance(own, i, 4));
    const swing = gust * 0.5 + own1 * 0.22 * strength * (0.3 + Math.abs(gust));
    const side = i % 2 === 0 ? 1 : -0.45;
    const end = {
      x: stem.x + length * (swing - 0.15),
      y: stem.y - length * side * (1 - 0.4 * Math.abs(swing)),
    };
    const leaves = 4;
    for (let k = 0; k < leaves; k += 1) {
      const g = (k + 1) / leaves;
      const spread = (k % 2 === 0 ? 1 : -1) * 0.05;
      const size = between(0.05, 0.1, chance(own, i, 5 + k));
      const flutter = 1 - 0.35 * Math.abs(sineTurns(tMs / 330 + i * 0.37 + k * 0.21)) * strength;
      const shape = new Oval(
        canvasX(mix(stem.x, end.x, g) + spread, z),
        canvasY(mix(stem.y, end.y, g) + spread, z),
        size * scale,
        size * scale * 0.7 * flutter,
      );
      brush.paint({ shape, ink: inks[(i + k) % inks.length] ?? ink, z, round: 0.2, lean: lit.lean });
    }
  }
}
