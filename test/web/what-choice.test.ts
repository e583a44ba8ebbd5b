/** The menu of a row: where it stands, and keys that go through it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { placeOf } from "../../web/events/place-beside.ts";
import { nextItem } from "../../web/events/what-choice.tsx";

const room = { width: 390, height: 844 };
const size = { width: 240, height: 300 };
const anchorAt = (left: number, top: number) => ({ left, top, bottom: top + 30 });

test("it stands below its button, above where there is no room below", () => {
  expect(placeOf(anchorAt(20, 100), size, room)).toEqual({ left: 20, top: 134 });
  expect(placeOf(anchorAt(20, 700), size, room)).toEqual({ left: 20, top: 396 });
});

test("wherever its button is, it is whole in the window", () => {
  fc.assert(
    fc.property(fc.integer({ min: -40, max: 400 }), fc.integer({ min: -40, max: 900 }), (x, y) => {
      const { left, top } = placeOf(anchorAt(x, y), size, room);
      expect(left).toBeGreaterThanOrEqual(8);
      expect(left + size.width).toBeLessThanOrEqual(room.width - 8);
      expect(top).toBeGreaterThanOrEqual(8);
      expect(top + size.height).toBeLessThanOrEqual(room.height - 8);
    }),
  );
});

test.each([
  ["ArrowDown", 0, 1],
  ["ArrowDown", 5, 0],
  ["ArrowUp", 0, 5],
  ["ArrowUp", 3, 2],
  ["Home", 3, 0],
  ["End", 0, 5],
  ["x", 2, null],
])("%s at item %i of six goes to %s", (key, at, to) => {
  expect(nextItem(key, at, 6)).toBe(to);
});
