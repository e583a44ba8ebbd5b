/**
 * Policy seen: the newest policy that was ever in force, remembered across restarts.
 *
 * The version alone would let another text in under the same number, so a hash of what it says
 * goes with it. A file that is missing or broken counts as nothing seen: who can remove it can
 * write the policy too, until policies are signed.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeDurableJson } from "../seal/durable.ts";
import type { Policy } from "../wire/policy.ts";

const seenSchema = z.strictObject({ version: z.int().min(1), sha256: z.string() });
export type SeenPolicy = z.output<typeof seenSchema>;

/** Of the meaning, not of the file's spaces. */
export function hashOf({ version, propertyLine, privacyZones }: Policy): string {
  return createHash("sha256")
    .update(JSON.stringify([version, propertyLine, privacyZones]))
    .digest("hex");
}

export async function readSeen(path: string): Promise<SeenPolicy | null> {
  try {
    return seenSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Throws Fault `exhausted` when the disk is full. */
export async function keepSeen(path: string, seen: SeenPolicy): Promise<void> {
  await writeDurableJson(path, seen);
}
