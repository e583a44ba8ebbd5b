/**
 * Plan: the area of a request and the house on it, as numbers for a drawing. Pure.
 *
 * The earth is flat within a kilometre: east and north in metres from the middle of the area, north
 * up. The drawing is a square of `planSide` units that holds circle and house with room around. Nothing is
 * fetched for it: what a plan shows is the request and the house's own place.
 */
import type { Place } from "../../daemon/consent/common.ts";
import type { Request } from "../../daemon/consent/request.ts";

export const planSide = 320;
const half = planSide / 2;
/** Of half a side; the rest is for words. */
const usedFrac = 0.8;
const metresADegree = 111_195;

export interface Offset {
  readonly eastM: number;
  readonly northM: number;
}

export interface Plan {
  /** Of the circle, in units of the drawing. */
  readonly radius: number;
  /** From the middle, x right, y down; null = not known here. */
  readonly house: readonly [x: number, y: number] | null;
  /** The circle on which the house lies, where only its distance is known. */
  readonly ring: number | null;
  readonly scale: { readonly metres: number; readonly length: number };
  /** Outline of the agency's territory as an SVG path, where its border crosses the plan. */
  readonly border: string | null;
}

interface Shown {
  readonly area: Request["area"];
  readonly house: Place | null;
  readonly distanceM: number;
  readonly jurisdiction: readonly (readonly [lat: number, lon: number])[];
}

export function planOf({ area, house, distanceM, jurisdiction }: Shown): Plan {
  const seenM = Math.max(area.radiusM, distanceM, 1) / usedFrac;
  const perM = half / seenM;
  const onPlan = (place: Place): [number, number] => {
    const { eastM, northM } = offsetM(area, place);
    return [tenth(eastM * perM), tenth(-northM * perM)];
  };
  return {
    radius: tenth(area.radiusM * perM),
    house: house === null ? null : onPlan(house),
    ring: house === null ? tenth(distanceM * perM) : null,
    scale: scaleOf(seenM, perM),
    border: borderOf(jurisdiction.map(([lat, lon]) => onPlan({ lat, lon }))),
  };
}

/** From `from` to `to`; across the 180th meridian the short way. */
export function offsetM(from: Place, to: Place): Offset {
  const turn = ((((to.lon - from.lon + 180) % 360) + 360) % 360) - 180;
  const narrower = Math.cos((from.lat * Math.PI) / 180);
  return { eastM: turn * metresADegree * narrower, northM: (to.lat - from.lat) * metresADegree };
}

/** 0 = north, 1 = north-east ... 7 = north-west. */
export function compassOf({ eastM, northM }: Offset): number {
  return (Math.round(Math.atan2(eastM, northM) / (Math.PI / 4)) + 8) % 8;
}

/** 1, 2 or 5 times a power of ten, at most a third of the side. */
function scaleOf(seenM: number, perM: number): Plan["scale"] {
  const most = (2 * seenM) / 3;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, length: tenth(metres * perM) };
}

type Point = readonly [x: number, y: number];

function borderOf(corners: readonly Point[]): string | null {
  const crosses = corners.some((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    return next !== undefined && crossesPlan(corner, next);
  });
  return crosses ? `M${corners.map(([x, y]) => `${x} ${y}`).join("L")}Z` : null;
}

/** Does a straight line pass through the square? By clipping it (Liang and Barsky). */
function crossesPlan([x1, y1]: Point, [x2, y2]: Point): boolean {
  let [from, to] = [0, 1];
  const bounds = [
    [x1 - x2, x1 + half],
    [x2 - x1, half - x1],
    [y1 - y2, y1 + half],
    [y2 - y1, half - y1],
  ] as const;
  for (const [towards, room] of bounds) {
    if (towards === 0) {
      if (room < 0) return false;
      continue;
    }
    const at = room / towards;
    if (towards < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
  }
  return from <= to;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
