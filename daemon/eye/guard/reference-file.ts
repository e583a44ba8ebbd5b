/**
 * Reference file: what was learnt under one policy, kept across restarts, so that a camera that was moved
 * while it was off does not show the neighbours.
 *
 * `guard/000003.json` belongs to version 3 of the policy; files of other versions are removed.
 * Missing = this policy has not been watched yet, and the guard learns. Broken or made for another
 * kind of picture = `changed`: fails closed, because a guess would make the moved camera's view the
 * reference.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import { privateFolder } from "../../files/modes.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { numberedFile } from "../../wire/paths.ts";
import type { TripReason } from "./judge.ts";
import type { Reference, ReferencePoint } from "./reference.ts";
import { directions } from "./sketch.ts";
import { tuning } from "./tuning.ts";

/** Which policy: its version, and a hash of what it says. */
export interface PolicyKey {
  readonly version: number;
  readonly sha256: string;
}

export interface Kept {
  readonly reference: Reference | null;
  /** Closed for good under this policy. */
  readonly tripped: TripReason | null;
}

const zoneCount = tuning.zoneCols * tuning.zoneRows;
const pointSchema = z.tuple([
  z.int().min(0),
  z.int().min(0),
  z
    .int()
    .min(0)
    .max(directions - 1),
]);

const fileSchema = z
  .strictObject({
    policy: z.strictObject({ version: z.int().min(1), sha256: z.string() }),
    cols: z.int().min(1).max(tuning.sketchCols),
    rows: z.int().min(1).max(16_384),
    clear: z.number(),
    structure: z.int().min(0),
    tripped: z.enum(["moved", "covered", "changed"]).nullable(),
    zones: z.array(z.array(pointSchema).max(tuning.pointsPerZone)).min(1).max(zoneCount),
  })
  .refine(({ cols, rows, zones }) => zones.flat().every(([x, y]) => x < cols && y < rows));

const fileName = ({ version }: PolicyKey): string => numberedFile(version);

export async function readKept(folder: string, key: PolicyKey): Promise<Kept> {
  const text = await readFile(join(folder, fileName(key)), "utf8").catch((error: unknown) => {
    if (toFault(error).kind === "not-found") return null;
    throw error;
  });
  if (text === null) return { reference: null, tripped: null };
  const file = fileSchema.parse(JSON.parse(text));
  // a version is never used twice by one household; this file is another's
  if (file.policy.version !== key.version || file.policy.sha256 !== key.sha256)
    return { reference: null, tripped: null };
  const { cols, rows, clear, structure, tripped } = file;
  const zones = file.zones.map((zone) => zone.map(([x, y, direction]) => ({ x, y, direction })));
  return { reference: { cols, rows, clear, structure, zones }, tripped };
}

/** Whatever is wrong with the file closes the picture. */
export function readKeptOrClosed(folder: string, key: PolicyKey): Promise<Kept> {
  return readKept(folder, key).catch(() => ({ reference: null, tripped: "changed" }));
}

/** Throws Fault `exhausted` when the disk is full. */
export async function keep(
  folder: string,
  key: PolicyKey,
  { reference, tripped }: Kept & { readonly reference: Reference },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: privateFolder });
  const zones = reference.zones.map((zone) => zone.map(pointOf));
  const { version, sha256 } = key;
  await writeDurableJson(join(folder, fileName(key)), {
    policy: { version, sha256 },
    ...reference,
    tripped,
    zones,
  });
  const old = (await readdir(folder)).filter((name) => name.endsWith(".json") && name !== fileName(key));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

function pointOf({ x, y, direction }: ReferencePoint): [number, number, number] {
  return [x, y, direction];
}
