/**
 * Head: face, hair and hat of a figure, turned towards the door or away.
 */
import type { Figure, Joint, JointAt } from "./figure.ts";
import type { Rgb } from "./light.ts";
import { sineTurns } from "./math.ts";
import { Oval } from "./shape.ts";
import type { Look } from "./wardrobe.ts";

export interface HeadPose {
  readonly at: JointAt;
  readonly look: Look;
  readonly lean: number;
  readonly up: number;
  /** 1 = faces the door, -1 = faces away. */
  readonly towards: number;
}

export function paintHead(draw: Figure, { at, look, lean, up, towards }: HeadPose): void {
  const neck = at(lean, 0, up - 0.02);
  const middle = at(lean + 0.035, 0, up + 0.17);
  const { scale: s } = middle;
  const rx = 0.083 * s;
  const ry = 0.118 * s;
  const turned = Math.sqrt(Math.max(0, 1 - towards * towards));
  const faceSide = Math.sign(at(1, 0, up).x - at(0, 0, up).x);
  draw.limb(neck, 0.056, at(lean + 0.02, 0, up + 0.08), 0.054, {
    colour: look.skin,
    bright: 0.8,
    layer: "over",
  });
  const oval = (
    dx: number,
    dy: number,
    ax: number,
    ay: number,
    colour: Rgb,
    bright = 1,
    round = 0.25,
  ): void => draw.oval(middle.x + dx * s, middle.y + dy * s, ax * s, ay * s, { colour, bright, round });
  const facing = towards > -0.25;
  if (look.hairstyle === "long" && towards < 0) oval(0, 0.05, 0.1, 0.17, look.hair, 0.85);
  if (look.scarf !== null)
    draw.slab([at(lean, -0.06, up + 0.02), at(lean, 0.06, up + 0.02)], 0.058, look.scarf, 1);
  if (facing) {
    oval(0, 0, 0.083, 0.118, look.skin, 1.02, 0.2);
    const shift = turned * faceSide * 0.045;
    face(draw, { x: middle.x + shift * s, y: middle.y, s, squeeze: 1 - 0.55 * turned }, look);
  } else {
    oval(0, 0, 0.085, 0.118, look.hairstyle === "bald" ? look.skin : look.hair, 0.85);
  }
  if (facing && turned > 0.5)
    oval(-faceSide * 0.045, -0.02, 0.05, 0.085, look.hairstyle === "bald" ? look.skin : look.hair, 0.85);
  crownOf(draw, { x: middle.x, y: middle.y, rx, ry, s, facing, brim: faceSide * turned }, look);
}

interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly s: number;
  readonly squeeze: number;
}

function face(draw: Figure, { x, y, s, squeeze }: FacePlace, look: Look): void {
  if (s < 55) return;
  const put = (
    dx: number,
    dy: number,
    ax: number,
    ay: number,
    colour: Rgb,
    bright: number,
    alpha: number,
  ): void =>
    draw.oval(x + dx * s * squeeze, y + dy * s, ax * s * squeeze, ay * s, {
      colour,
      bright,
      round: 0,
      alpha,
    });
  const { skin } = look;
  for (const side of [-1, 1]) {
    put(side * 0.034, -0.006, 0.022, 0.013, skin, 0.72, 0.75);
    put(side * 0.034, -0.004, 0.013, 0.0065, [226, 222, 216], 0.92, 0.85);
    put(side * 0.034, -0.004, 0.0068, 0.0068, [52, 40, 34], 0.7, 0.95);
    put(side * 0.034, -0.025, 0.021, 0.0048, look.hairstyle === "bald" ? [90, 66, 52] : look.hair, 0.8, 0.85);
    put(side * 0.04, 0.03, 0.024, 0.018, [skin[0] * 1.02, skin[1] * 0.88, skin[2] * 0.85], 1.02, 0.4);
  }
  put(0, 0.022, 0.011, 0.026, skin, 1.1, 0.55);
  put(0, 0.041, 0.017, 0.007, skin, 0.74, 0.7);
  put(0, 0.066, 0.026, 0.0075, [skin[0] * 0.78, skin[1] * 0.56, skin[2] * 0.56], 0.92, 0.9);
  put(0, 0.08, 0.02, 0.006, skin, 0.84, 0.5);
}

interface CrownPlace {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
  readonly s: number;
  readonly facing: boolean;
  readonly brim: number;
}

/** Hair or hat: what covers the upper third of the head. */
function crownOf(draw: Figure, place: CrownPlace, look: Look): void {
  const { x, y, rx, ry, s, facing, brim } = place;
  const band = (low: number, wide: number, colour: Rgb, bright: number): void => {
    const points: [number, number][] = [];
    for (let i = 0; i <= 8; i += 1) {
      const turn = 0.5 + (i / 8) * 0.5;
      points.push([
        x + rx * wide * -sineTurns(turn + 0.25),
        y + low * s + (ry * wide + low * s) * sineTurns(turn),
      ]);
    }
    draw.polygon(points, 0.006 * s, { colour, bright, round: 0.22 });
  };
  switch (look.hairstyle) {
    case "bald":
      return;
    case "short":
      return band(facing ? -0.045 : 0.03, 1.07, look.hair, 0.92);
    case "long":
      return band(facing ? -0.04 : 0.05, 1.12, look.hair, 0.95);
    case "beanie":
      return band(facing ? -0.035 : 0, 1.13, look.hat, 1);
    case "cap":
      band(-0.04, 1.1, look.hat, 1);
      if (facing)
        draw.oval(x + brim * 0.07 * s, y - 0.047 * s, 0.085 * s, 0.019 * s, {
          colour: look.hat,
          bright: 0.72,
          round: 0,
        });
      return;
  }
}

/** Long hair from behind: what of it shows beside the neck. */
export function backHair(draw: Figure, neck: Joint, look: Look): void {
  const { x, y, scale: s } = neck;
  draw.under(new Oval(x, y - 0.04 * s, 0.1 * s, 0.17 * s), { colour: look.hair, bright: 0.8, round: 0.2 });
}
