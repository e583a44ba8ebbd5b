import fc from "fast-check";
import { expect, test } from "vitest";
import { isRecoveryWord, seedOf, suggestWords, wordsOf } from "../../../daemon/identity/words.ts";
import { Fault } from "../../../hal/fault.ts";

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

function faultOf(text: string): Fault {
  try {
    seedOf(text);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error("these words were taken");
}

test("the words of a seed of zeros are those of the published vector", () => {
  const words = wordsOf(new Uint8Array(32));
  expect(words).toEqual([...Array.from({ length: 23 }, () => "abandon"), "art"]);
});

test("24 words give the seed back, however they are typed", () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(" ", "\n", ", ", "  \t"), (seed, gap) => {
      const words = wordsOf(seed);
      expect(words).toHaveLength(24);
      expect(seedOf(words.join(gap))).toEqual(seed);
      expect(seedOf(` ${words.join(gap).toUpperCase()}\n`)).toEqual(seed);
    }),
    { numRuns: 50 },
  );
});

test("a word with a typo is named by its place, and never repeated", () => {
  fc.assert(
    fc.property(seeds, fc.nat(23), (seed, at) => {
      const words = wordsOf(seed);
      const typo = `${words[at] ?? ""}x`;
      const { kind, message, hint } = faultOf(words.with(at, typo).join(" "));
      expect([kind, message]).toEqual(["invalid", `recovery word ${at + 1} is not on the list of words`]);
      expect(hint).not.toContain(typo);
    }),
    { numRuns: 50 },
  );
});

test("another word of the list in place of one is refused, but for one time in 256", () => {
  let taken = 0;
  const tries = 400;
  const samples = fc.sample(fc.tuple(seeds, fc.nat(23), fc.nat(2047)), { numRuns: tries, seed: 7 });
  for (const [seed, at] of samples) {
    const words = wordsOf(seed);
    const changed = words.with(at, words[at] === "zoo" ? "zone" : "zoo").join(" ");
    try {
      seedOf(changed);
      taken += 1;
    } catch (error) {
      expect(error).toMatchObject({ message: "these recovery words do not belong together" });
    }
  }
  expect(taken).toBeLessThan(tries / 40);
});

test.each([
  ["", "there are 0 recovery words; 24 are needed"],
  ["abandon ".repeat(23), "there are 23 recovery words; 24 are needed"],
  ["abandon ".repeat(25), "there are 25 recovery words; 24 are needed"],
  ["abandon ".repeat(24), "these recovery words do not belong together"],
])("%j is refused: %s", (text, message) => {
  expect(faultOf(text).message).toBe(message);
});

test("words are suggested by how they begin", () => {
  expect(suggestWords("aban")).toEqual(["abandon"]);
  expect(suggestWords("A", 2)).toEqual(["abandon", "ability"]);
  expect(suggestWords("")).toEqual([]);
  expect([isRecoveryWord("Zoo"), isRecoveryWord("zoos")]).toEqual([true, false]);
});
