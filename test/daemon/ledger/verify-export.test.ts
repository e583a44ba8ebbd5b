import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exportLines } from "../../../daemon/ledger/export.ts";
import { verifyExport, type Verdict } from "../../../daemon/ledger/verify-export.ts";
import { BrittleFiles } from "../files/brittle-files.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { anyChange, anyEntry, exportOf, type Written } from "./exports.ts";
import { openLedger, vkey, zones } from "./open-ledger.ts";

const script = join(import.meta.dirname, "../../../scripts/verify-ledger.py");

function verify(file: Uint8Array | string): Promise<Verdict> {
  return verifyExport(Readable.from([Buffer.from(file)]));
}

const entry = (detail: string): Written => ({
  told: { what: "zones", who: "Ada", detail },
  wallMs: 5,
  isErased: false,
});
const three = exportOf(["a", "b", "c"].map(entry));

test("a ledger's own export holds, in pieces of any size", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await Promise.all(Array.from({ length: 600 }, (_, at) => ledger.append(zones(`${at}`))));
  const exported = { key: vkey, checkpoint: await ledger.checkpoint(), size: 600 };
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportLines(files, exported)) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const pieces = Array.from({ length: Math.ceil(whole.length / 7_001) }, (_, at) =>
    whole.subarray(at * 7_001, (at + 1) * 7_001),
  );
  for (const stream of [chunks, pieces])
    expect(await verifyExport(Readable.from(stream))).toMatchObject({
      problems: [],
      entries: 600,
      key: vkey,
    });
});

test("a line that was changed on the disk is named", async () => {
  const files = new BrittleFiles();
  const ledger = await openLedger(files);
  await Promise.all(Array.from({ length: 300 }, (_, at) => ledger.append(zones(`${at}`))));
  const exported = { key: vkey, checkpoint: await ledger.checkpoint(), size: 300 };
  const name = "entries/000000.jsonl";
  const text = new TextDecoder().decode(files.disk.get(name));
  const changed = text.replace(/("seq":41,"wallMs":)\d+/u, "$15");
  files.disk.set(name, new TextEncoder().encode(changed));
  const { problems } = await verifyExport(exportLines(files, exported));
  expect(problems).toEqual([
    { line: 43, message: "the entry is not the one that was stored: its hash differs" },
    { line: 0, message: "the entries together are not those that were signed" },
  ]);
});

test.each([
  ["an entry of another number", three.replace('{"seq":1,"w', '{"seq":7,"w'), 3, "hash differs"],
  [
    "another detail",
    three.replace('"detail":"b"', '"detail":"x"'),
    3,
    "not those that the entry was made with",
  ],
  ["a missing end", three.split("\n").slice(0, -2).join("\n").concat("\n"), 0, "2 entries and 3 were signed"],
  ["a cut line", three.slice(0, -9), 4, "cut"],
  ["another signature", three.replace(/(\\n\\n— \S+ \S{20})./u, "$1A"), 1, "does not fit"],
  ["another format", three.replace("export-v1", "export-v2"), 1, "not an export"],
  ["a line of something else", three.replace("\t", " "), 2, "three fields"],
  ["nothing", "", 0, "empty"],
])("a file with %s: the line is named", async (_, file, line, words) => {
  const { problems } = await verify(file);
  expect(problems[0]).toEqual({ line, message: expect.stringContaining(words) });
});

test("a file of another key is refused where a key is demanded", async () => {
  const chunks = Readable.from([Buffer.from(three)]);
  const { problems } = await verifyExport(chunks, { key: vkey.replace("sill", "Sill") });
  expect(problems[0]).toEqual({ line: 1, message: "this is the ledger of another key" });
});

test("an empty ledger holds", async () => {
  expect(await verify(exportOf([]))).toMatchObject({ problems: [], entries: 0 });
});

test("erased details are counted and nothing else", async () => {
  const file = exportOf([entry("a"), { ...entry("b"), isErased: true }]);
  expect(await verify(file)).toMatchObject({ problems: [], entries: 2, erased: 1 });
});

test("a line without an end takes no memory", async () => {
  const big = (async function* () {
    yield Buffer.from(three);
    for (let each = 0; each < 400; each += 1) yield Buffer.alloc(1_000_000, 120);
  })();
  const before = process.memoryUsage().arrayBuffers;
  const { problems } = await verifyExport(big);
  expect(problems[0]?.message).toContain("longer than any");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
});

async function byPython(folder: string, files: readonly Uint8Array[]): Promise<string[] | null> {
  await mkdir(folder);
  const paths = files.map((_, at) => join(folder, `${at}.txt`));
  await Promise.all(files.map((file, at) => writeFile(paths[at] ?? folder, file)));
  const options = { maxBuffer: 64 * 1_024 * 1_024 };
  const answer = await promisify(execFile)("python3", [script, ...paths], options).catch(
    (error: Error & { stdout?: string; code?: unknown }) => error,
  );
  return "code" in answer && answer.code === "ENOENT" ? null : (answer.stdout ?? "").trimEnd().split("\n");
}

test(
  "a verifier that shares no code agrees on 1,000 ledgers and on a change of each",
  { timeout: 180_000 },
  async (context) => {
    const cases = fc.tuple(fc.array(anyEntry, { minLength: 1, maxLength: 20 }), anyChange);
    const samples = fc.sample(cases, 1_000).map(([entries, change]) => {
      const good = Buffer.from(exportOf(entries));
      return { good, bad: change(good) };
    });
    const changed = samples.filter(({ good, bad }) => !good.equals(bad));
    await using folder = await tempFolder();
    const goods = await byPython(
      join(folder.path, "good"),
      samples.map(({ good }) => good),
    );
    if (goods === null) return context.skip("SKIPPED: there is no python3");
    expect(goods.filter((line) => line.includes(": holds, "))).toHaveLength(1_000);
    const bads =
      (await byPython(
        join(folder.path, "bad"),
        changed.map(({ bad }) => bad),
      )) ?? [];
    expect(changed.length).toBeGreaterThan(900);
    expect(bads).toHaveLength(changed.length);
    expect(bads.filter((line) => line.includes(": holds, "))).toEqual([]);
    for (const { good, bad } of changed) {
      expect((await verify(good)).problems).toEqual([]);
      expect((await verify(bad)).problems).not.toEqual([]);
    }
  },
);
