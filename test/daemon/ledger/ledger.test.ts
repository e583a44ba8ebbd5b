import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyConsistency } from "../../../daemon/ledger/proof.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { BrittleFiles } from "../files/brittle-files.ts";
import { detailsOf, openLedger, signedTree, zones } from "./open-ledger.ts";
import { definedRoot, hex } from "./trees.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const count = (files: BrittleFiles, what: RegExp): number =>
  files.changes.filter((change) => what.test(change)).length;
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `${from + at}`);

/** All of the first three segments. */
function linesOf({ disk }: BrittleFiles): Uint8Array[] {
  const all = ["000000", "000001", "000002"].map((name) => text(disk.get(`entries/${name}.jsonl`))).join("");
  return all
    .trimEnd()
    .split("\n")
    .map((line) => new TextEncoder().encode(line));
}

async function fill(ledger: Awaited<ReturnType<typeof openLedger>>, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 500)
    await Promise.all(numbers(at, Math.min(to, at + 500)).map((detail) => ledger.append(zones(detail))));
}

test("an entry is a line of number, time, kind and hash; who and what lie beside it", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  const about = { clip: "k3x9-abc" };
  await ledger.append({ what: "clip-view", who: "Ada", detail: "a recording", about });
  const [line = ""] = text(files.disk.get("entries/000000.jsonl")).split("\n");
  expect(Object.keys(JSON.parse(line))).toEqual(["seq", "wallMs", "kind", "detail"]);
  expect(line).not.toContain("Ada");
  expect(text(files.disk.get("openings/000000.jsonl"))).toContain('"who":"Ada"');
  const { entries } = await ledger.page({ before: null, limit: 1, without: [] });
  expect(entries[0]).toMatchObject({ seq: 0, kind: "clip-view", opening: { who: "Ada", about } });
});

test("appends that wait share their fsyncs", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await fill(ledger, 0, 200);
  expect(count(files, /entries/u)).toBe(1);
  expect(count(files, /openings/u)).toBe(1);
});

test("pages follow each other over the segments, newest first, without the kinds that are not wanted", async () => {
  const ledger = await openLedger(new BrittleFiles());
  await fill(ledger, 0, 600);
  await ledger.append({ what: "send-intent", who: null, detail: "a chunk" });
  expect(await detailsOf(ledger)).toEqual([...numbers(0, 600), "a chunk"]);
  const { entries, next } = await ledger.page({ before: null, limit: 2, without: ["send-intent"] });
  expect([entries.map(({ seq }) => seq), next]).toEqual([[599, 598], 598]);
});

test("a page of a long run of unwanted kinds ends, and the next goes on", async () => {
  const ledger = await openLedger(new BrittleFiles());
  await ledger.append(zones("first"));
  const sends = Array.from({ length: 300 }, () => ({ what: "send-intent" as const, who: null, detail: "x" }));
  for (let each = 0; each < 60; each += 1) await Promise.all(sends.map((told) => ledger.append(told)));
  const first = await ledger.page({ before: null, limit: 5, without: ["send-intent"] });
  expect(first.entries).toEqual([]);
  const second = await ledger.page({ before: first.next, limit: 5, without: ["send-intent"] });
  expect(second.entries.map(({ seq }) => seq)).toEqual([0]);
});

test("the tree is that of the lines, and every earlier checkpoint is proved a part of a later one", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  const signed = [await signedTree(ledger)];
  for (const [from, to] of [
    [0, 1],
    [1, 255],
    [255, 256],
    [256, 257],
    [257, 600],
  ] as const) {
    await fill(ledger, from, to);
    signed.push(await signedTree(ledger));
  }
  const now = signed.at(-1) ?? (await signedTree(ledger));
  expect(now.root).toEqual(definedRoot(linesOf(files)));
  for (const { size, root } of signed) {
    const proof = await ledger.consistency(size, now.size);
    expect(verifyConsistency({ size1: size, root1: root, size2: now.size, root2: now.root, proof })).toBe(
      true,
    );
  }
  await expect(ledger.consistency(5, 601)).rejects.toMatchObject({ kind: "invalid" });
});

test("numbers go on when the clock goes back", async () => {
  const clock = new SimClock();
  const ledger = await openLedger(new BrittleFiles(), clock);
  const first = await ledger.append(zones("a"));
  clock.stepWall(-86_400_000);
  const second = await ledger.append(zones("b"));
  expect([second.seq - first.seq, second.wallMs - first.wallMs]).toEqual([1, -86_400_000]);
});

test("some time after an entry the tree is signed by itself", async () => {
  const files = new BrittleFiles();
  const clock = new SimClock();
  const ledger = await openLedger(files, clock);
  await fill(ledger, 0, 3);
  await clock.advance(2_000);
  expect((await signedTree(ledger)).size).toBe(3);
  expect(count(files, /checkpoint/u)).toBe(1);
});

