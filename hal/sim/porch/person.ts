/**
 * Person: a walking, ringing, bending figure from a place and a look.
 *
 * A skeleton of joints in metres (forward, right, up around the point between the feet) is
 * posed from the distance walked, turned to where the body faces and projected; limbs, coat and
 * head are drawn over it from far to near. The same figure serves at the door and across the
 * street, walking towards the camera or past it.
 */
import { Figure, type Joint, type JointAt } from "./figure.ts";
import { backHair, paintHead } from "./head.ts";
import { clamp, mix, sineTurns, smooth } from "./math.ts";
import type { Lit } from "./lamps.ts";
import type { Rgb } from "./light.ts";
import { parcelStrokes } from "./parcel.ts";
import { canvasX, canvasY, surfaceY, view } from "./plan.ts";
import type { Stroke } from "./brush.ts";
import type { Actor } from "./script.ts";
import type { Look } from "./wardrobe.ts";

type Person = Extract<Actor, { kind: "person" }>;

/** Eyes of a figure of usual size above its feet. */
const faceY = 1.65;
/** Metres of walking for a left and a right step together. */
const strideM = 1.42;

export function personStrokes(person: Person, look: Look, lit: Lit): Stroke[] {
  const { place, reach, bend } = person;
  const { x, z, headX, headZ } = place;
  const size = look.heightM / 1.74;
  const floorY = surfaceY(z) + person.raised * (view.eyeM - 0.03 - faceY * size);
  const nearest = person.raised > 0 ? 0.16 : 0.35;
  const at: JointAt = (forward, right, up) => {
    const wx = x + (headX * forward + headZ * right) * size;
    const wz = Math.max(nearest, z + (headZ * forward - headX * right) * size);
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

  paintHead(draw, { at, look, lean: lean + bend * 0.16, up: shoulderY + 0.05 - bend * 0.12, towards });
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

function lerp3(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
  f: number,
): [number, number, number] {
  return [mix(a[0], b[0], f), mix(a[1], b[1], f), mix(a[2], b[2], f)];
}
