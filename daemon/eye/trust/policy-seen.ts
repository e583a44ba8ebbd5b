/**
 * Policy seen: the newest policy that was ever in force, remembered across restarts.
 *
 * The version alone would let another text in under the same number, so the hash of the signed
 * payload goes with it; and the household under which it came in force, so that the loss of `trust.json`
 * does not let another household in. A file that is missing or broken counts as nothing seen.
 */
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { readableFile, readableFolder } from "../../files/modes.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { pinSchema } from "./pin.ts";

const seenSchema = z.strictObject({
  version: z.int().min(1),
  /** Of the payload's bytes, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Part of the picture that it leaves visible, 0..1. */
  visibleFrac: z.number().min(0).max(1),
  household: pinSchema,
});
export type SeenPolicy = z.output<typeof seenSchema>;

export async function readSeen(path: string): Promise<SeenPolicy | null> {
  try {
    return seenSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Throws Fault `exhausted` when the disk is full. */
export async function keepSeen(path: string, seen: SeenPolicy): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: readableFolder });
  await writeDurableJson(path, seen, readableFile); // by the keeper, which counts on from it
}
