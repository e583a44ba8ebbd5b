/**
 * Person: a walking, ringing, bending figure from a place and a look.
 *
 * A skeleton of joints in metres (forward, right, up around the point between the feet) is
 * posed from the distance walked, turned to where the body faces and projected; limbs, coat and
 * head are drawn over it from far to near. The same figure serves at the door and across the
 * street, walking towards the camera or past it.
 */
import { clamp, mix, sineTurns, smooth } from "./math.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { parcelStrokes } from "./parcel.ts";
import { canvasX, canvasY, surfaceY, view } from "./plan.ts";
import type { Stroke } from "./brush.ts";
import type { Actor } from "./script.ts";
import { type Disc, Limb, Oval, Slab } from "./shape.ts";
import { inkOf } from "./tone.ts";
import type { Look } from "./wardrobe.ts";

type Person = Extract<Actor, { kind: "person" }>;

/** A point of the body on the canvas: place, metres to canvas units there, distance. */
interface Joint {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly z: number;
}

type JointAt = (forward: number, right: number, up: number) => Joint;

/** Metres of walking for a left and a right step together. */
const strideM = 1.42;

export function personStrokes(person: Person, look: Look, lit: Lit): Stroke[] {
  const { place, reach, bend } = person;
  const { x, z, headX, headZ } = place;
  const size = look.heightM / 1.74;
  const floorY = surfaceY(z);
  const at: JointAt = (forward, right, up) => {
    const wx = x + (headX * forward + headZ * right) * size;
    const wz = Math.max(0.35, z + (headZ * forward - headX * right) * size);
    return { x: canvasX(wx, wz), y: canvasY(floorY + up * size, wz), scale: (view.focal / wz) * size, z: wz };
  };
  const draw = new Figure(lit, z);
  const pace = clamp(place.speedMps / 1.2, 0, 1);
  const phase = place.walkedM / strideM;
  const carries = person.carries !== null;
  const towards = -headZ;
  const bob = 0.018 * pace * sineTurns(phase * 2 + 0.12);
  const hipY = 0.93 + bob - bend * 0.3;
  const shoulderY = 1.43 + bob - bend * 0.72;
  const lean = 0.03 * pace + bend * 0.42 + reach * 0.08;

  const legs = ([-1, 1] as const).map((side) => leg(side, { at, phase, pace, hipY, bend }));
  legs.forEach((joints, i) => {
    const { hip, knee, ankle, toe } = joints;
    const shade = i === 0 ? 1 : 0.9;
    draw.limb(hip, 0.086 * look.girth, knee, 0.062, { colour: look.trousers, bright: shade });
    draw.limb(knee, 0.062, ankle, 0.05, { colour: look.trousers, bright: shade * 0.94 });
    draw.limb(ankle, 0.046, toe, 0.042, { colour: look.shoes, bright: 0.95 });
  });

  const broad = 0.182 * look.girth;
  const turned = Math.sqrt(Math.max(0, 1 - towards * towards));
  const thick = mix(0.05, 0.105, turned) * look.girth;
  const shoulders = ([-1, 1] as const).map((side) => at(lean, side * broad, shoulderY - 0.035));
  const pair = (forward: number, half: number, up: number): readonly [Joint, Joint] => [
    at(forward, -half * look.girth, up),
    at(forward, half * look.girth, up),
  ];
  const collar = pair(lean, 0.055, shoulderY + 0.035);
  const chest = pair(lean, 0.185, shoulderY - 0.05);
  const waist = pair(mix(lean, 0, 0.6), 0.15, mix(shoulderY, hipY, 0.62));
  const hips = pair(bend * 0.02, 0.165, hipY - 0.02);
  if (look.hairstyle === "long") backHair(draw, at(lean, 0, shoulderY + 0.12 - bend * 0.12), look);
  if (look.coatM > 0.02) {
    const swing = 0.05 * pace * sineTurns(phase);
    const hem = ([-1, 1] as const).map((side) =>
      at(swing * side, side * 0.2 * look.girth, hipY - look.coatM),
    );
    draw.slab([...hips, ...hem.reverse()], thick, look.coat, 0.9);
  }
  draw.slab(
    [collar[0], collar[1], chest[1], waist[1], hips[1], hips[0], waist[0], chest[0]],
    thick,
    look.coat,
    1,
  );
  if (look.vest !== null) vest(draw, [chest[0], chest[1], hips[1], hips[0]], look.vest);
  const buttoned = towards > 0.35 && look.vest === null;
  if (buttoned)
    zip(draw, at(lean + 0.1, 0, shoulderY), at(0.08, 0, hipY - 0.05 - Math.max(0, look.coatM)), look.coat);
  if (look.bag !== null) {
    draw.bag(at(lean, -0.12, shoulderY + 0.02), at(-0.02, 0.25 * look.girth, hipY - 0.02), look.bag);
  }

  ([-1, 1] as const).forEach((side, i) => {
    const shoulder = shoulders[i];
    if (shoulder === undefined) return;
    const far = side > 0 === headX > 0 && turned > 0.4 && !carries;
    const swing = -0.22 * pace * sineTurns(phase + (side > 0 ? 0.5 : 0)) * (carries ? 0 : 1);
    const reaching = side > 0 ? reach : 0;
    let hand: [number, number, number] = [
      swing + 0.03,
      side * (broad + 0.07),
      0.86 + bob + Math.abs(swing) * 0.16,
    ];
    if (carries) hand = [0.34, side * 0.17, 1.06 + bob - bend * 0.6];
    if (bend > 0.05) hand = lerp3(hand, [0.52, side * 0.14, 0.28], smooth(0, 1, bend));
    if (reaching > 0) hand = lerp3(hand, [0.56, side * 0.16, 1.34], reaching);
    const elbow: [number, number, number] = [
      mix(lean, hand[0], 0.42) - (carries || reaching > 0 ? 0.02 : 0.05),
      side * (broad + 0.062),
      mix(shoulderY, hand[2], 0.55) - (carries ? 0.06 : 0) - reaching * 0.08,
    ];
    const elbowAt = at(...elbow);
    const handAt = at(...hand);
    const layer = far ? "under" : "over";
    const wrist = at(hand[0] + 0.05, hand[1] - side * 0.01, hand[2] - (reaching > 0.3 ? -0.02 : 0.05));
    draw.limb(shoulder, 0.062 * look.girth, elbowAt, 0.05, { colour: look.coat, bright: 0.9, layer });
    draw.limb(elbowAt, 0.05, handAt, 0.041, { colour: look.coat, bright: 0.95, layer });
    draw.limb(handAt, 0.036, wrist, 0.032, { colour: look.skin, layer, hand: true });
  });

  head(draw, { at, look, lean: lean + bend * 0.16, up: shoulderY + 0.05 - bend * 0.12, towards });
  const strokes = draw.sorted();
  if (person.carries !== null) {
    const box = at(0.36, 0, 1.02 + bob - bend * 0.66);
    const worldY = floorY + (1.0 + bob - bend * 0.66) * size;
    const boxStrokes = parcelStrokes(person.carries, { x: x + headX * 0.36, y: worldY, z: box.z }, lit);
    // in front of the body when it faces us, behind it when it walks away
    return towards > -0.2 ? [...strokes, ...boxStrokes, ...draw.hands()] : [...boxStrokes, ...strokes];
  }
  return strokes;
}

