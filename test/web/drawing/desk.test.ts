/** Undo and redo, drafts, and what is selected after each act. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Point } from "../../../hal/geometry.ts";
import { act, type Act, canRedo, canUndo, drawingOf, openDesk } from "../../../web/drawing/desk.ts";
import { mostSteps } from "../../../web/drawing/history.ts";
import { emptyDrawing, shapeOf } from "../../../web/drawing/shapes.ts";
import { acts, anyAct, house } from "./drawings.ts";

const move = (to: Point, run?: string): Act => ({
  act: "edit",
  edit: { do: "move-corner", shape: 1, corner: 0, to },
  ...(run === undefined ? {} : { run }),
});
const undo: Act = { act: "undo" };
const redo: Act = { act: "redo" };
const draft: Act = { act: "draft", role: "line", motion: null };
const corner = (x: number, y: number): Act => ({ act: "corner", at: [x, y] });

test("redo after undo is what it was before, whatever was done", () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), (list) => {
      const desk = acts(openDesk(house), ...list, { act: "drop-draft" });
      fc.pre(canUndo(desk));
      expect(drawingOf(acts(desk, undo, redo))).toEqual(drawingOf(desk));
    }),
  );
});

test("undo to the end gives the drawing that it began with, the very same object", () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 40 }), (list) => {
      let desk = acts(openDesk(house), ...list, { act: "drop-draft" });
      while (canUndo(desk)) desk = act(desk, undo);
      expect(drawingOf(desk)).toBe(house);
    }),
  );
});

test("a new edit after undo leaves nothing to redo", () => {
  const desk = acts(openDesk(house), move([0.2, 0.2]), undo, move([0.3, 0.3]));
  expect(canRedo(desk)).toBe(false);
});

test("a drag is one step, and two drags are two", () => {
  const once = acts(openDesk(house), move([0.2, 0.2], "a"), move([0.3, 0.3], "a"), { act: "end-run" });
  expect(drawingOf(act(once, undo))).toBe(house);
  const twice = acts(once, move([0.4, 0.4], "a"));
  expect(drawingOf(act(twice, undo))).toBe(drawingOf(once));
});

test("a drag that is given up leaves no trace", () => {
  const desk = acts(openDesk(house), move([0.2, 0.2], "a"), { act: "cancel-run", run: "a" });
  expect(drawingOf(desk)).toBe(house);
  expect([canUndo(desk), canRedo(desk)]).toEqual([false, false]);
});

test("a draft closes on its first corner and is selected", () => {
  const desk = acts(openDesk(emptyDrawing), draft, corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 0));
  expect(drawingOf(desk).shapes.map(({ polygon }) => polygon)).toEqual([
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
  ]);
  expect(desk.selection).toEqual({ shape: 1, corner: null });
});

test("two corners close nothing, and a corner on the last one is none", () => {
  const desk = acts(openDesk(emptyDrawing), draft, corner(0, 0), corner(1, 0), corner(1, 0), {
    act: "close-draft",
  });
  expect(desk.draft?.corners).toHaveLength(2);
});

test("undo takes the corners of a draft back one by one, then the draft", () => {
  const desk = acts(openDesk(house), draft, corner(0, 0), corner(1, 0), undo);
  expect(desk.draft?.corners).toEqual([[0, 0]]);
  expect(acts(desk, undo, undo).draft).toBeNull();
  expect(drawingOf(acts(desk, undo, undo))).toBe(house);
});

test("the new corner is selected, and after a removal the one that took its place", () => {
  const inserted = act(openDesk(house), {
    act: "edit",
    edit: { do: "insert-corner", shape: 1, after: 3, at: [0.05, 0.5] },
  });
  expect(inserted.selection).toEqual({ shape: 1, corner: 4 });
  const removed = act(inserted, { act: "edit", edit: { do: "remove-corner", shape: 1, corner: 4 } });
  expect(removed.selection).toEqual({ shape: 1, corner: 0 });
});

test("a selection never names what is not there", () => {
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30 }), (list) => {
      const desk = acts(openDesk(house), ...list);
      const { selection } = desk;
      if (selection === null) return;
      const shape = shapeOf(drawingOf(desk), selection.shape);
      expect(shape).not.toBeNull();
      if (selection.corner !== null) expect(shape?.polygon[selection.corner]).toBeDefined();
    }),
  );
});

test("old steps are forgotten, not kept without end", () => {
  let desk = openDesk(house);
  for (let i = 1; i <= mostSteps + 50; i += 1) desk = act(desk, move([i / 1_000, 0.5]));
  expect(desk.history.past).toHaveLength(mostSteps);
});
