/** What can be done to a drawing, and what it never does to the corners that nobody touched. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point, Polygon } from "../../../hal/geometry.ts";
import { applyEdit, type Edit } from "../../../web/drawing/edits.ts";
import { shapeOf } from "../../../web/drawing/shapes.ts";
import { anyEdit, garden, house, pane } from "./drawings.ts";

const lineAfter = (edit: Edit): Polygon | undefined => shapeOf(applyEdit(house, edit), 1)?.polygon;

test.each<[string, Edit, Polygon]>([
  [
    "a corner is moved",
    { do: "move-corner", shape: 1, corner: 0, to: [0.25, 0.5] },
    [[0.25, 0.5], ...garden.slice(1)],
  ],
  [
    "a corner stops at the picture's border",
    { do: "move-corner", shape: 1, corner: 3, to: [-3, 7] },
    [...garden.slice(0, 3), [0, 1]],
  ],
  [
    "a corner is inserted between two",
    { do: "insert-corner", shape: 1, after: 0, at: [0.5, 0] },
    [[0.1, 0.1], [0.5, 0], ...garden.slice(1)],
  ],
  [
    "a corner is inserted on the edge that closes the line",
    { do: "insert-corner", shape: 1, after: 3, at: [0, 0.5] },
    [...garden, [0, 0.5]],
  ],
  ["a corner is removed", { do: "remove-corner", shape: 1, corner: 2 }, garden.filter((_, i) => i !== 2)],
  [
    "all of it moves",
    { do: "move-shape", shape: 1, by: [-0.05, 0] },
    garden.map(([x, y]): Point => [x - 0.05, y]),
  ],
])("%s", (_, edit, expected) => {
  expect(lineAfter(edit)).toEqual(expected);
});

test("a shape that moves against the border keeps its form", () => {
  const moved = lineAfter({ do: "move-shape", shape: 1, by: [0.5, -0.5] });
  expect(moved?.[0]?.[0]).toBeCloseTo(0.2, 12);
  expect(moved?.[2]?.[0]).toBe(1);
  expect(moved?.[0]?.[1]).toBe(0);
});

test("the last three corners stay until the shape itself is removed", () => {
  const once = applyEdit(house, { do: "remove-corner", shape: 2, corner: 0 });
  expect(once).toBe(house);
  expect(applyEdit(house, { do: "remove-shape", shape: 2 }).shapes).toHaveLength(1);
});

test("a new shape is last and has a number of its own", () => {
  const added = applyEdit(house, { do: "add-shape", role: "hidden", polygon: pane, motion: null });
  expect(added.shapes.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test.each<[string, Edit]>([
  ["a shape that is not there", { do: "move-corner", shape: 9, corner: 0, to: [0.5, 0.5] }],
  ["a corner that is not there", { do: "move-corner", shape: 1, corner: 4, to: [0.5, 0.5] }],
  ["a place that is no number", { do: "move-corner", shape: 1, corner: 0, to: [Number.NaN, 0.5] }],
  ["a move to where it is", { do: "move-corner", shape: 1, corner: 0, to: [0.1, 0.1] }],
  ["a move by no number", { do: "move-shape", shape: 1, by: [Infinity, 0] }],
  ["a new shape outside", { do: "add-shape", role: "hidden", polygon: [[2, 2]], motion: null }],
])("%s changes nothing", (_, edit) => {
  expect(applyEdit(house, edit)).toBe(house);
});

describe("whatever is done", () => {
  test("no corner becomes something that is no number, or leaves the picture", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 30 }), (edits) => {
        const { shapes } = edits.reduce(applyEdit, house);
        for (const value of shapes.flatMap(({ polygon }) => polygon.flat())) {
          expect(value >= 0 && value <= 1).toBe(true);
        }
      }),
    );
  });

  test("corners that were not touched are the same to the last bit", () => {
    const odd: Polygon = garden.map(([x, y]): Point => [x / 3, y / 7]);
    const before = { shapes: [{ id: 1, role: "line" as const, polygon: odd, motion: null }] };
    const one = anyEdit.filter((edit) => edit.do !== "move-shape" && edit.do !== "add-shape");
    fc.assert(
      fc.property(one, (edit) => {
        const after = shapeOf(applyEdit(before, edit), 1)?.polygon ?? odd;
        const kept = odd.filter((corner) => after.some((each) => Object.is(each, corner)));
        const gone = edit.do === "move-corner" || edit.do === "remove-corner" ? 1 : 0;
        expect(kept.length).toBeGreaterThanOrEqual(odd.length - gone);
      }),
    );
  });
});
