/**
 * Policy draft: a drawing to the PrivacyPolicy that will be signed, and back.
 *
 * Pure. Corners go in and come out as the very same numbers. The policy in force is read without
 * its signature being asked for: it is shown and drawn on, and means nothing until it is signed anew;
 * the eye verifies for itself.
 */
import { polygonFlaw } from "../../daemon/policy/polygon.ts";
import type { Policy } from "../../daemon/policy/policy.ts";
import { maxPrivacyZones, type MaskShape } from "../../daemon/policy/shape.ts";
import type { Polygon } from "../../hal/geometry.ts";
import { type Drawing, emptyDrawing, type Shape } from "../drawing/shapes.ts";
import type { Size } from "../drawing/view.ts";

export const leastHours = 1;
export const mostHours = 720;

/** Null while there is no line. */
export function maskOf({ shapes }: Drawing): MaskShape | null {
  const line = shapes.find(({ role }) => role === "line");
  if (line === undefined) return null;
  const privacyZones = shapes.flatMap(({ role, polygon }) => (role === "hidden" ? [polygon] : []));
  return { propertyLine: line.polygon, privacyZones };
}

export function drawingFrom(mask: MaskShape | null): Drawing {
  if (mask === null) return emptyDrawing;
  const polygons = [mask.propertyLine, ...mask.privacyZones];
  const shapes = polygons.map((polygon, i): Shape => ({
    id: i + 1,
    role: i === 0 ? "line" : "hidden",
    polygon,
    motion: null,
  }));
  return { shapes };
}

export interface Facts {
  readonly version: number;
  readonly camera: string;
  readonly picture: Size;
  readonly retentionHours: number;
  readonly issuedAt: number;
  readonly ways: Ways;
}

/** What besides the picture of the house's own people may be given out (web/publish). */
export type Ways = Pick<Policy, "audio" | "publish">;
export const publishWays = ["rtsp", "ntfy", "webhook"] as const satisfies (keyof Policy["publish"])[];
export const noWays: Ways = { audio: false, publish: {} };

export function policyOf(mask: MaskShape, facts: Facts): Policy {
  const { version, camera, picture, retentionHours, issuedAt, ways } = facts;
  return {
    version,
    camera,
    picture: { width: picture.width, height: picture.height },
    propertyLine: copyOf(mask.propertyLine),
    privacyZones: mask.privacyZones.map(copyOf),
    audio: ways.audio,
    retentionHours,
    publish: ways.publish,
    issuedAt,
  };
}

function copyOf(polygon: Polygon): [number, number][] {
  return polygon.map(([x, y]) => [x, y]);
}

/** Same corners, bit for bit, in the same order. */
export function isSameMask(a: MaskShape | null, b: MaskShape | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    JSON.stringify([a.propertyLine, a.privacyZones]) === JSON.stringify([b.propertyLine, b.privacyZones])
  );
}

/** From JSON of another side: null unless it is lines that can be drawn. */
export function maskFrom(value: unknown): MaskShape | null {
  if (typeof value !== "object" || value === null) return null;
  const { propertyLine, privacyZones } = value as Record<string, unknown>;
  if (!isPolygon(propertyLine) || !Array.isArray(privacyZones)) return null;
  if (privacyZones.length > maxPrivacyZones || !privacyZones.every(isPolygon)) return null;
  return { propertyLine, privacyZones };
}

function isPolygon(value: unknown): value is Polygon {
  return isPairs(value) && polygonFlaw(value) === null;
}

function isPairs(value: unknown): value is Polygon {
  return (
    Array.isArray(value) &&
    value.every(
      (point: unknown) =>
        Array.isArray(point) && point.length === 2 && point.every((each) => typeof each === "number"),
    )
  );
}
