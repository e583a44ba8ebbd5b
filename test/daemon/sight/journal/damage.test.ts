import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../../../daemon/sight/journal/block-file.ts";
import { BlockWriter, tags } from "../../../../daemon/sight/journal/block-writer.ts";
import { ByteSink } from "../../../../daemon/sight/journal/bytes.ts";
import { enclose, openNext } from "../../../../daemon/sight/journal/envelope.ts";
import { pack } from "../../../../daemon/sight/journal/pack.ts";
import { minutes, newFolder, noonMs, read, start, write, type Happening, type Told } from "./story.ts";

const file = "2026-01-31.sight";
/** Three blocks of a minute, one of them short. */
const story = minutes(1_500);

async function written(): Promise<{ folder: string; path: string; bytes: Buffer; ends: number[] }> {
  const folder = await newFolder();
  await write(folder, story);
  const path = join(folder, file);
  const bytes = await readFile(path);
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at = ends.at(-1) ?? 0)
    ends.push(openNext(bytes, at).block?.end ?? bytes.length);
  return { folder, path, bytes, ends };
}

const framesOf = (told: readonly Told[]): number[] =>
  told.flatMap((each) => (each.told === "frame" ? [(each.wallMs - noonMs) / 100] : []));
const gapsOf = (told: readonly Told[]): unknown[] => told.filter((each) => each.told === "gap");
/** Frames from the first to the one before `to`. */
const row = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe("a file of the journal", () => {
  test("that is cut in its last block gives all before it, and says what is missing", async () => {
    const { folder, path, bytes, ends } = await written();
    await truncate(path, bytes.length - 7);
    const told = await read(folder);
    expect(framesOf(told)).toEqual(row(0, 1_202));
    expect(gapsOf(told)).toMatchObject([
      {
        fromWallMs: noonMs + 120_100,
        why: `${bytes.length - 7 - (ends[1] ?? 0)} bytes at the end of a day's file are no whole record`,
      },
    ]);
  });

  test("that is damaged in the middle gives all but the block that was hit", async () => {
    const { folder, path, bytes, ends } = await written();
    const [first = 0] = ends;
    bytes[first + 60] = (bytes[first + 60] ?? 0) ^ 255;
    await writeFile(path, bytes);
    const told = await read(folder);
    expect(framesOf(told)).toEqual([...row(0, 601), ...row(1_202, 1_500)]);
    expect(gapsOf(told)).toMatchObject([
      {
        fromWallMs: noonMs + 60_000,
        toWallMs: noonMs + 120_200,
        why: expect.stringMatching(/bytes of the file are damaged$/u),
      },
    ]);
    expect(told.filter((each) => each.told === "session").map(({ wallMs }) => wallMs)).toEqual([
      noonMs,
      noonMs + 120_200,
    ]);
  });

  test("of which a block is of another version gives the others", async () => {
    const { folder, path, bytes, ends } = await written();
    const [first = 0, second = 0] = ends;
    const block = openNext(bytes, first).block;
    if (block === null) throw new Error("no second block");
    const other = enclose({ ...block, version: 7 }, block.body);
    await writeFile(path, Buffer.concat([bytes.subarray(0, first), other, bytes.subarray(second)]));
    const told = await read(folder);
    expect(framesOf(told)).toEqual([...row(0, 601), ...row(1_202, 1_500)]);
    expect(gapsOf(told)).toMatchObject([
      {
        fromWallMs: block.fromWallMs,
        toWallMs: block.toWallMs,
        why: "it was written by another version (7)",
      },
    ]);
  });

  test("of which a block has a good checksum and no sense gives the others", async () => {
    const { folder, path, bytes, ends } = await written();
    const [first = 0, second = 0] = ends;
    const nonsense = enclose(
      { version: 1, fromWallMs: noonMs + 60_100, toWallMs: noonMs + 120_100, frames: 601 },
      bytes.subarray(50, 90),
    );
    await writeFile(path, Buffer.concat([bytes.subarray(0, first), nonsense, bytes.subarray(second)]));
    const told = await read(folder);
    expect(framesOf(told)).toEqual([...row(0, 601), ...row(1_202, 1_500)]);
    expect(gapsOf(told)[0]).toMatchObject({ why: expect.stringMatching(/^it cannot be understood: /u) });
  });

  /** A block whose checksum is right, and of whose records one holds something else. */
  async function withRecord(write: (main: ByteSink) => void): Promise<Uint8Array> {
    const block = new BlockWriter({ ...start, ...before, block: 1 });
    for (const each of story.slice(601, 610)) if (each.type === "frame") block.frame(each);
    const { streams, ...about } = block.finish();
    const [main = new Uint8Array(), ...levels] = streams;
    const more = new ByteSink();
    for (const byte of main) more.byte(byte);
    write(more);
    return enclose(about, await pack([more.bytes, ...levels]));
  }
  const before = { ptsUs: 0, stepUs: 0, light: "bright", minute: 0, anchor: null } as const;

  test.each<[string, (main: ByteSink) => void]>([
    [
      "settings of another kind",
      (main) => {
        main.byte(tags.settings);
        main.json({ sensitivity: 50, zones: [], mood: "calm" });
      },
    ],
    [
      "a gap of another kind",
      (main) => {
        main.byte(tags.gap);
        main.json({ from: 1 });
      },
    ],
    [
      "words that are no JSON",
      (main) => {
        main.byte(tags.settings);
        main.whole(3);
        for (const byte of Buffer.from("{a}")) main.byte(byte);
      },
    ],
  ])("of which a block has a good checksum and %s gives the others", async (_what, write) => {
    const { folder, path, bytes, ends } = await written();
    const [first = 0, second = 0] = ends;
    const odd = await withRecord(write);
    await writeFile(path, Buffer.concat([bytes.subarray(0, first), odd, bytes.subarray(second)]));
    const told = await read(folder);
    expect(framesOf(told)).toEqual([...row(0, 610), ...row(1_202, 1_500)]);
    expect(gapsOf(told)[0]).toMatchObject({ why: expect.stringMatching(/^it cannot be understood: /u) });
  });

  test("law: whatever bytes are hit, cut or put in, every block that is whole is told in order", async () => {
    const { folder, path, bytes, ends } = await written();
    const blocks = ends.map((end, i) => [ends[i - 1] ?? 0, end] as const);
    const unions = Array.from({ length: 1 << blocks.length }, (_, set) =>
      Buffer.concat(
        blocks.flatMap(([from, to], i) => ((set & (1 << i)) === 0 ? [] : [bytes.subarray(from, to)])),
      ),
    );
    const edges = [0, 601, 1_202, 1_500];
    const hit = fc.record({
      at: fc.integer({ min: 0, max: bytes.length - 1 }),
      length: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(
        hit,
        fc.constantFrom("fill" as const, "cut" as const, "insert" as const),
        async ({ at, length }, how) => {
          const end = Math.min(bytes.length, how === "insert" ? at : at + length);
          const middle = {
            cut: Buffer.alloc(0),
            fill: Buffer.from(bytes.subarray(at, end).map((byte) => byte ^ 0xa5)),
            insert: Buffer.alloc(length, 0xa5),
          }[how];
          const damaged = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(end)]);
          // whole blocks cut out from seam to seam, or from a byte to the same byte of the next, leave no trace
          fc.pre(!unions.some((union) => union.equals(damaged)));
          await writeFile(path, damaged);
          const whole = blocks.map(([from, to]) =>
            how === "insert" ? at <= from || at >= to : end <= from || at >= to,
          );
          const expected = whole.flatMap((isWhole, i) =>
            isWhole ? row(edges[i] ?? 0, edges[i + 1] ?? 0) : [],
          );
          const told = await read(folder);
          expect(framesOf(told)).toEqual(expected);
          // whole blocks that were cut out from seam to seam leave no trace
          const isSeamless = how === "cut" && [0, ...ends].includes(at) && ends.includes(end);
          if (expected.length < story.length && !isSeamless) expect(gapsOf(told).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("that is empty or no journal at all is a gap, and none is nothing", async () => {
    const folder = await newFolder();
    expect(await read(folder)).toEqual([]);
    await writeFile(join(folder, file), "");
    expect(await read(folder)).toEqual([]);
    await writeFile(join(folder, file), "this is something else");
    expect(await read(folder)).toMatchObject([{ told: "gap", why: expect.stringMatching(/22 bytes/u) }]);
    expect(await read(join(folder, "nowhere"))).toEqual([]);
  });

  test("larger than the window that it is read through is read as a whole", async () => {
    const { folder, path, bytes } = await written();
    const garbage = Buffer.alloc(9_000_000, "SGHT and no block follows it");
    await writeFile(path, Buffer.concat([bytes, garbage, bytes]));
    const told = await read(folder);
    expect(framesOf(told)).toEqual([...row(0, 1_500), ...row(0, 1_500)]);
    expect(gapsOf(told)).toMatchObject([{ why: "9000000 bytes of the file are damaged" }]);
  });
});

test("a day that is deleted while a week is read is as one that was never there", async () => {
  const parts: unknown[] = [];
  for await (const part of partsOf(join(await newFolder(), file))) parts.push(part);
  expect(parts).toEqual([]);
});

describe("a clock", () => {
  const stepped = (byMs: number): Happening[] =>
    minutes(900).map((each, i) =>
      each.type === "frame" && i >= 450 ? { ...each, wallMs: each.wallMs + byMs } : each,
    );

  test.each([
    ["back within the day", -3_600_000],
    ["back over midnight", -20 * 3_600_000],
    ["ahead", 5_400_000],
    ["ahead over midnight", 20 * 3_600_000],
    ["to 1970", -noonMs],
  ])("that steps %s loses no frame and repeats none", async (_how, byMs) => {
    const folder = await newFolder();
    const told = await write(folder, stepped(byMs)).then(() => read(folder));
    const times = told.flatMap((each) => (each.told === "frame" ? [each.ptsUs] : []));
    expect(times.toSorted((a, b) => a - b)).toEqual(row(0, 900).map((i) => i * 100_000));
    const walls = told.flatMap((each) => (each.told === "frame" ? [each] : []));
    for (const { ptsUs, wallMs } of walls)
      expect(wallMs).toBeCloseTo(noonMs + ptsUs / 1_000 + (ptsUs >= 45_000_000 ? byMs : 0), 3);
    expect((await readdir(folder)).length).toBeLessThanOrEqual(2);
  });
});
