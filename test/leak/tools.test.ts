/** The tools of the hunt can say no: what they must not let pass does not pass. */
import { expect, test } from "vitest";
import { huntOf } from "./files.ts";
import { expectWords } from "./words.ts";

const jpegLike = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 73) & 255));

test.each([
  ["a picture in base64", Buffer.from(`{"camera": "${jpegLike.toString("base64")}"}`)],
  ["a picture in hex", Buffer.from(jpegLike.toString("hex"))],
  ["a picture as it is", jpegLike],
  ["text with a control character", Buffer.from("a\u0001b")],
  ["too much of anything", Buffer.from("word ".repeat(300))],
])("%s is not taken for words", (_what, bytes) => {
  expect(() => expectWords(bytes, 1_000, "test")).toThrow();
});

test("sentences, numbers, and signed messages are words", () => {
  const signed = Buffer.from(JSON.stringify({ people: Array.from({ length: 20 }, (_, i) => `person ${i}`) }));
  const text = JSON.stringify({
    payload: signed.toString("base64url"),
    at: [1, 2, 3],
    says: "somebody rang",
  });
  expect(() => expectWords(Buffer.from(text), 10_000, "test")).not.toThrow();
});

test.each([
  ["policy.json", "words"],
  [".policy.json.tmp", "words"],
  ["clips/2026-01-31/0mjv8p1c0-h4k2m9x3qa/000000.m4s.age", "sealed"],
  ["clips/2026-01-31/0mjv8p1c0-h4k2m9x3qa/.000000.m4s.age.tmp", "sealed"],
  ["clips/2026-01-31/0mjv8p1c0-h4k2m9x3qa/000000.m4s", null],
  ["clips/2026-01-31/0mjv8p1c0-h4k2m9x3qa/thumb.jpg", null],
  ["last-picture.jpg", null],
  ["run/frame.yuv", null],
  ["xpolicy.json", null],
])("of %s the hunt says %s", (name, hunt) => {
  expect(huntOf(name)).toBe(hunt);
});