interface LegPose {
  readonly at: JointAt;
  readonly phase: number;
  readonly pace: number;
  readonly hipY: number;
  readonly bend: number;
}

function leg(side: -1 | 1, { at, phase, pace, hipY, bend }: LegPose) {
  const turn = phase + (side > 0 ? 0.5 : 0);
  const forward = 0.29 * pace * sineTurns(turn);
  const lift = 0.13 * pace * Math.max(0, sineTurns(turn + 0.25));
  const right = side * (0.1 - 0.015 * pace);
  const ankleUp = 0.08 + lift;
  const kneeForward = forward * 0.5 + 0.04 + lift * 0.9 + bend * 0.2;
  return {
    hip: at(0, side * 0.1, hipY),
    knee: at(kneeForward, right, mix(ankleUp, hipY, 0.5) + lift * 0.3),
    ankle: at(forward - lift * 0.6, right, ankleUp),
    toe: at(forward - lift * 0.5 + 0.16, right * 1.15, 0.045 + lift * 0.75),
  };
}

interface HeadPose {
  readonly at: JointAt;
  readonly look: Look;
  readonly lean: number;
  readonly up: number;
  /** 1 = faces the door, -1 = faces away. */
  readonly towards: number;
}

function head(draw: Figure, { at, look, lean, up, towards }: HeadPose): void {
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

function vest(draw: Figure, corners: readonly Joint[], colour: Rgb): void {
  const [a, b, c, d] = corners;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const between = (p: Joint, q: Joint, f: number): Joint => ({
    x: mix(p.x, q.x, f),
    y: mix(p.y, q.y, f),
    scale: mix(p.scale, q.scale, f),
    z: mix(p.z, q.z, f),
  });
  draw.slab(
    [between(a, b, 0.12), between(a, b, 0.88), between(d, c, 0.95), between(d, c, 0.05)],
    0.086,
    colour,
    1.05,
  );
  draw.slab([between(a, d, 0.62), between(b, c, 0.62)], 0.026, [206, 210, 206], 1.15);
}

function zip(draw: Figure, top: Joint, low: Joint, coat: Rgb): void {
  draw.limb(top, 0.006, low, 0.006, { colour: coat, bright: 0.55, layer: "over" });
}

/** Long hair from behind: what of it shows beside the neck. */
function backHair(draw: Figure, neck: Joint, look: Look): void {
  const { x, y, scale: s } = neck;
  draw.under(new Oval(x, y - 0.04 * s, 0.1 * s, 0.17 * s), { colour: look.hair, bright: 0.8, round: 0.2 });
}

function lerp3(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  f: number,
): [number, number, number] {
  return [mix(a[0], b[0], f), mix(a[1], b[1], f), mix(a[2], b[2], f)];
}

interface Finish {
  readonly colour: Rgb;
  readonly bright?: number;
  readonly round?: number;
  readonly alpha?: number;
  /** legs = legs by distance, then coat; under = behind the coat, over = before it. */
  readonly layer?: "legs" | "under" | "over";
  readonly hand?: boolean;
}

/** Collects the strokes of one body in layers: far legs, near legs, far arm, coat, near arm, head. */
class Figure {
  readonly #lit: Lit;
  readonly #z: number;
  readonly #legs: { z: number; stroke: Stroke }[] = [];
  readonly #under: Stroke[] = [];
  readonly #coat: Stroke[] = [];
  readonly #over: Stroke[] = [];
  readonly #head: Stroke[] = [];
  readonly #hands: Stroke[] = [];

  constructor(lit: Lit, z: number) {
    this.#lit = lit;
    this.#z = z;
  }

  limb(from: Joint, r0: number, to: Joint, r1: number, finish: Finish): void {
    const disc = (joint: Joint, r: number): Disc => ({ x: joint.x, y: joint.y, r: r * joint.scale });
    const stroke = this.#stroke(new Limb(disc(from, r0), disc(to, r1)), { round: 0.34, ...finish });
    if (finish.layer === "under") this.#under.push(stroke);
    else if (finish.layer === "over") this.#over.push(stroke);
    else this.#legs.push({ z: (from.z + to.z) / 2, stroke });
    if (finish.hand === true) this.#hands.push(stroke);
  }

  slab(corners: readonly Joint[], r: number, colour: Rgb, bright = 1): void {
    const scale = corners[0]?.scale ?? 1;
    const shape = new Slab(
      corners.map((joint) => [joint.x, joint.y] as const),
      r * scale,
    );
    this.#coat.push({ ...this.#stroke(shape, { colour, bright, round: 0.3 }), fall: -0.16 });
  }

  bag(strap: Joint, at: Joint, colour: Rgb): void {
    const { x, y, scale: s } = at;
    const disc = (joint: Joint): Disc => ({ x: joint.x, y: joint.y, r: 0.016 * joint.scale });
    this.#coat.push(this.#stroke(new Limb(disc(strap), disc(at)), { colour, bright: 0.6 }));
    const low = y + 0.22 * s;
    const outline = [
      [x - 0.08 * s, y],
      [x + 0.08 * s, y],
      [x + 0.09 * s, low],
      [x - 0.09 * s, low],
    ] as const;
    this.#over.push(this.#stroke(new Slab(outline, 0.03 * s), { colour, bright: 0.9, round: 0.3 }));
  }

  under(shape: Stroke["shape"], finish: Finish): void {
    this.#under.push(this.#stroke(shape, finish));
  }

  polygon(points: readonly (readonly [number, number])[], r: number, finish: Finish): void {
    this.#head.push(this.#stroke(new Slab(points, r), finish));
  }

  oval(x: number, y: number, rx: number, ry: number, finish: Finish): void {
    this.#head.push(this.#stroke(new Oval(x, y, rx, ry), finish));
  }

  sorted(): Stroke[] {
    const legs = [...this.#legs].sort((a, b) => b.z - a.z).map((part) => part.stroke);
    return [...legs, ...this.#under, ...this.#coat, ...this.#over, ...this.#head];
  }

  hands(): Stroke[] {
    return this.#hands;
  }

  #stroke(shape: Stroke["shape"], { colour, bright = 1, round = 0, alpha }: Finish): Stroke {
    const ink = inkOf([colour[0] * bright, colour[1] * bright, colour[2] * bright], this.#lit.light);
    return { shape, ink, z: this.#z, round, lean: this.#lit.lean, ...(alpha === undefined ? {} : { alpha }) };
  }
}
