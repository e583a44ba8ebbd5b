/**
 * Crops of the simulated porch for training: squares around everybody whom the truth names, and around what
 * changes where nobody is. `node scripts/train/porch.ts FOLDER` writes porch80.bin and porch80.csv (packs.py).
 *
 * Seeded: the same pictures at every run. One pack entry is a binary PPM, 80x80.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BoxPx } from "../../hal/geometry.ts";
import type { I420 } from "../../hal/frame.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { createPorch } from "../../hal/sim/porch/porch.ts";
import { hash } from "../../hal/sim/porch/math.ts";
import type { PorchSettings } from "../../hal/sim/porch/settings.ts";
import type { TruthItem } from "../../hal/sim/porch/truth.ts";
import { troubles } from "../../hal/sim/porch/trouble/list.ts";
import { ppmOf, squareOf } from "./porch-square.ts";

const size = { width: 1280, height: 720 };
const labels = { person: "person", vehicle: "vehicle", animal: "animal", parcel: "package", thing: "other" };
const busy = { visitorsPerHour: 240 } as const;
const visitors = ["any", "close", "slow", "dark", "running", "far"] as const;
const scenes: PorchSettings[] = [
  ...visitors.flatMap((visitor): PorchSettings[] => [
    { ...busy, visitor, light: "day" },
    { ...busy, visitor, light: "dusk" },
    { ...busy, visitor, light: "night" },
    { ...busy, visitor, light: "day", rain: "on" },
  ]),
  ...(
    ["day", "dusk", "night", "day", "dusk", "night", "day", "night", "day", "day", "night", "dusk"] as const
  ).map((light): PorchSettings => ({ visitorsPerHour: 0, scene: "garden", light })),
  ...troubles.map((trouble): PorchSettings => ({ ...busy, trouble, light: "day" })),
  ...troubles.map((trouble): PorchSettings => ({ ...busy, trouble, light: "night" })),
];
const sceneMs = 90_000;
const stepMs = 3_000;
/** Without visitors: until the cat has come a few times. */
const gardenMs = 300_000;
const gardenStepMs = 700;
const stirMs = 200;
const leastSide = 14;

interface Entry {
  readonly bytes: Uint8Array;
  readonly label: string;
  readonly split: string;
}

function* cropsOf(settings: PorchSettings, seed: number, split: string): Generator<Entry> {
  const porch = createPorch({ ...settings, seed }, size);
  const [now, before] = [newPicture(size), newPicture(size)];
  const garden = settings.scene === "garden";
  for (let tMs = 4_000; tMs < (garden ? gardenMs : sceneMs); tMs += garden ? gardenStepMs : stepMs) {
    const chance = (what: number) => (hash(seed, tMs, what) >>> 8) / 2 ** 24;
    const items = porch.truth(tMs).items.filter(({ box }) => box !== null);
    if (garden && items.length === 0 && chance(3) < 0.97) continue;
    porch.render(tMs - stirMs, before);
    porch.render(tMs, now);
    for (const [at, { box, kind, visibleFrac, depthM }] of items.entries()) {
      if (box === null || visibleFrac < 0.45 || Math.max(box[2], box[3]) < leastSide) continue;
      if (items.some((other) => hides(other, { box, depthM }))) continue;
      const context = 1 + 0.9 * chance(100 + at);
      yield { bytes: ppmOf(squareOf(now, box, context)), label: labels[kind], split };
    }
    const stirred = strongest(
      now,
      before,
      items.flatMap(({ box }) => (box === null ? [] : [box])),
    );
    if (stirred !== null && chance(1) < 0.7)
      yield { bytes: ppmOf(squareOf(now, stirred, 0.8 + 1.6 * chance(2))), label: "other", split };
  }
}

type Standing = Pick<TruthItem, "box" | "depthM">;

/** Somebody nearer stands before more than a fifth of it. */
function hides({ box: near, depthM }: Standing, { box, depthM: itsDepthM }: Standing): boolean {
  if (near === null || box === null || depthM >= itsDepthM) return false;
  const width = Math.min(near[0] + near[2], box[0] + box[2]) - Math.max(near[0], box[0]);
  const height = Math.min(near[1] + near[3], box[1] + box[3]) - Math.max(near[1], box[1]);
  return Math.max(0, width) * Math.max(0, height) > 0.2 * box[2] * box[3];
}

/** The block that has changed most where nobody is; null where nothing has. */
function strongest(now: I420, before: I420, taken: readonly BoxPx[]): BoxPx | null {
  const side = 80;
  let best: BoxPx | null = null;
  let most = 1.2;
  for (let y = 0; y + side <= size.height; y += side / 2) {
    for (let x = 0; x + side <= size.width; x += side / 2) {
      if (taken.some(([l, t, w, h]) => x < l + w && l < x + side && y < t + h && t < y + side)) continue;
      const change = changeIn(now, before, x, y, side);
      if (change > most) [most, best] = [change, [x, y, side, side]];
    }
  }
  return best;
}

function changeIn(now: I420, before: I420, left: number, top: number, side: number): number {
  let sum = 0;
  for (let y = top; y < top + side; y += 4)
    for (let x = left; x < left + side; x += 4)
      sum += Math.abs(
        (now.y.data[y * now.y.stride + x] ?? 0) - (before.y.data[y * before.y.stride + x] ?? 0),
      );
  return (sum * 16) / (side * side);
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node scripts/train/porch.ts FOLDER");
mkdirSync(folder, { recursive: true });
const parts: Uint8Array[] = [];
const rows = ["offset,length,class,source,split,free_licence"];
let offset = 0;
for (const [at, settings] of scenes.entries()) {
  const split = at % 5 === 4 ? "val" : "train";
  for (const { bytes, label, split: where } of cropsOf(settings, 1000 + at, split)) {
    parts.push(bytes);
    rows.push(`${offset},${bytes.length},${label},porch,${where},1`);
    offset += bytes.length;
  }
  process.stdout.write(`${at + 1} of ${scenes.length} scenes, ${rows.length - 1} crops\n`);
}
writeFileSync(join(folder, "porch80.bin"), Buffer.concat(parts));
writeFileSync(join(folder, "porch80.csv"), `${rows.join("\n")}\n`);
