import { expect, test } from "vitest";
import type { HistoryPage, HistoryQuery } from "../../../daemon/keeper/history.ts";
import { Sightings } from "../../../daemon/keeper/sightings.ts";
import type { HistoryEntry } from "../../../daemon/wire/api-household.ts";

const clipAt = (wallMs: number): string => `${wallMs.toString(36).padStart(9, "0")}-0123456789`;
const view = (seq: number, who: string | null, clip: string): HistoryEntry => ({
  id: String(seq),
  wallMs: seq,
  who,
  what: "clip-view",
  detail: "",
  fromFrac: null,
  toFrac: null,
  about: { clip },
});

/** A ledger in memory, two entries to a page. */
function ledger(entries: readonly HistoryEntry[]) {
  let asked = 0;
  const page = async ({ before }: HistoryQuery): Promise<HistoryPage> => {
    asked += 1;
    const end = before ?? entries.length;
    const start = Math.max(0, end - 2);
    return { entries: entries.slice(start, end).reverse(), next: start === 0 ? null : start };
  };
  return { page, asked: () => asked };
}

const [first, second, third] = [clipAt(1_000), clipAt(2_000), clipAt(3_000)];

test("the ledger is read once; what is told later is known too", async () => {
  const { page, asked } = ledger([
    view(0, "Ada", first),
    view(1, "Bo", first),
    view(2, "Ada", second),
    view(3, "Ada", first),
    view(4, null, second),
  ]);
  const sightings = new Sightings({ page });
  expect(await sightings.between(0, 10_000)).toEqual({
    people: [
      { who: "Ada", clips: [second, first] },
      { who: "Bo", clips: [first] },
    ],
  });
  const pages = asked();
  sightings.told(view(5, "Bo", third));
  expect(await sightings.between(2_000, 3_001)).toEqual({
    people: [
      { who: "Ada", clips: [second] },
      { who: "Bo", clips: [third] },
    ],
  });
  expect(asked()).toBe(pages);
});

test("a ledger that cannot be read now is asked again", async () => {
  const { page } = ledger([view(0, "Ada", first)]);
  let broken = true;
  const sightings = new Sightings({
    page: async (query) => {
      if (broken) throw new Error("the disk is away");
      return page(query);
    },
  });
  await expect(sightings.between(0, 10_000)).rejects.toThrow("the disk is away");
  broken = false;
  expect((await sightings.between(0, 10_000)).people).toHaveLength(1);
});
