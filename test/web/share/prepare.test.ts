import { expect, test } from "vitest";
import type { Rewrapped } from "../../../web/open/age.ts";
import { partsOf } from "../../../web/share/parts.ts";
import { prepare, type Preparing } from "../../../web/share/prepare.ts";
import { clipPaths } from "../../../web/state/api.ts";
import { aClip } from "../samples.ts";

const clip = aClip(10);
const parts = partsOf(new Map([[clip.id, { fromMs: 0, toMs: 6_000 }]]), [clip]);
const rewrapped: Rewrapped = { header: new Uint8Array(1), bytes: 1, chunks: ["0".repeat(64)] };

function preparing(change: Partial<Preparing> = {}): Preparing & { asked: string[]; told: number[] } {
  const asked: string[] = [];
  const told: number[] = [];
  return {
    asked,
    told,
    known: new Map(),
    signal: new AbortController().signal,
    fetchSealed: async (path) => {
      asked.push(path);
      return new Uint8Array(1);
    },
    rewrap: async () => rewrapped,
    onProgress: (done) => told.push(done),
    ...change,
  };
}

test("every file is fetched once, in the order in which it leaves, and progress is told", async () => {
  const run = preparing();
  await prepare(parts, run);
  expect(run.asked).toEqual([
    clipPaths.init(clip.id),
    ...[0, 1, 2].map((index) => clipPaths.fragment(clip.id, index)),
  ]);
  expect(run.told).toEqual([0, 1, 2, 3, 4]);
  expect([...run.known.keys()]).toEqual(run.asked);
});

test("what is known already is not fetched again", async () => {
  const first = preparing();
  await prepare(parts, first);
  const longer = partsOf(new Map([[clip.id, { fromMs: 0, toMs: 8_000 }]]), [clip]);
  const second = preparing({ known: first.known });
  await prepare(longer, second);
  expect(second.asked).toEqual([clipPaths.fragment(clip.id, 3)]);
});

test("a file that is gone stops it, with its own fault and nothing left unhandled", async () => {
  const run = preparing({
    fetchSealed: (path) =>
      path.endsWith("/1") ? Promise.reject(new Error("gone")) : Promise.resolve(new Uint8Array(1)),
  });
  await expect(prepare(parts, run)).rejects.toThrow("gone");
  expect(run.told.at(-1)).toBe(2);
});

test("who leaves stops it", async () => {
  const abort = new AbortController();
  const run = preparing({ signal: abort.signal, onProgress: (done) => done === 1 && abort.abort() });
  await expect(prepare(parts, run)).rejects.toThrow(/abort/u);
});
