/**
 * Crops: the labelled packs of ../shared/traindata, decoded, with what the classic peer says of each.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import type { I420 } from "../../../hal/frame.ts";
import { isLabel, type Label } from "../../../models/labels.ts";

export const packsFolder = join(import.meta.dirname, "../../../../shared/traindata");
export const cropSide = 80;

export interface Crop {
  /** Square, the region with its context. */
  readonly picture: I420;
  /** Null = nobody has labelled it. */
  readonly truth: Label | null;
  /** Clip or source. */
  readonly from: string;
  readonly frame: number;
  /** In pixels of the clip: left, top, width, height. */
  readonly box: readonly [number, number, number, number];
  /** OpenCV's HOG people detector: the best weight; null = no window of it. */
  readonly hog: number | null;
}

export interface Pack {
  readonly crops: readonly Crop[];
  readonly hogCpuMs: number;
}

const lineSchema = z.union([
  z.object({ row: z.record(z.string(), z.string()), hog: z.number().nullable() }),
  z.object({ cpuMs: z.number() }),
]);

/** Throws Fault `unavailable` without the packs, or without Debian's python3-opencv. */
export function readPack(pack: "crops80" | "motion80", split?: string): Pack {
  if (!existsSync(join(packsFolder, `${pack}.bin`)))
    throw new Fault("unavailable", `there is no ../shared/traindata/${pack}.bin to measure with`);
  const folder = mkdtempSync(join(tmpdir(), "sill-bench-models-"));
  try {
    const raw = join(folder, "raw");
    const script = join(import.meta.dirname, "hog.py");
    const args = [script, packsFolder, pack, raw, ...(split === undefined ? [] : ["--split", split])];
    const { status, stdout, stderr } = spawnSync("/usr/bin/python3", args, {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (status !== 0)
      throw new Fault("unavailable", `hog.py ended with ${status}: ${stderr.slice(-300)}`, {
        hint: "apt-get install python3-opencv",
      });
    return packOf(stdout, readFileSync(raw));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packOf(lines: string, raw: Uint8Array): Pack {
  const crops: Crop[] = [];
  let hogCpuMs = Number.NaN;
  for (const text of lines.trim().split("\n")) {
    const line = lineSchema.parse(JSON.parse(text));
    if ("cpuMs" in line) hogCpuMs = line.cpuMs;
    else {
      const { row, hog } = line;
      const numbers = [row.x, row.y, row.w, row.h].map(Number);
      const [x = 0, y = 0, w = 0, h = 0] = numbers;
      const picture = pictureAt(raw, crops.length);
      crops.push({
        picture,
        truth: truthOf(row.label ?? row.class ?? ""),
        from: row.clip ?? row.source ?? "",
        frame: Number(row.frame ?? 0),
        box: [x, y, w, h],
        hog,
      });
    }
  }
  return { crops, hogCpuMs };
}

/** The packs' words in ours: who rides a bicycle is a person, a package is a parcel. */
function truthOf(word: string): Label | null {
  const ours = word === "cyclist" ? "person" : word === "package" ? "parcel" : word;
  return isLabel(ours) ? ours : null;
}

function pictureAt(raw: Uint8Array, index: number): I420 {
  const [luma, chroma] = [cropSide * cropSide, (cropSide / 2) ** 2];
  const at = index * (luma + 2 * chroma);
  const plane = (from: number, side: number) => ({
    data: raw.subarray(from, from + side * side),
    stride: side,
    width: side,
    height: side,
  });
  return {
    width: cropSide,
    height: cropSide,
    y: plane(at, cropSide),
    u: plane(at + luma, cropSide / 2),
    v: plane(at + luma + chroma, cropSide / 2),
  };
}
