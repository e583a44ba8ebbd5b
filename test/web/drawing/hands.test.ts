/** Keys, fingers and mouse: what they do to the drawing and to the view of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { Point } from "../../../hal/geometry.ts";
import { viewOf } from "../../../hal/view.ts";
import { act, type Desk, drawingOf, openDesk } from "../../../web/drawing/desk.ts";
import { type Gesture, idle, type PointerStep } from "../../../web/drawing/gesture-state.ts";
import { gestureStep } from "../../../web/drawing/gesture.ts";
import { maskAsSeen } from "../../../web/drawing/frame.ts";
import { hit } from "../../../web/drawing/hit.ts";
import { keyAct } from "../../../web/drawing/keys.ts";
import { shapeOf } from "../../../web/drawing/shapes.ts";
import { pan, reveal, toPicture, toStage, type View, wholeView, zoomAt } from "../../../web/drawing/view.ts";
import { acts, house } from "./drawings.ts";

const picture = { width: 400, height: 200 };
// margins of 22 px: one pixel of the picture is one CSS pixel
const view = wholeView({ width: 444, height: 244 }, picture);
const plain = { shift: false, command: false };

function press(desk: Desk, key: string, change: { shift?: boolean; command?: boolean } = {}): Desk {
  const what = keyAct(desk, { ...plain, key, ...change }, { picture, frame: null });
  return what === null ? desk : act(desk, what);
}

/** Plays pointer steps and carries out what follows from each. */
function play(desk: Desk, steps: readonly PointerStep[], snap = (place: Point): Point => place) {
  let [gesture, shown, now]: [Gesture, View, Desk] = [idle, view, desk];
  for (const step of steps) {
    const outcome = gestureStep(gesture, step, { desk: now, view: shown, snap, run: "drag" });
    now = acts(now, ...outcome.acts);
    [gesture, shown] = [outcome.gesture, outcome.view];
  }
  return { desk: now, view: shown, gesture };
}

const at = (place: Point): Point => toStage(view, place);
const step = (type: PointerStep["type"], where: Point, pointer = 1, touch = false): PointerStep => ({
  type,
  at: where,
  pointer,
  touch,
});
const drag = (from: Point, to: Point, touch = false): PointerStep[] => [
  step("down", from, 1, touch),
  step("move", to, 1, touch),
  step("up", to, 1, touch),
];
const tap = (where: Point): PointerStep[] => [step("down", where), step("up", where)];
const line = (desk: Desk) => shapeOf(drawingOf(desk), 1)?.polygon ?? [];

describe("the keyboard", () => {
  const chosen = act(openDesk(house), { act: "select", selection: { shape: 1, corner: 1 } });

  test.each<[string, string, boolean, Point]>([
    ["one pixel to the left", "ArrowLeft", false, [0.8975, 0.1]],
    ["one pixel down", "ArrowDown", false, [0.9, 0.105]],
    ["ten pixels to the right", "ArrowRight", true, [0.925, 0.1]],
    ["ten pixels up", "ArrowUp", true, [0.9, 0.05]],
  ])("moves a corner %s", (_, key, shift, place) => {
    expect(line(press(chosen, key, { shift }))[1]).toEqual(place);
  });

  test("a run of arrows on one corner is one step back", () => {
    const moved = press(press(press(chosen, "ArrowLeft"), "ArrowLeft"), "ArrowUp");
    expect(drawingOf(press(moved, "z", { command: true }))).toBe(house);
  });

  test("Shift+Ctrl+Z and Ctrl+Y bring it back", () => {
    const undone = press(press(chosen, "ArrowLeft"), "z", { command: true });
    for (const desk of [
      press(undone, "Z", { command: true, shift: true }),
      press(undone, "y", { command: true }),
    ]) {
      expect(line(desk)[1]).toEqual([0.8975, 0.1]);
    }
  });

  test("Enter puts a corner in the middle of the next edge, Delete takes it away again", () => {
    const added = press(chosen, "Enter");
    expect(line(added)[2]).toEqual([0.9, 0.5]);
    expect(line(press(added, "Delete"))).toEqual(line(chosen));
  });

  test("the shape as a whole moves and goes", () => {
    const whole = press(chosen, "Escape");
    expect(line(press(whole, "ArrowRight"))[0]).toEqual([expect.closeTo(0.1025, 12), 0.1]);
    expect(drawingOf(press(whole, "Delete")).shapes).toHaveLength(1);
  });

  test("a shape is drawn with nothing but keys", () => {
    let desk = act(openDesk(house), { act: "draft", role: "hidden", motion: null });
    desk = press(desk, "Enter");
    desk = press(press(desk, "ArrowRight", { shift: true }), " ");
    desk = press(press(desk, "ArrowDown", { shift: true }), "Enter");
    desk = press(desk, "c");
    expect(drawingOf(desk).shapes.at(-1)?.polygon).toEqual([
      [0.5, 0.5],
      [0.525, 0.5],
      [0.525, 0.55],
    ]);
  });

  test.each(["Tab", "a", "F5"])("%s stays the browser's", (key) => {
    expect(keyAct(chosen, { ...plain, key }, { picture, frame: null })).toBeNull();
  });
});

