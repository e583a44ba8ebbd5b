/**
 * The simulated porch's privacy mask: its property line and privacy zones, in fractions.
 *
 * The line follows what bounds the property in the picture, a finger's breadth inside it: the
 * porch post, the side fence, the front hedge, the opening of the gate down to the ground, and
 * the tall hedge. Street, pavement and sky are outside. The neighbour's window, seen past the
 * post, is a privacy zone. The shape is that of a policy's payload without its version.
 */
import type { Point, Polygon } from "../../geometry.ts";
import { canvasHeight, canvasWidth, canvasX, canvasY, groundM, plan } from "./plan.ts";

/** Kept inside the boundary, in canvas units: blurred edges and swaying twigs stay out. */
const marginPx = 3;

const { front, gate, neighbour, sideFence, sideHedge } = plan;

function point(canvasPointX: number, canvasPointY: number): Point {
  const round = (fraction: number): number => Math.round(fraction * 10_000) / 10_000;
  return [round(canvasPointX / canvasWidth), round(canvasPointY / canvasHeight)];
}

/** On the side fence or side hedge, where the ray of this column meets it. */
function sideTop(columnX: number, sideX: number, topY: number): Point {
  const z = (512 * sideX) / (columnX - 640);
  return point(columnX, canvasY(topY, z) + marginPx);
}

const postEdge = 300;
const hedgeTop = canvasY(front.hedgeTopY, front.z) + marginPx;
const gateGround = canvasY(groundM, front.z) + marginPx;
const gateLeft = canvasX(gate.leftX, front.z) - marginPx;
const gateRight = canvasX(gate.rightX, front.z) + marginPx;
const fenceEnd = canvasX(sideFence.x, front.z);
const tallEnd = canvasX(sideHedge.x, front.z) + marginPx;

const propertyLine: Polygon = [
  point(0, canvasHeight),
  point(0, 0),
  point(postEdge, 0),
  sideTop(postEdge, sideFence.x, sideFence.topY),
  sideTop(fenceEnd, sideFence.x, sideFence.topY),
  point(fenceEnd, hedgeTop),
  point(gateLeft, hedgeTop),
  point(gateLeft, gateGround),
  point(gateRight, gateGround),
  point(gateRight, hedgeTop),
  point(tallEnd, hedgeTop),
  sideTop(tallEnd, sideHedge.x, sideHedge.topY),
  sideTop(canvasWidth, sideHedge.x, sideHedge.topY),
  point(canvasWidth, canvasHeight),
];

/** The neighbour's window in the wall left of the post, with its frame. */
const { x: wallX, window: pane } = neighbour;
const neighbourWindow: Polygon = [
  point(canvasX(wallX, pane.nearZ - 0.15), canvasY(pane.topY + 0.2, pane.nearZ - 0.15)),
  point(canvasX(wallX, pane.farZ + 0.2), canvasY(pane.topY + 0.2, pane.farZ + 0.2)),
  point(canvasX(wallX, pane.farZ + 0.2), canvasY(pane.lowY - 0.2, pane.farZ + 0.2)),
  point(canvasX(wallX, pane.nearZ - 0.15), canvasY(pane.lowY - 0.2, pane.nearZ - 0.15)),
];

export const porchPolicy: { readonly propertyLine: Polygon; readonly privacyZones: readonly Polygon[] } = {
  propertyLine,
  privacyZones: [neighbourWindow],
};
