import { expect, test } from "vitest";
import type { Item } from "../../../daemon/consent/grant.ts";
import { checkItemOrder } from "../../../daemon/consent/item-order.ts";

const file = { bytes: 1, chunks: ["0".repeat(64)] };
const letter: Item = { part: "letter", ...file };
const init = (clip: string): Item => ({ part: "init", clip, ...file });
const part = (clip: string, index: number): Item => ({ part: "fragment", clip, index, ...file });
const archive = { kind: "archive" } as const;
const board = { kind: "board" } as const;

test.each([
  ["one fragment", [letter, init("clip-a"), part("clip-a", 0)]],
  ["some of a clip", [letter, init("clip-a"), part("clip-a", 3), part("clip-a", 7)]],
  ["two clips", [letter, init("clip-b"), part("clip-b", 0), init("clip-a"), part("clip-a", 0)]],
])("takes %s", (_, items) => {
  checkItemOrder({ items, destination: archive });
});

test("a post is a letter alone", () => {
  checkItemOrder({ items: [letter], destination: board });
  const items = [letter, init("clip-a"), part("clip-a", 0)];
  expect(() => checkItemOrder({ items, destination: board })).toThrow("item 1: a post is a letter");
});

test.each([
  ["item 0: the letter", [init("clip-a"), part("clip-a", 0)]],
  ["item 1: there is no recording", [letter]],
  ["item 1: there is one letter", [letter, letter, init("clip-a"), part("clip-a", 0)]],
  ["item 1: its clip's init", [letter, part("clip-a", 0)]],
  ["item 2: its clip's init", [letter, init("clip-a"), part("clip-b", 0)]],
  ["item 1: an init segment without", [letter, init("clip-a")]],
  ["item 2: an init segment without", [letter, init("clip-a"), init("clip-b"), part("clip-b", 0)]],
  ["item 3: fragments ascend", [letter, init("clip-a"), part("clip-a", 1), part("clip-a", 1)]],
  ["item 3: fragments ascend", [letter, init("clip-a"), part("clip-a", 1), part("clip-a", 0)]],
  ["item 3: this clip is in it", [letter, init("clip-a"), part("clip-a", 0), init("clip-a")]],
])("refuses %s", (message, items) => {
  expect(() => checkItemOrder({ items, destination: archive })).toThrow(message);
});