describe("a pointer", () => {
  test("drags a corner, wherever on it the finger is", () => {
    const [x, y] = at([0.9, 0.1]);
    const { desk } = play(openDesk(house), drag([x + 5, y + 3], [x - 35, y + 23]));
    expect(line(desk)[1]).toEqual([0.8, 0.2]);
    expect(desk.history.past).toHaveLength(1);
  });

  test("that trembles selects and moves nothing", () => {
    const [x, y] = at([0.9, 0.1]);
    const { desk } = play(openDesk(house), drag([x, y], [x + 6, y], true));
    expect(drawingOf(desk)).toBe(house);
    expect(desk.selection).toEqual({ shape: 1, corner: 1 });
  });

  test("taps an edge for a new corner", () => {
    const { desk } = play(openDesk(house), tap(at([0.5, 0.1])));
    expect(line(desk)[1]).toEqual([0.5, 0.1]);
    expect(desk.selection).toEqual({ shape: 1, corner: 1 });
  });

  test("pulls a new corner out of an edge in one step", () => {
    const { desk } = play(openDesk(house), drag(at([0.5, 0.1]), at([0.5, 0.05])));
    expect(line(desk)[1]).toEqual([0.5, 0.05]);
    expect(drawingOf(act(desk, { act: "undo" }))).toBe(house);
  });

  test("moves a whole shape by its handle, and back from beyond the border", () => {
    const whole = act(openDesk(house), { act: "select", selection: { shape: 1, corner: null } });
    const far = play(whole, [step("down", at([0.5, 0.5])), step("move", at([2, 0.5]))]);
    expect(line(far.desk)[1]?.[0]).toBe(1);
    const back = play(whole, [
      step("down", at([0.5, 0.5])),
      step("move", at([2, 0.5])),
      step("move", at([0.55, 0.5])),
      step("up", at([0.55, 0.5])),
    ]);
    expect(line(back.desk)[1]?.[0]).toBeCloseTo(0.95, 9);
  });

  test("joined by a second one gives up its drag and zooms", () => {
    const corner = at([0.9, 0.1]);
    const { desk, view: shown } = play(openDesk(house), [
      step("down", corner, 1, true),
      step("move", [corner[0] - 40, corner[1]], 1, true),
      step("down", [100, 100], 2, true),
      step("move", [50, 100], 2, true),
      step("up", [50, 100], 2, true),
    ]);
    expect(drawingOf(desk)).toBe(house);
    expect(shown.zoom).toBeGreaterThan(1);
  });

  test("that the browser takes away leaves the drawing as it was", () => {
    const { desk } = play(openDesk(house), [
      ...drag(at([0.9, 0.1]), at([0.5, 0.5])).slice(0, 2),
      step("cancel", [0, 0]),
    ]);
    expect(drawingOf(desk)).toBe(house);
  });

  test("sets the corners of a draft where it is released and closes it on the first", () => {
    const draft = act(openDesk({ shapes: [] }), { act: "draft", role: "line", motion: null });
    const corners: Point[] = [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.8, 0.8],
      [0.2, 0.2],
    ];
    const { desk } = play(
      draft,
      corners.flatMap((place) => tap(at(place))),
    );
    expect(line(desk)).toEqual(corners.slice(0, 3));
  });

  test("never breaks the drawing, whatever it does", () => {
    const steps = fc.record({
      type: fc.constantFrom<PointerStep["type"]>("down", "move", "up", "cancel"),
      pointer: fc.integer({ min: 1, max: 3 }),
      at: fc.tuple(fc.integer({ min: -50, max: 500 }), fc.integer({ min: -50, max: 300 })),
      touch: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (list) => {
        const after = play(openDesk(house), list);
        const numbers = drawingOf(after.desk).shapes.flatMap(({ polygon }) => polygon.flat());
        expect(numbers.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(Number.isFinite(after.view.zoom + after.view.centre[0] + after.view.centre[1])).toBe(true);
      }),
    );
  });
});

