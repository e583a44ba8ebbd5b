import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clip } from "../../../daemon/wire/api.ts";
import { Fault } from "../../../hal/fault.ts";
import { crc32 } from "../../../web/timeline/crc32.ts";
import { exportClips, fileNames, recordingsOf, type Exporting } from "../../../web/timeline/export.ts";
import { removeAll } from "../../../web/timeline/removal.ts";
import { csvOf, jsonOf } from "../../../web/timeline/tables.ts";
import { Zip } from "../../../web/timeline/zip.ts";
import { momentAt, noonMs } from "./samples.ts";

test("the checksum is that of zlib, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (pieces) => {
      expect(crc32(pieces)).toBe(nodeCrc32(Buffer.concat(pieces)));
    }),
  );
});

/** As another program unpacks it. */
async function unpacked(zip: Blob): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "sill-zip-"));
  try {
    const path = join(folder, "all.zip");
    writeFileSync(path, new Uint8Array(await zip.arrayBuffer()));
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])";
    execFileSync("python3", ["-c", script, path, join(folder, "out")]);
    const names = readdirSync(join(folder, "out"));
    return new Map(names.map((name) => [name, readFileSync(join(folder, "out", name), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);

test("a ZIP is read by others, with its names, and an empty file in it", async () => {
  const zip = new Zip();
  zip.add({ name: "über.txt", pieces: [text("one "), text("two")], wallMs: noonMs });
  zip.add({ name: "empty", pieces: [], wallMs: 0 });
  expect(await unpacked(zip.close())).toEqual(
    new Map([
      ["empty", ""],
      ["über.txt", "one two"],
    ]),
  );
});

const seen = [
  momentAt("event-02", noonMs + 500, { clip: "clip-two", kind: "ring" }),
  momentAt("event-01", noonMs, { clip: "clip-one", kind: "ring" }),
  momentAt("event-03", noonMs + 9_000, { clip: "clip-two" }),
  momentAt("event-04", noonMs + 9_500),
];

test("each recording is saved once, named by the first that it shows", () => {
  const recordings = recordingsOf(seen);
  expect(recordings.map(({ id, moment }) => [id, moment.id])).toEqual([
    ["clip-one", "event-01"],
    ["clip-two", "event-02"],
  ]);
  const [first, second] = fileNames(recordings);
  expect(first).toMatch(/^2026-01-31_\d\d-00-00_ring\.mp4$/u);
  expect(second).toBe(first?.replace(".mp4", "_2.mp4"));
});

function exporting(change: Partial<Exporting> = {}) {
  const zips: { readonly zip: Blob; readonly name: string }[] = [];
  const told: Exporting = {
    moments: seen,
    clip: async (id) => ({ id }) as Clip,
    pieces: async ({ id }) => [text("init "), text(id)],
    signal: new AbortController().signal,
    onProgress: () => {},
    save: (zip, name) => zips.push({ zip, name }),
    lists: [{ name: "events.csv", text: "id" }],
    nowMs: noonMs,
    ...change,
  };
  return { told, zips };
}

test("recordings are saved with the list, and what cannot be opened is named", async () => {
  const { told, zips } = exporting({
    pieces: async ({ id }) => {
      if (id === "clip-one") throw new Fault("denied", "sealed to others");
      return [text("init "), text(id)];
    },
  });
  expect(await exportClips(told)).toEqual({ saved: 1, missing: 1 });
  expect(zips.map(({ name }) => name.replace(/\d\d-00-00/u, "time"))).toEqual(["sill-2026-01-31_time.zip"]);
  const files = await unpacked(zips[0]?.zip ?? new Blob());
  const [first = "", second = ""] = fileNames(recordingsOf(seen));
  expect(files).toEqual(
    new Map(
      [
        [second, "init clip-two"],
        ["events.csv", "id"],
        ["missing.txt", `${first}: sealed to others\n`],
      ].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)) as [string, string][],
    ),
  );
});

test("what does not fit goes into the next file, the list into the last", async () => {
  const { told, zips } = exporting({ mostBytes: 60 });
  expect(await exportClips(told)).toEqual({ saved: 2, missing: 0 });
  expect(zips.map(({ name }) => /-(\d)\.zip$/u.exec(name)?.[1])).toEqual(["1", "2"]);
  const files = await Promise.all(zips.map(async ({ zip }) => [...(await unpacked(zip)).keys()]));
  const [first, second] = fileNames(recordingsOf(seen));
  expect(files).toEqual([[first], [second, "events.csv"]]);
});

test("who stops it gets nothing half", async () => {
  const abort = new AbortController();
  const { told, zips } = exporting({ signal: abort.signal, onProgress: () => abort.abort() });
  await expect(exportClips(told)).rejects.toThrow();
  expect(zips).toEqual([]);
});

test("a list is a table for others, and no cell of it a formula", () => {
  const moments = [
    momentAt("event-01", noonMs, { zones: ['=HYPERLINK("x")', "path"], clip: "clip-one", mark: "false" }),
    momentAt("event-02", noonMs, { kind: "ring", zones: [], endWallMs: null, ignored: true }),
  ];
  const watchers = new Map([["clip-one", ["Ada", "Bo"]]]);
  expect(csvOf(moments, watchers).split("\r\n")).toEqual([
    "id,kind,start,end,zones,recording,mark,watched_by,ignored",
    `event-01,motion,2026-01-31T12:00:00.000Z,2026-01-31T12:00:04.000Z,"'=HYPERLINK(""x""); path",clip-one,false,Ada; Bo,`,
    "event-02,ring,2026-01-31T12:00:00.000Z,,,,,,yes",
    "",
  ]);
  const { events } = JSON.parse(jsonOf(moments, watchers)) as { events: { watchedBy: string[] }[] };
  expect(events.map(({ watchedBy }) => watchedBy)).toEqual([["Ada", "Bo"], []]);
});

const ids = ["a", "b", "c", "d", "e"];
const kept = (...some: readonly string[]) => some.map((id) => ({ id, why: "held" as const }));

test("deleting goes in calls, tells what is gone, and leaves what must stay", async () => {
  const calls: string[][] = [];
  const gone = new Set<string>();
  const outcome = await removeAll({
    ids,
    atOnce: 2,
    signal: new AbortController().signal,
    call: async (part) => {
      calls.push([...part]);
      const stays = part.includes("c") ? kept("c") : [];
      return { events: part.length - stays.length, clips: 0, bytes: 0, kept: stays };
    },
    onProgress: (_, some) => some.forEach((id) => gone.add(id)),
  });
  expect(calls).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  expect([outcome, [...gone]]).toEqual([{ ended: "done", gone: 4 }, ["a", "b", "d", "e"]]);
});

test.each(["stopped", "failed"] as const)("a deletion that is %s says how far it came", async (how) => {
  const abort = new AbortController();
  let calls = 0;
  const outcome = await removeAll({
    ids,
    atOnce: 2,
    signal: abort.signal,
    call: async (part) => {
      calls += 1;
      if (how === "failed" && calls === 2) throw new Fault("unavailable", "away");
      if (how === "stopped") abort.abort();
      return { events: part.length, clips: 0, bytes: 0, kept: [] };
    },
    onProgress: () => {},
  });
  expect(outcome).toEqual({ ended: how, gone: 2 });
});
