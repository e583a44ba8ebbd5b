/** Drawings, acts and views for the editor's tests. */
import fc from "fast-check";
import type { Point, Polygon } from "../../../hal/geometry.ts";
import type { Act, Desk } from "../../../web/drawing/desk.ts";
import { act } from "../../../web/drawing/desk.ts";
import type { Edit } from "../../../web/drawing/edits.ts";
import type { Drawing, Role, Shape } from "../../../web/drawing/shapes.ts";

export const garden: Polygon = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
];
export const pane: Polygon = [
  [0.2, 0.2],
  [0.3, 0.2],
  [0.3, 0.3],
];

export function aShape(id: number, role: Role, polygon: Polygon): Shape {
  return { id, role, polygon, motion: null };
}

/** A property line (1) with one privacy zone in it (2). */
export const house: Drawing = { shapes: [aShape(1, "line", garden), aShape(2, "hidden", pane)] };

export function acts(desk: Desk, ...list: readonly Act[]): Desk {
  return list.reduce(act, desk);
}

/** Any number that a broken pointer could bring. */
const wild = fc.oneof(
  fc.double({ min: -0.5, max: 1.5, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300),
);
export const wildPoint: fc.Arbitrary<Point> = fc.tuple(wild, wild);
const id = fc.integer({ min: 0, max: 5 });
const corner = fc.integer({ min: -1, max: 6 });

export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constant("move-corner" as const), shape: id, corner, to: wildPoint }),
  fc.record({ do: fc.constant("insert-corner" as const), shape: id, after: corner, at: wildPoint }),
  fc.record({ do: fc.constant("remove-corner" as const), shape: id, corner }),
  fc.record({ do: fc.constant("move-shape" as const), shape: id, by: wildPoint }),
  fc.record({
    do: fc.constant("add-shape" as const),
    role: fc.constantFrom<Role>("hidden", "counted"),
    polygon: fc.array(wildPoint, { maxLength: 6 }),
    motion: fc.constant(null),
  }),
  fc.record({ do: fc.constant("remove-shape" as const), shape: id }),
);

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant("edit" as const), edit: anyEdit }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("edit" as const),
      edit: anyEdit,
      run: fc.constantFrom("drag 1", "drag 2"),
    }),
  },
  fc.constantFrom<Act>(
    { act: "undo" },
    { act: "redo" },
    { act: "end-run" },
    { act: "cancel-run", run: "drag 1" },
  ),
  fc.record({
    act: fc.constant("select" as const),
    selection: fc.option(fc.record({ shape: id, corner: fc.option(corner) })),
  }),
  fc.record({
    act: fc.constant("draft" as const),
    role: fc.constant<Role>("hidden"),
    motion: fc.constant(null),
  }),
  fc.record({ act: fc.constantFrom("corner" as const), at: wildPoint }),
  fc.record({ act: fc.constantFrom("cursor" as const), to: wildPoint }),
  fc.constantFrom<Act>({ act: "close-draft" }, { act: "drop-draft" }),
);
