import { expect, test } from "vitest";
import { letterSchema } from "../../../daemon/consent/letter.ts";
import { maxGrantDays } from "../../../daemon/consent/parcel.ts";
import { cleanLine, cleanNote, endOf, lifetimesHours } from "../../../web/share/terms.ts";
import { keyTarget } from "../../../web/share/use-trim.ts";

test.each([
  ["a\r\nb\rc", "a\nb\nc"],
  ["a\tb", "a b"],
  ["\u202eevil\u200b", "evil"],
  ["  \n", ""],
  ["x".repeat(3_000), "x".repeat(2_000)],
])("the note %j leaves as %j, which a letter takes", (note, clean) => {
  expect(cleanNote(note)).toBe(clean);
  expect(letterSchema.shape.note.parse(clean)).toBe(clean);
});

test("a name is one line", () => {
  expect(cleanLine(" Bea\nnext\u0007door ")).toBe("Bea next door");
});

test("no lifetime that is offered is longer than a grant may last", () => {
  for (const hours of lifetimesHours)
    expect(endOf({ hours }, 1_000) - 1_000).toBeLessThanOrEqual(maxGrantDays * 86_400_000);
  expect(endOf({ hours: 9_999 }, 0)).toBe(maxGrantDays * 86_400_000);
});

const bounds = { fromMs: 5_000, toMs: 60_000 };
test.each([
  ["ArrowRight", 11_000],
  ["ArrowLeft", 9_000],
  ["PageUp", 20_000],
  ["PageDown", 0],
  ["Home", 5_000],
  ["End", 60_000],
  ["x", null],
])("at 10 s, %s asks for %s ms", (key, target) => {
  expect(keyTarget(key, 10_000, bounds)).toBe(target);
});
