/**
 * Zones draft: a drawing to the motion zones that the doorbell keeps, and back. Pure.
 */
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Point } from "../../hal/geometry.ts";
import { type Drawing, type Motion, type Shape, shapeOf } from "../drawing/shapes.ts";

export const mostZones = 16;
export const mostNameLetters = 40;

export function drawingFromZones({ zones }: Pick<Zones, "zones">): Drawing {
  const shapes = zones.map(({ name, polygon, sensitivity, fuse, what }, i): Shape => ({
    id: i + 1,
    role: "counted",
    polygon: polygon.map(([x, y]): Point => [x, y]),
    motion: { name, sensitivity, fuse, what },
  }));
  return { shapes };
}

/** What is not drawn (the sensitivity of the whole, the rules) stays as it is kept. */
export function zonesOf({ shapes }: Drawing, kept: Omit<Zones, "zones">): Zones {
  return {
    ...kept,
    zones: shapes.map(({ polygon, motion }) => ({
      name: motion?.name.trim() ?? "",
      polygon: polygon.map(([x, y]): [number, number] => [x, y]),
      sensitivity: motion?.sensitivity ?? null,
      ...(motion?.fuse === undefined ? {} : { fuse: motion.fuse }),
      ...(motion?.what === undefined ? {} : { what: motion.what }),
    })),
  };
}

function namesOf({ shapes }: Drawing): string[] {
  return shapes.map(({ motion }) => motion?.name.trim() ?? "");
}

export function isSameZones(a: Zones, b: Zones): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What the zones' names lack; null = nothing. */
export type NameFlaw = { readonly kind: "missing" } | { readonly kind: "twice"; readonly name: string };

export function nameFlaw(drawing: Drawing): NameFlaw | null {
  const names = namesOf(drawing);
  if (names.some((name) => name === "")) return { kind: "missing" };
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? null : { kind: "twice", name: twice };
}

/** What a new zone says: a name of its own, and the sensitivity of the settings. */
export function newMotion(drawing: Drawing, nameOf: (place: number) => string): Motion {
  const taken = new Set(namesOf(drawing));
  let place = drawing.shapes.length + 1;
  while (taken.has(nameOf(place))) place += 1;
  return { name: nameOf(place), sensitivity: null };
}

/** A zone with another name or sensitivity; null when it is not there. */
export function described(drawing: Drawing, id: number, change: Partial<Motion>): Motion | null {
  const motion = shapeOf(drawing, id)?.motion ?? null;
  return motion === null ? null : { ...motion, ...change };
}
