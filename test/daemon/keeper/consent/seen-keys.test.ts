import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesPerKey, keyOf, otherKey, SeenKeys } from "../../../../daemon/keeper/consent/feed/seen-keys.ts";

const key = fc.integer({ min: 1, max: 2 ** 52 - 1 });

test("holds what was added and nothing else, through cuts and the disk", () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 5_000 }), fc.nat(5_000), key, (keys, cut, other) => {
      const distinct = [...new Set(keys)];
      const seen = new SeenKeys();
      for (const each of keys) seen.add(each);
      expect(seen.size).toBe(distinct.length);
      seen.cutTo(cut);
      const kept = new Set(distinct.slice(0, cut));
      const read = SeenKeys.fromBytes(seen.bytesFrom(0));
      for (const each of [...distinct, other]) {
        expect(seen.has(each)).toBe(kept.has(each));
        expect(read.has(each)).toBe(kept.has(each));
      }
      expect(read.size).toBe(kept.size);
    }),
    { numRuns: 60 },
  );
});

test("what is on the disk is text, of the same length for every key", () => {
  const seen = new SeenKeys();
  for (const each of [1, 2 ** 52 - 1, 255]) seen.add(each);
  expect(new TextDecoder().decode(seen.bytesFrom(0))).toBe("0000000000001\nfffffffffffff\n00000000000ff\n");
  expect(seen.bytesFrom(1)).toHaveLength(2 * bytesPerKey);
});

test("the other key of a key is another one, and leads back", () => {
  fc.assert(
    fc.property(key, (each) => {
      expect(otherKey(each)).not.toBe(each);
      expect(otherKey(each)).toBeGreaterThan(0);
      if (each !== 2 ** 51) expect(otherKey(otherKey(each))).toBe(each);
    }),
  );
});

test("keys are of 52 bits and differ for what differs", () => {
  const keys = Array.from({ length: 10_000 }, (_, i) => keyOf("harbour-police", "id", `request-${i}`));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.every((each) => Number.isSafeInteger(each) && each > 0 && each < 2 ** 52)).toBe(true);
});
