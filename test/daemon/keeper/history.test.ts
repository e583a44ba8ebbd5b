import { appendFile, readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { History } from "../../../daemon/keeper/history.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { tempFolder } from "./temp-folder.ts";

async function fill(history: History, count: number): Promise<string[]> {
  const details = Array.from({ length: count }, (_, i) => `entry ${i}`);
  await Promise.all(details.map((detail) => history.append({ who: "Ada", what: "zones", detail })));
  return details.toReversed();
}

test("pages follow each other, newest first, over the months", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  const history = new History(folder.path, clock);
  const old = await fill(history, 5);
  clock.stepWall(40 * 86_400_000);
  const fresh = await fill(history, 4);
  expect((await readdir(folder.path)).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "2026-01.jsonl",
    "2026-02.jsonl",
  ]);
  const seen: string[] = [];
  for (let place: Awaited<ReturnType<History["page"]>>["next"] = null; ;) {
    const { entries, next } = await history.page(place, 2);
    seen.push(...entries.map(({ detail }) => detail));
    if (next === null) break;
    place = next;
  }
  expect(seen).toEqual([...fresh, ...old]);
});

test("a line that was cut by a crash is skipped, and the next one is whole", async () => {
  await using folder = await tempFolder();
  const history = new History(folder.path, new SimClock());
  await fill(history, 1);
  await appendFile(`${folder.path}/2026-01.jsonl`, '{"id":"cut');
  await history.append({ who: null, what: "policy-applied", detail: "after", fromFrac: 0, toFrac: 1 });
  const { entries } = await history.page(null, 10);
  expect(entries.map(({ detail }) => detail)).toEqual(["after", "entry 0"]);
  expect((await readFile(`${folder.path}/2026-01.jsonl`, "utf8")).split("\n")).toHaveLength(4);
});

test("a history that cannot be written is a Fault, for who would have acted on it", async () => {
  const history = new History("/dev/null/history", new SimClock());
  await expect(history.append({ who: null, what: "zones", detail: "x" })).rejects.toThrow(
    "cannot write the history",
  );
});

test("there is no history yet: an empty page", async () => {
  const history = new History("/nonexistent/history", new SimClock());
  expect(await history.page(null, 10)).toEqual({ entries: [], next: null });
});
