import fc from "fast-check";
import { expect, test } from "vitest";
import { closest, editDistance } from "../../config/suggest.ts";

test.each([
  ["prot", ["port", "host"], "port"],
  ["PORT", ["port"], "port"],
  ["sensitvity", ["sensitivity", "zones"], "sensitivity"],
  ["x", ["port"], null],
  ["anything", [], null],
])("%s among %j means %s", (word, known, meant) => {
  expect(closest(word, known)).toBe(meant);
});

test("distance is 0 for the same word only, and the same both ways", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
    }),
  );
});
