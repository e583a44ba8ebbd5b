/**
 * Names: what shapes, corners and flaws are called on the screen and by a screen reader.
 */
import type { Point } from "../../hal/geometry.ts";
import { percentExact } from "../look/format.ts";
import { words } from "../words.ts";
import type { Flaw } from "./flaws.ts";
import { type Drawing, placeOf, type Shape } from "./shapes.ts";

const { drawing: say } = words;

export function shapeName(drawing: Drawing, shape: Shape): string {
  if (shape.motion !== null && shape.motion.name !== "") return shape.motion.name;
  const place = placeOf(drawing, shape) + 1;
  return shape.role === "line" ? say.line : shape.role === "hidden" ? say.hidden(place) : say.counted(place);
}

export function cornerName(drawing: Drawing, shape: Shape, corner: number): string {
  return say.corner(corner + 1, shape.polygon.length, shapeName(drawing, shape));
}

export function placeName([x, y]: Point): string {
  return say.place(percentExact(x), percentExact(y));
}

/** What is wrong with a shape, as a sentence. */
export function flawText(drawing: Drawing, { shape, what }: Flaw): string {
  const name = shapeName(drawing, shape);
  switch (what.kind) {
    case "too-few":
      return say.flaws.tooFew(name);
    case "too-many":
      return say.flaws.tooMany(name);
    case "outside":
      return say.flaws.outside(name, what.corner + 1);
    case "twin":
      return say.flaws.twin(name, what.corner + 1);
    case "crossing":
      return say.flaws.crossing(name);
    case "no-area":
      return say.flaws.noArea(name);
  }
}
