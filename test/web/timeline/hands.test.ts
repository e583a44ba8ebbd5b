import { expect, test } from "vitest";
import { moved, noHands, pressed, released, wheeled } from "../../../web/timeline/hands.ts";
import { deedOf } from "../../../web/timeline/keys.ts";
import { hourMs, timeOf } from "../../../web/timeline/view.ts";
import { noonMs } from "./samples.ts";

const view = { atMs: noonMs, spanMs: 10 * hourMs };
const widthPx = 1_000;
const frame = { view, widthPx };

test("a finger drags time under the playhead, as far as it goes", () => {
  const down = pressed(noHands, { id: 1, px: 500 });
  const still = moved(down, { id: 1, px: 503 }, frame);
  expect(still.view).toBe(view);
  const first = moved(still.hands, { id: 1, px: 520 }, frame);
  expect(first.view.atMs).toBe(noonMs - 0.2 * hourMs);
  const second = moved(first.hands, { id: 1, px: 400 }, { view: first.view, widthPx });
  expect(second.view.atMs).toBe(noonMs + hourMs);
  expect(released(second.hands, { id: 1, px: 400 }, frame).tapMs).toBeNull();
});

test("a tap goes to the time that it touches", () => {
  const down = pressed(noHands, { id: 1, px: 300 });
  const up = released(moved(down, { id: 1, px: 302 }, frame).hands, { id: 1, px: 302 }, frame);
  expect(up.tapMs).toBe(timeOf(view, widthPx, 302));
  expect(up.hands.pointers).toEqual([]);
});

test("two fingers zoom and neither taps, a third is not noticed", () => {
  const one = pressed(noHands, { id: 1, px: 400 });
  const two = pressed(one, { id: 2, px: 600 });
  expect(pressed(two, { id: 3, px: 700 })).toEqual(two);
  const apart = moved(two, { id: 2, px: 800 }, frame);
  expect(apart.view).toEqual({ atMs: noonMs, spanMs: 5 * hourMs });
  const up = released(apart.hands, { id: 2, px: 800 }, frame);
  expect([up.tapMs, released(up.hands, { id: 1, px: 400 }, frame).tapMs]).toEqual([null, null]);
});

test("the wheel zooms, and moves sideways or with Shift", () => {
  const wheel = { deltaX: 0, deltaY: 0, deltaMode: 0, shiftKey: false };
  expect(wheeled(view, { ...wheel, deltaY: 100 }, widthPx).spanMs).toBeGreaterThan(view.spanMs);
  expect(wheeled(view, { ...wheel, deltaY: -100 }, widthPx).spanMs).toBeLessThan(view.spanMs);
  expect(wheeled(view, { ...wheel, deltaX: 100 }, widthPx).atMs).toBe(noonMs + hourMs);
  expect(wheeled(view, { ...wheel, deltaY: 100, shiftKey: true }, widthPx).atMs).toBe(noonMs + hourMs);
  expect(wheeled(view, { ...wheel, deltaY: 1, deltaMode: 1 }, widthPx).spanMs).toBeGreaterThan(view.spanMs);
});

test("keys are a slider's, and the browser keeps its own", () => {
  const key = { key: "ArrowLeft", ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  expect(deedOf(key)).toEqual({ do: "step", steps: -1 });
  expect(deedOf({ ...key, shiftKey: true })).toEqual({ do: "step", steps: -10 });
  expect(deedOf({ ...key, altKey: true })).toBeNull();
  expect(deedOf({ ...key, key: "End" })).toEqual({ do: "now" });
  expect(deedOf({ ...key, key: "x" })).toBeNull();
});
