/**
 * The plan: where things stand around the porch, in metres, and how they fall on the picture.
 *
 * World: x to the right, y up from the porch floor, z away from the door. The camera hangs over
 * the door at (0, eyeM, 0) and looks straight out, with its optical axis shifted up: verticals
 * stay vertical, and the horizon lies at 22 % of the height. Being above people's heads is what
 * lets a property line along the hedge keep a visitor's face and lose the street.
 *
 * Picture: "canvas" units, 1280 wide and 720 high whatever the real size, so that the same line
 * in fractions fits every resolution.
 */
import { smooth } from "./math.ts";

export const canvasWidth = 1280;
export const canvasHeight = 720;

export const view = { eyeM: 2.2, focal: 512, centreX: 640, horizonY: 158 } as const;

/** Level of garden, pavement and street below the porch floor. */
export const groundM = -0.3;

export const plan = {
  porch: {
    edgeZ: 3.2,
    halfX: 2.4,
    stepZ: 3.6,
    stepHalfX: 1,
    postX: 2.1,
    postZ: 3,
    postHalf: 0.08,
    beamY: 2.9,
  },
  mat: { halfX: 0.48, nearZ: 2.05, farZ: 2.66 },
  /** The boundary towards the street. */
  front: { z: 9, hedgeTopY: 0.8, hedgeDepth: 0.55 },
  gate: { leftX: 2.6, rightX: 3.8, postWidth: 0.25, postTopY: 1.05, leafTopY: 0.66 },
  sideFence: { x: -4.2, topY: 1.2 },
  sideHedge: { x: 6.2, topY: 1.9 },
  neighbour: { x: -5.6, farZ: 8, window: { nearZ: 5, farZ: 6.2, lowY: 0.95, topY: 2.3 } },
  pavement: { nearZ: 9.55, farZ: 11.4 },
  street: { nearZ: 11.5, farZ: 17.6 },
  farPavement: { nearZ: 17.7, farZ: 19.3 },
  houses: { z: 25 },
  streetLamp: { x: -3.1, z: 10.95, topY: 4.35 },
  porchLamp: { x: 0.2, y: 2.72, z: 1.3 },
  bush: { x: -1.9, z: 6.3, halfX: 0.78, heightM: 1.25 },
} as const;

export function canvasX(x: number, z: number): number {
  return view.centreX + (view.focal * x) / z;
}

export function canvasY(y: number, z: number): number {
  return view.horizonY + (view.focal * (view.eyeM - y)) / z;
}

/** Middle of the garden path at a distance from the door. */
export function pathX(z: number): number {
  return 3.2 * smooth(3.5, 8.7, z);
}

/** Height of the walking surface: porch floor, one step, ground. */
export function surfaceY(z: number): number {
  return (groundM / 2) * (smooth(3.08, 3.3, z) + smooth(3.55, 3.8, z));
}

/** On the owner's ground: this side of the front hedge, between side fence and side hedge. */
export function insideProperty(x: number, z: number): boolean {
  return z < plan.front.z && x > plan.sideFence.x && x < plan.sideHedge.x;
}