describe("what is under the pointer", () => {
  const under = (place: Point, selected: number | null = null, reachPx = 11) =>
    hit(house, selected, { view, at: place, reachPx });

  test("a corner wins over its edges, an edge over the inside", () => {
    expect(under(at([0.9, 0.1]))).toMatchObject({ on: "corner", shape: 1, corner: 1 });
    expect(under(at([0.5, 0.11]))).toMatchObject({ on: "edge", shape: 1, corner: 0 });
    expect(under(at([0.7, 0.7]))).toEqual({ on: "shape", shape: 1 });
    expect(under(at([0.05, 0.5]))).toBeNull();
  });

  test("a zone is found before the line around it", () => {
    expect(
      hit(house, 1, { view: zoomAt(view, at([0.28, 0.23]), 8), at: at([0.28, 0.23]), reachPx: 4 }),
    ).toEqual({
      on: "shape",
      shape: 2,
    });
  });

  test("a finger reaches 22 px, a mouse 11", () => {
    const [x, y] = at([0.9, 0.1]);
    expect(under([x + 15, y - 15], null, 22)).toMatchObject({ on: "corner" });
    expect(under([x + 15, y - 15], null, 11)).toBeNull();
  });
});

describe("the view", () => {
  const views = fc
    .tuple(fc.double({ min: 1, max: 24, noNaN: true }), fc.nat(444), fc.nat(244))
    .map(([zoom, x, y]) => zoomAt(view, [x, y], zoom));

  test("goes from picture to stage and back", () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0, max: 1, noNaN: true }), (shown, x) => {
        const [back] = toPicture(shown, toStage(shown, [x, 0.5]));
        expect(back).toBeCloseTo(x, 9);
      }),
    );
  });

  test("keeps the place under the fingers while it zooms in", () => {
    const place = toPicture(view, [200, 100]);
    const [x, y] = toStage(zoomAt(view, [200, 100], 6), place);
    expect([x, y]).toEqual([expect.closeTo(200, 6), expect.closeTo(100, 6)]);
  });

  test("never loses the picture", () => {
    fc.assert(
      fc.property(views, fc.tuple(fc.integer(), fc.integer()), (shown, by) => {
        const { centre } = pan(shown, by);
        expect(Math.min(...centre) >= 0 && Math.max(...centre) <= 1).toBe(true);
      }),
    );
  });

  test("goes to a corner that the keyboard moves out of sight", () => {
    const near = zoomAt(view, at([0.1, 0.1]), 10);
    const [x, y] = toStage(reveal(near, [0.9, 0.9]), [0.9, 0.9]);
    expect(x <= 444 && y <= 244).toBe(true);
    expect(reveal(near, [0.1, 0.1])).toBe(near);
  });
});

describe("a picture that is turned and cropped", () => {
  const frame = viewOf({ width: 200, height: 400 }, { rotate: 90, crop: [0, 0.5, 1, 0.5] });
  const shown = { width: 200, height: 200 };
  const turned = wholeView({ width: 244, height: 244 }, shown, frame);
  const place = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );

  test("is drawn on where it is seen", () => {
    expect(frame.size).toEqual(shown);
    expect(toStage(turned, [0, 1])).toEqual([22, 22]); // the sensor's lower left is seen top left
    fc.assert(
      fc.property(place, (point) => {
        const [x, y] = toPicture(turned, toStage(turned, point));
        expect([x, y]).toEqual([expect.closeTo(point[0], 9), expect.closeTo(point[1], 9)]);
      }),
    );
  });

  test("moves a corner to the right as it is seen, and keeps all others to the bit", () => {
    const chosen = act(openDesk(house), { act: "select", selection: { shape: 1, corner: 0 } });
    const what = keyAct(chosen, { ...plain, key: "ArrowRight" }, { picture: shown, frame });
    const moved = what === null ? chosen : act(chosen, what);
    const [from, to] = [
      toStage(turned, line(chosen)[0] ?? [0, 0]),
      toStage(turned, line(moved)[0] ?? [0, 0]),
    ];
    expect([to[0] - from[0], to[1] - from[1]]).toEqual([expect.closeTo(1, 3), expect.closeTo(0, 3)]);
    expect(line(moved).slice(1)).toEqual(line(chosen).slice(1));
  });

  test("shows the mask that the eye makes of it", () => {
    const mask = { propertyLine: line(openDesk(house)), privacyZones: [] };
    const seen = rasteriseOpening(shown, maskAsSeen(frame, mask));
    const whole = rasteriseOpening(frame.sensor, mask);
    // the lower half of a line from 0.1 to 0.9 each way
    expect(whole.visibleFrac).toBeCloseTo(0.64, 2);
    expect(seen.visibleFrac).toBeCloseTo(0.64, 2);
    expect(seen.luma.spans.slice(0, 2)).toEqual(Int32Array.of(40, 200));
  });
});
