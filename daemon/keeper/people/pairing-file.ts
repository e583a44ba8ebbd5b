/**
 * Pairing file: the one-time code that lets the first owner in, and how often it was mistyped.
 *
 * Readable by the doorbell's user only (0600). The keeper makes a code when an unpaired doorbell
 * starts, `sill pair` when the last one is spent. A code is good for a day between two readings of
 * the clock; a clock that jumped out of that day, either way, ends it, and so do five wrong tries.
 */
import { readFile, rm } from "node:fs/promises";
import { z } from "zod";
import { toFault } from "../../../hal/fault.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { newPairingCode } from "./pairing-code.ts";

export const pairingMs = 24 * 3_600_000;
export const maxWrongTries = 5;

const pairingSchema = z.strictObject({
  code: z.string(),
  madeWallMs: z.number(),
  expiresWallMs: z.number(),
  wrongTries: z.int().min(0),
});
export type Pairing = z.output<typeof pairingSchema>;

/** Null = there is none, or none that can be read: a new one is made where one is asked for. */
export async function readPairing(path: string): Promise<Pairing | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    const fault = toFault(error, "the pairing code cannot be read");
    if (fault.kind === "not-found") return "";
    throw fault;
  });
  try {
    return pairingSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function isExpired({ madeWallMs, expiresWallMs }: Pairing, wallMs: number): boolean {
  return wallMs < madeWallMs || wallMs >= expiresWallMs;
}

/** The code in force, or a new one. */
export async function ensurePairing(path: string, wallMs: number): Promise<Pairing> {
  const now = Math.round(wallMs);
  const known = await readPairing(path);
  if (known !== null && !isExpired(known, now) && known.wrongTries < maxWrongTries) return known;
  const pairing = { code: newPairingCode(), madeWallMs: now, expiresWallMs: now + pairingMs, wrongTries: 0 };
  await writePairing(path, pairing);
  return pairing;
}

export function writePairing(path: string, pairing: Pairing): Promise<void> {
  return writeDurableJson(path, pairing);
}

/** The doorbell is paired: there is nothing to type any more. */
export function removePairing(path: string): Promise<void> {
  return rm(path, { force: true });
}
