import { expect, test } from "vitest";
import { entryKinds } from "../../daemon/ledger/kinds.ts";
import { newId } from "../../daemon/wire/id.ts";
import { wallMsOf } from "../../daemon/wire/id-time.ts";
import { filters, withoutOf } from "../../web/history/kinds.ts";

const shownBy = (filter: (typeof filters)[number]): string[] =>
  entryKinds.filter((kind) => !withoutOf(filter).includes(kind));

test("every step shows everything, and all but the steps is what one sees first", () => {
  expect(shownBy("every")).toEqual([...entryKinds]);
  expect(entryKinds.filter((kind) => !shownBy("all").includes(kind))).toEqual([
    "feed-checked",
    "send-intent",
  ]);
});

test("each kind stands under one of the three headings", () => {
  const parts = [shownBy("seen"), shownBy("given"), shownBy("house")];
  expect(parts.flat().toSorted()).toEqual(shownBy("all").toSorted());
});

test("whatever becomes of a grant stands under what was given out", () => {
  const grants = entryKinds.filter((kind) => kind.startsWith("grant-"));
  expect(grants).toContain("grant-resumed");
  expect(shownBy("given")).toEqual(expect.arrayContaining(grants));
});

test("the filters leave out only kinds that are there", () => {
  for (const filter of filters) expect(entryKinds).toEqual(expect.arrayContaining([...withoutOf(filter)]));
});

test("an id tells when its thing began; another word does not", () => {
  expect(wallMsOf(newId(1_790_000_000_123))).toBe(1_790_000_000_123);
  for (const id of ["", "clip-0001", "0123456789"]) expect(wallMsOf(id)).toBeNull();
});
