/**
 * Flaws: why a drawing cannot be saved yet, and where to look.
 *
 * Asks of every shape what daemon/policy asks when it is signed and when it is opened. Pure.
 */
import { polygonFlaw, type PolygonFlaw } from "../../daemon/policy/polygon.ts";
import { type Drawing, placeOf, type Shape } from "./shapes.ts";

export interface Flaw {
  readonly shape: Shape;
  /** Place among the shapes of its role, from 0. */
  readonly place: number;
  readonly what: PolygonFlaw;
}

/** The first thing wrong with each shape. */
export function flawsOf(drawing: Drawing): Flaw[] {
  return drawing.shapes.flatMap((shape) => {
    const what = polygonFlaw(shape.polygon);
    return what === null ? [] : [{ shape, place: placeOf(drawing, shape), what }];
  });
}

/** Edges of a shape to be shown as wrong. */
export function wrongEdges(flaws: readonly Flaw[], shape: Shape): readonly number[] {
  const what = flaws.find((flaw) => flaw.shape.id === shape.id)?.what;
  if (what === undefined) return [];
  if (what.kind === "crossing") return what.edges;
  return what.kind === "twin" ? [what.corner] : [];
}
