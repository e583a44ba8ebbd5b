/**
 * Insects: moths and flies at the lens, far too near to be sharp, and one that crawls on the glass.
 *
 * In the light of the camera's own infrared lamp they are bright streaks, by day dark smudges.
 * A flight is a number: when it begins, where it crosses the picture, how it curves.
 */
import type { Brush } from "../brush.ts";
import { between, chance, hash, mix, sineTurns, smooth } from "../math.ts";
import { canvasHeight, canvasWidth } from "../plan.ts";
import { paintSoft } from "./soft.ts";
import type { Troubled } from "./troubled.ts";

const fliers = 5;
const flightMs = 2_600;
/** How long the shutter is open at night and by day. */
const shutterMs = { night: 36, day: 8 } as const;
const crawlMs = 34_000;
const crawlLastsMs = 19_000;

export function paintInsects(brush: Brush, troubled: Troubled): void {
  if (troubled.strength <= 0) return;
  for (let i = 0; i < fliers; i += 1) flier(brush, troubled, i);
  crawler(brush, troubled);
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function flier(brush: Brush, { seed, tMs, light, strength }: Troubled, i: number): void {
  const shifted = tMs + (i * flightMs) / fliers;
  const flight = Math.floor(shifted / flightMs);
  const draw = (what: number): number => chance(hash(seed, 0x1f5, i), flight, what);
  if (draw(1) > 0.75) return;
  const hovers = draw(2) < 0.3;
  const lastsMs = hovers ? flightMs : between(260, 1_100, draw(3));
  const beganMs = shifted - flight * flightMs;
  const from = { x: -80, y: canvasHeight * draw(4) };
  const to = { x: canvasWidth + 80, y: canvasHeight * draw(5) };
  const bow = between(-260, 260, draw(6));
  const at = (ms: number): Spot => {
    const f = draw(7) < 0.5 ? ms / lastsMs : 1 - ms / lastsMs;
    if (hovers) {
      const wide = between(60, 150, draw(8));
      return {
        x: between(150, canvasWidth - 150, draw(9)) + wide * sineTurns(ms / 1_900) + 26 * sineTurns(ms / 310),
        y:
          between(100, canvasHeight - 100, draw(10)) +
          wide * sineTurns(ms / 1_300 + 0.2) +
          22 * sineTurns(ms / 230),
      };
    }
    return {
      x: mix(from.x, to.x, f),
      y: mix(from.y, to.y, f) + bow * 4 * f * (1 - f) + 18 * sineTurns(ms / 120),
    };
  };
  if (beganMs >= lastsMs) return;
  const open = mix(shutterMs.day, shutterMs.night, light.dark);
  const here = at(beganMs);
  const there = at(Math.max(0, beganMs - open));
  const near = between(9, 26, draw(11));
  paintSoft(brush, {
    x0: there.x,
    y0: there.y,
    x1: here.x,
    y1: here.y,
    r: near,
    luma: light.dark > 0.5 ? 226 : 46,
    alpha: mix(0.7, 0.85, light.dark) * strength,
  });
}

/** Six legs and a body, walking over the glass with stops. */
function crawler(brush: Brush, { seed, tMs, light, strength }: Troubled): void {
  const shifted = tMs + 22_000;
  const crawl = Math.floor(shifted / crawlMs);
  const draw = (what: number): number => chance(hash(seed, 0xc3a), crawl, what);
  const into = (shifted - crawl * crawlMs) / crawlLastsMs;
  if (into >= 1) return;
  // stop and go: a staircase with soft steps
  const steps = 7;
  const part = into * steps;
  const f = (Math.floor(part) + smooth(0.2, 0.8, part - Math.floor(part))) / steps;
  const from = { x: canvasWidth * between(0.1, 0.9, draw(1)), y: -70 };
  const to = { x: canvasWidth * between(0.1, 0.9, draw(2)), y: canvasHeight + 70 };
  const x = mix(from.x, to.x, f) + 70 * sineTurns(f * 1.5 + draw(3));
  const y = mix(from.y, to.y, f);
  const luma = light.dark > 0.5 ? 205 : 34;
  const alpha = 0.92 * strength;
  const lean = ((to.x - from.x) / (to.y - from.y)) * 0.5;
  for (const side of [-1, 1]) {
    for (const leg of [-1, 0, 1]) {
      const stride = 9 * sineTurns(f * 40 + leg * 0.33 + (side > 0 ? 0.5 : 0));
      const [hipX, hipY] = [x + lean * leg * 22, y + leg * 20];
      paintSoft(brush, {
        x0: hipX,
        y0: hipY,
        x1: hipX + side * 52,
        y1: hipY + leg * 26 + stride,
        r: 7,
        luma,
        alpha: alpha * 0.8,
      });
    }
  }
  paintSoft(brush, { x0: x - lean * 34, y0: y - 34, x1: x + lean * 20, y1: y + 20, r: 24, luma, alpha });
  paintSoft(brush, { x0: x + lean * 44, y0: y + 44, x1: x + lean * 48, y1: y + 48, r: 15, luma, alpha });
}
