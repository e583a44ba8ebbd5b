/**
 * Pin: the household that this eye trusts, remembered across restarts (`trust.json`).
 *
 * Its first record says whose house it is for ever; the newest one says how far the chain had got,
 * so that it can grow but never shrink or fork.
 */
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { readableFolder } from "../../files/modes.ts";
import { writeDurableJson } from "../../seal/durable.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
export const pinSchema = z.strictObject({ genesis: hash, count: z.int().min(1), head: hash });
export type Pin = z.output<typeof pinSchema>;

/** Null when the file is missing or broken. */
export async function readPin(path: string): Promise<Pin | null> {
  try {
    return pinSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Throws Fault `exhausted` when the disk is full. */
export async function keepPin(path: string, pin: Pin): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: readableFolder });
  await writeDurableJson(path, pin);
}

/** The one that saw more; one household's pins only differ in how far they saw. */
export function furtherPin(a: Pin | null, b: Pin | null): Pin | null {
  if (a === null || b === null) return a ?? b;
  return b.genesis === a.genesis && b.count > a.count ? b : a;
}