test("a full disk rejects, and the ledger goes on when there is room again", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await fill(ledger, 0, 5);
  files.roomBytes = 150;
  await expect(ledger.append(zones("lost"))).rejects.toMatchObject({ kind: "exhausted" });
  expect([ledger.size, ledger.fault?.kind]).toEqual([5, "exhausted"]);
  await expect(ledger.probe()).rejects.toMatchObject({ kind: "exhausted" });
  files.roomBytes = 10_000;
  await ledger.probe();
  expect(ledger.fault).toBeNull();
  await fill(ledger, 5, 8);
  expect(await detailsOf(ledger)).toEqual(numbers(0, 8));
  expect(await detailsOf(await openLedger(new BrittleFiles(files.disk)))).toEqual(numbers(0, 8));
});

test("a disk that fills after a start cuts nothing that was there before", async () => {
  const files = new BrittleFiles();
  const before = await openLedger(files);
  for (const detail of numbers(0, 5)) await before.append(zones(detail));
  await before.checkpoint();
  const ledger = await openLedger(files);
  files.roomBytes = 0;
  await expect(ledger.append(zones("no room"))).rejects.toMatchObject({ kind: "exhausted" });
  files.roomBytes = 10_000;
  await ledger.append(zones("5"));
  expect(await detailsOf(await openLedger(files))).toEqual(numbers(0, 6));
});

test("a disk that fills at any byte loses no acknowledged entry and invents none", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2_500), async (roomBytes) => {
      const files = new BrittleFiles();
      const ledger = await openLedger(files);
      files.roomBytes = roomBytes;
      const kept: string[] = [];
      for (const detail of numbers(0, 10)) {
        const done = await ledger.append(zones(detail)).catch(() => null);
        if (done !== null) kept.push(detail);
      }
      files.roomBytes = Infinity;
      await ledger.append(zones("after"));
      expect(await detailsOf(ledger)).toEqual([...kept, "after"]);
      const again = await openLedger(new BrittleFiles(files.disk));
      expect([await detailsOf(again), again.root]).toEqual([[...kept, "after"], ledger.root]);
    }),
    { numRuns: 60 },
  );
});

