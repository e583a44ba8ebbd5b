/**
 * Headlights: beams of cars that turn sweep over the property, walls, fence and floor of the porch
 * included; by day the sun flashes off a windscreen in the same way, weaker.
 *
 * Some beams are soft, some have a hard edge with the dark gaps that gate posts leave in them.
 * Only what stands on the owner's ground is lit here; the street has its own lamps.
 */
import type { Brush } from "../brush.ts";
import { blackLuma, whiteLuma } from "../canvas.ts";
import type { Light } from "../light.ts";
import { between, chance, hash, mix, smooth } from "../math.ts";
import { canvasHeight, canvasWidth, plan } from "../plan.ts";
import type { Troubled } from "./troubled.ts";

const passMs = 9_000;
/** What is further away is not on the property, in centimetres. */
const lastCm = plan.front.z * 100 + 15;

export interface Beam {
  /** Middle on the canvas at half its height. */
  readonly x: number;
  readonly half: number;
  /** 0..1 */
  readonly strength: number;
  readonly hard: boolean;
  /** Sideways lean of its edge over the whole height, canvas units. */
  readonly slant: number;
  /** Middles of the gaps, as fractions of the half width. */
  readonly gaps: readonly number[];
}

/** The beam that is on its way at a time, if any. */
function beamAt(seed: number, tMs: number, light: Light): Beam | null {
  const pass = Math.floor(tMs / passMs);
  const draw = (what: number): number => chance(hash(seed, 0xbea), pass, what);
  if (draw(1) < 0.2) return null;
  const hard = draw(2) < 0.5;
  const lastsMs = between(1_300, 4_200, draw(3));
  const into = (tMs - pass * passMs - between(300, 3_500, draw(4))) / lastsMs;
  if (into < 0 || into >= 1) return null;
  const half = hard ? between(120, 260, draw(5)) : between(190, 380, draw(5));
  const way = draw(6) < 0.5 ? into : 1 - into;
  const x = mix(-half - 120, canvasWidth + half + 120, way);
  const fade = smooth(0, 0.06, into) * smooth(1, 0.94, into);
  return {
    x,
    half,
    strength: mix(0.3, 1.5, light.dark) * between(0.6, 1, draw(7)) * fade,
    hard,
    slant: hard ? between(-140, 140, draw(8)) : 0,
    gaps: hard ? [between(-0.6, -0.2, draw(9)), between(0.15, 0.6, draw(10))] : [],
  };
}

const edge = 7;
const gapHalf = 13;

/** How much of a beam there is at a distance from its middle, 0..1. */
function profile({ half, hard, gaps }: Beam, d: number): number {
  if (!hard) {
    const bell = Math.max(0, 1 - (d / half) * (d / half));
    return bell * bell;
  }
  let share = smooth(half, half - edge, Math.abs(d));
  for (const gap of gaps) share *= 1 - 0.85 * smooth(gapHalf, gapHalf - edge, Math.abs(d - gap * half));
  return share;
}

const profileSteps = 1_024;

export function paintHeadlights(brush: Brush, { seed, tMs, light, strength }: Troubled): void {
  const beam = strength > 0 ? beamAt(seed, tMs, light) : null;
  if (beam !== null) paintBeam(brush, { ...beam, strength: beam.strength * strength });
}

function paintBeam(brush: Brush, beam: Beam): void {
  const { canvas, stage, stepX, stepY } = brush;
  const reach = beam.half + 2;
  const table = new Uint16Array(profileSteps + 1);
  for (let i = 0; i <= profileSteps; i += 1)
    table[i] = Math.round(256 * beam.strength * profile(beam, ((2 * i) / profileSteps - 1) * reach));
  const perStep = profileSteps / (2 * reach);
  for (let py = 0; py < canvas.height; py += 1) {
    const y = (py + 0.5) * stepY;
    const middle = beam.x + beam.slant * (y / canvasHeight - 0.5);
    const x0 = Math.max(0, Math.floor((middle - reach) / stepX));
    const x1 = Math.min(canvas.width, Math.ceil((middle + reach) / stepX));
    // lamps stand low: the lower half of the picture gets the scattered rest
    const rowGain = Math.round(256 * (1 - 0.55 * smooth(330, 700, y)));
    const row = py * stage.width;
    const out = py * canvas.stride;
    for (let px = x0; px < x1; px += 1) {
      if ((stage.depth[row + px] as number) > lastCm) continue;
      const step = (((px + 0.5) * stepX - middle + reach) * perStep) | 0;
      if (step < 0 || step > profileSteps) continue;
      const gain = ((table[step] as number) * rowGain) >> 8;
      const old = canvas.y[out + px] as number;
      const value = old + (((old - blackLuma) * gain) >> 8) + ((gain * 14) >> 8);
      canvas.y[out + px] = value > whiteLuma ? whiteLuma : value;
    }
  }
}
