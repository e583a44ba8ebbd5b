/**
 * Projection: degrees to plan metres (spherical Mercator) and back.
 *
 * Conformal, so that a circle on the ground is a circle on the plan at every scale; lengths grow by
 * 1 / cos(latitude), which `stretchAt` gives. y points south, as on screens. Latitudes beyond 85 degrees are cut.
 */
import type { Place } from "../../../daemon/consent/common.ts";

const radiusM = 6_371_008.8;
const mostLatitude = 85;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function toPlan({ lat, lon }: Place): Point {
  const cut = Math.min(mostLatitude, Math.max(-mostLatitude, lat));
  return { x: radiusM * radians(lon), y: -radiusM * Math.log(Math.tan(Math.PI / 4 + radians(cut) / 2)) };
}

export function toPlace({ x, y }: Point): Place {
  return {
    lat: degrees(2 * Math.atan(Math.exp(-y / radiusM)) - Math.PI / 2),
    lon: degrees(x / radiusM),
  };
}

/** Plan metres for a metre on the ground. */
export function stretchAt(lat: number): number {
  return 1 / Math.cos(radians(Math.min(mostLatitude, Math.abs(lat))));
}
