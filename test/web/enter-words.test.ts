/** What is typed and shown at the entrance, without a page. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { identityFile } from "../../web/enter/identity-file.ts";
import { pickPlaces } from "../../web/enter/pick-places.ts";
import { readTyped, withLastWord } from "../../web/enter/typed-words.ts";

test.each([
  ["", [], ""],
  ["aba", [], "aba"],
  ["Abandon  able,", ["abandon", "able"], ""],
  ["abandon\nAB", ["abandon"], "ab"],
])("typing %j leaves %j done and %j unfinished", (text, typed, unfinished) => {
  expect(readTyped(text)).toEqual({ typed, unfinished });
});

test("a suggestion takes the place of the unfinished word alone", () => {
  expect(withLastWord("zoo aba", "abandon")).toBe("zoo abandon ");
  expect(withLastWord("", "abandon")).toBe("abandon ");
});

test("asked places are different ones, in order, whatever is drawn", () => {
  const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(draws, (drawn) => {
      const left = [...drawn];
      const places = pickPlaces(24, 3, () => left.shift() ?? 0);
      expect(new Set(places).size).toBe(3);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places.every((place) => place >= 0 && place < 24)).toBe(true);
    }),
  );
});

test("the key file holds one key; a name with line breaks stays in its comment", () => {
  const text = identityFile({
    identity: "AGE-SECRET-KEY-1X",
    recipient: "age1x",
    name: "A\nAGE-SECRET-KEY-1Y",
  });
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(lines).toEqual(["AGE-SECRET-KEY-1X"]);
});
