import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { History } from "../../../daemon/keeper/history.ts";
import { device, signer } from "../ledger/open-ledger.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { smallDisk } from "../../../scripts/rigs/small-disk.ts";
import { tempFolder } from "./temp-folder.ts";

const dayMs = 86_400_000;

function historyIn(folder: string, clock = new SimClock()): History {
  const paths = { ledger: join(folder, "ledger"), history: join(folder, "history") };
  const key = { device, sign: (message: Uint8Array) => signer.sign(message) };
  return new History({ paths, clock, device: key, detailsDays: 365, onChange: () => {} });
}

async function detailsOf(history: History): Promise<string[]> {
  const { entries } = await history.page({ before: null, limit: 200, without: [] });
  return entries.map(({ detail }) => detail);
}

function old(count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `old-${at}`,
      wallMs: at,
      who: "Ada",
      what: "zones",
      detail: `${at}`,
      fromFrac: null,
      toFrac: null,
    }),
  );
}

test("an entry is told as it was said, with its number", async () => {
  await using folder = await tempFolder();
  await using history = historyIn(folder.path);
  const about = { clip: "clip-0001" };
  const said = { who: null, what: "policy-applied", detail: "x", fromFrac: 0, toFrac: 1, about } as const;
  const entry = await history.append(said);
  expect(entry).toMatchObject({ ...said, id: "0" });
  expect((await history.page({ before: null, limit: 5, without: [] })).entries).toEqual([entry]);
});

test("what an earlier version wrote is taken over once, with its times, before anything else", async () => {
  await using folder = await tempFolder();
  await mkdir(join(folder.path, "history"));
  await writeFile(join(folder.path, "history/2026-01.jsonl"), `${old(3).join("\n")}\n{"id":"cut`);
  await writeFile(join(folder.path, "history/2026-02.jsonl"), `${old(5).slice(3).join("\n")}\n`);
  await using history = historyIn(folder.path);
  await history.append({ who: "Ada", what: "zones", detail: "new" });
  expect(await detailsOf(history)).toEqual(["new", "4", "3", "2", "1", "0"]);
  const { entries } = await history.page({ before: 2, limit: 1, without: [] });
  expect(entries[0]).toMatchObject({ wallMs: 1, who: "Ada" });
  expect(await readdir(folder.path)).toEqual(["ledger"]);
});

test("taking over goes on where a crash cut it", async () => {
  await using folder = await tempFolder();
  {
    await using cut = historyIn(folder.path);
    for (const detail of ["0", "1"]) await cut.append({ who: "Ada", what: "zones", detail });
  }
  await mkdir(join(folder.path, "history"));
  await writeFile(join(folder.path, "history/2026-01.jsonl"), `${old(4).join("\n")}\n`);
  await using history = historyIn(folder.path);
  expect(await detailsOf(history)).toEqual(["3", "2", "1", "0"]);
});

test("a ledger that cannot be written rejects what asks before, and keeps what happened anyway", async (context) => {
  await using disk = await smallDisk(1);
  if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
  const clock = new SimClock();
  await using history = historyIn(disk.path, clock);
  await history.open();
  await history.append({ who: "Ada", what: "zones", detail: "before" });
  disk.fill();
  const long = "x".repeat(8_000);
  await expect(history.append({ who: "Ada", what: "live-view", detail: long })).rejects.toMatchObject({
    kind: "exhausted",
  });
  await history.note({ who: null, what: "clips-deleted", detail: long });
  expect([history.fault?.kind, history.waiting]).toEqual(["exhausted", 1]);
  disk.empty();
  await clock.advance(10_000);
  await expect.poll(() => history.waiting).toBe(0);
  expect([await detailsOf(history), history.fault]).toEqual([[long, "before"], null]);
});

test("a ledger that is damaged stays shut, and says so", async () => {
  await using folder = await tempFolder();
  {
    await using history = historyIn(folder.path);
    await history.append({ who: "Ada", what: "zones", detail: "one" });
  }
  await writeFile(join(folder.path, "ledger/entries/000000.jsonl"), "");
  await using again = historyIn(folder.path);
  await again.open();
  expect(again.fault).toMatchObject({ kind: "corrupt", message: expect.stringContaining("1 were signed") });
  await expect(again.append({ who: "Ada", what: "zones", detail: "two" })).rejects.toThrow("1 were signed");
});

test("who watched is forgotten after 30 days, who decided after a year", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  await using history = historyIn(folder.path, clock);
  await history.append({ who: "Ada", what: "live-view", detail: "" });
  await history.append({ who: "Ada", what: "policy", detail: "line 1" });
  const kept = async (days: number): Promise<(string | null)[]> => {
    clock.stepWall(days * dayMs);
    await clock.advance(3_600_000);
    await history.eraseOld();
    return (await history.page({ before: null, limit: 9, without: [] })).entries.map(({ who }) => who);
  };
  expect(await kept(29)).toEqual(["Ada", "Ada"]);
  expect(await kept(2)).toEqual(["Ada", null]);
  expect(await kept(335)).toEqual([null, null]);
});