test("a power cut at any change loses no acknowledged entry, and the tree grows from the signed one", async () => {
  const scenario = fc.record({
    at: fc.nat(24),
    partFrac: fc.double({ min: 0, max: 1, noNaN: true }),
    batch: fc.integer({ min: 1, max: 80 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ at, partFrac, batch }) => {
      const files = new BrittleFiles();
      files.crash = { at, partFrac };
      const acknowledged: string[] = [];
      let signed = null;
      try {
        const ledger = await openLedger(files);
        for (let from = 0; from < 8 * batch; from += batch) {
          await fill(ledger, from, from + batch);
          acknowledged.push(...numbers(from, from + batch));
          if (from % (2 * batch) === 0) signed = await signedTree(ledger);
        }
      } catch {
        // the power failed
      }
      const again = await openLedger(new BrittleFiles(files.disk));
      const found = await detailsOf(again);
      expect(found.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(found).toEqual(numbers(0, found.length));
      await again.append(zones("after"));
      const now = await signedTree(again);
      const { size: size1, root: root1 } = signed ?? { ...now, size: 0, root: definedRoot([]) };
      const proof = await again.consistency(size1, now.size);
      expect(verifyConsistency({ size1, root1, size2: now.size, root2: now.root, proof })).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test("what is signed after a killed process is still there after a power cut", async () => {
  const scenario = fc.record({
    at: fc.nat(12),
    partFrac: fc.constantFrom(0, 0.5, 1, 1),
    batch: fc.constantFrom(1, 40, 256),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ at, partFrac, batch }) => {
      const files = new BrittleFiles();
      files.crash = { at, partFrac, kill: true };
      try {
        const ledger = await openLedger(files);
        for (let from = 0; ; from += batch) await fill(ledger, from, from + batch);
      } catch {
        // it was killed
      }
      const next = files.afterKill();
      const signed = await signedTree(await openLedger(next));
      const again = await openLedger(next.afterPowerCut());
      expect(again.size).toBe(signed.size);
      expect(hex((await signedTree(again)).root)).toBe(hex(signed.root));
    }),
    { numRuns: 60 },
  );
});

test("hashes that are missing, cut or wrong are made again from the entries", async () => {
  const files = new BrittleFiles();
  await using ledger = await openLedger(files);
  await fill(ledger, 0, 700);
  await ledger.checkpoint();
  const hashes = files.disk.get("hashes/0") ?? new Uint8Array(0);
  for (const bad of [
    null,
    hashes.slice(0, 5_000),
    hashes.map((byte) => byte ^ 1),
    Uint8Array.of(...hashes, 1, 2),
  ]) {
    const disk = new BrittleFiles(files.disk);
    if (bad === null) disk.disk.delete("hashes/0");
    else disk.disk.set("hashes/0", bad);
    const again = await openLedger(disk);
    const root1 = definedRoot(linesOf(disk).slice(0, 300));
    const proof = await again.consistency(300, 700);
    expect(verifyConsistency({ size1: 300, root1, size2: 700, root2: ledger.root, proof })).toBe(true);
    expect(hex(disk.disk.get("hashes/0") ?? hashes.slice(1))).toBe(hex(hashes));
  }
});

test.each([
  [
    "entries that were cut off",
    (files: BrittleFiles) =>
      files.disk.set(
        "entries/000000.jsonl",
        (files.disk.get("entries/000000.jsonl") ?? new Uint8Array(0)).slice(0, 300),
      ),
    "3 were signed",
  ],
  [
    "a changed entry",
    (files: BrittleFiles) => change(files, "entries/000000.jsonl", '"kind":"zones"', '"kind":"place"'),
    "not those that were signed",
  ],
  [
    "a broken line with good ones behind it",
    (files: BrittleFiles) => change(files, "entries/000000.jsonl", '{"seq":1', '{"sEq":1'),
    "entry 1 is not",
  ],
  [
    "a checkpoint of another key",
    (files: BrittleFiles) => change(files, "checkpoint", "\n3\n", "\n4\n"),
    "checkpoint is not this doorbell's",
  ],
  [
    "a missing file",
    (files: BrittleFiles) => files.disk.set("entries/000002.jsonl", new Uint8Array(0)),
    "000001.jsonl: the file is missing",
  ],
])("a ledger with %s is not opened", async (_, damage, words) => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await fill(ledger, 0, 3);
  await ledger.checkpoint();
  damage(files);
  const before = new Map(files.disk);
  await expect(openLedger(files)).rejects.toMatchObject({
    kind: "corrupt",
    message: expect.stringContaining(words),
  });
  expect([...files.disk].filter(([name]) => !name.startsWith("hashes"))).toEqual([...before]);
});

function change(files: BrittleFiles, name: string, from: string, to: string): void {
  files.disk.set(name, new TextEncoder().encode(text(files.disk.get(name)).replace(from, to)));
}

test("erasing details leaves the tree as it is", async () => {
  const clock = new SimClock();
  const files = new BrittleFiles();
  const ledger = await openLedger(files, clock);
  await ledger.append({ what: "live-view", who: "Ada", detail: "old view" });
  await ledger.append(zones("old zones"));
  await fill(ledger, 0, 300);
  clock.stepWall(40 * 86_400_000);
  await ledger.append({ what: "live-view", who: "Ada", detail: "new view" });
  const before = await signedTree(ledger);
  const nowWallMs = clock.wallMs();
  const beforeWallMs = nowWallMs - 30 * 86_400_000;
  expect(await ledger.erase({ rule: "views", kinds: ["live-view"], beforeWallMs, nowWallMs })).toBe(1);
  expect((await detailsOf(ledger)).filter((detail) => detail === null)).toHaveLength(1);
  expect(await ledger.erase({ rule: "all", kinds: null, beforeWallMs, nowWallMs })).toBe(301);
  expect((await detailsOf(ledger)).filter((detail) => detail !== null)).toEqual(["new view"]);
  expect(await signedTree(ledger)).toEqual(before);
  await ledger.append(zones("later"));
  const again = await openLedger(new BrittleFiles(files.disk));
  expect((await detailsOf(again)).slice(-2)).toEqual(["new view", "later"]);
  expect([...files.disk.values()].some((bytes) => text(bytes).includes("old"))).toBe(false);
});

test("what a clock in 1970 or far ahead wrote is erased at its own time", async () => {
  const clock = new SimClock();
  const day = 86_400_000;
  const ledger = await openLedger(new BrittleFiles(), clock);
  await ledger.append(zones("good"));
  await ledger.append(zones("in 1970"), 1_000);
  await ledger.append(zones("far ahead"), clock.wallMs() + 4_000 * day);
  const erase = (): Promise<number> =>
    ledger.erase({
      rule: "all",
      kinds: null,
      beforeWallMs: clock.wallMs() - 30 * day,
      nowWallMs: clock.wallMs(),
    });
  expect(await erase()).toBe(0);
  clock.stepWall(31 * day);
  expect(await erase()).toBe(3);
});

test("more than can wait are refused at once", async () => {
  const ledger = await openLedger(new BrittleFiles());
  const all = await Promise.allSettled(Array.from({ length: 4_100 }, () => ledger.append(zones("x"))));
  expect(all.filter(({ status }) => status === "rejected")).toHaveLength(4);
  expect(ledger.size).toBe(4_096);
});

test("a detail that is too long is refused and disturbs nobody", async () => {
  const ledger = await openLedger(new BrittleFiles());
  await expect(ledger.append(zones("x".repeat(20_000)))).rejects.toMatchObject({ kind: "invalid" });
  await ledger.append(zones("short"));
  expect([await detailsOf(ledger), ledger.fault]).toEqual([["short"], null]);
});
