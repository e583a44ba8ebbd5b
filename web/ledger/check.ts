/**
 * Check: is the ledger that the doorbell shows now the one that this browser saw last, with entries added?
 *
 * Demands a checkpoint, checks its signature by the key that this browser was paired with, and the proof
 * that it grew from the last one (RFC 6962). What does not hold is an alarm (alarm.ts).
 * A doorbell that cannot answer now is no alarm: what it throws passes through. Loaded when first needed,
 * because the curve is.
 */
import { fromBase64 } from "../../daemon/ledger/base64.ts";
import { openCheckpoint, type Checkpoint } from "../../daemon/ledger/checkpoint.ts";
import { verifyConsistency } from "../../daemon/ledger/proof.ts";
import { ledgerKey } from "../../daemon/ledger/key.ts";
import { isSameHash } from "../../daemon/ledger/tree.ts";
import type { Alarm, AlarmKind } from "./alarm.ts";

/** What is asked of the doorbell. */
export interface Asked {
  checkpoint(): Promise<string>;
  /** Hashes in base64. */
  consistency(from: number, to: number): Promise<readonly string[]>;
}

export type Found =
  | { readonly alarm: null; readonly checkpoint: string; readonly size: number }
  | { readonly alarm: Alarm };

/** `kept`: the last checkpoint that was found right; null = this browser has seen none. */
export async function checkLedger(device: string, kept: string | null, asked: Asked): Promise<Found> {
  const key = ledgerKey(device);
  const now = await asked.checkpoint();
  const found = signed(now, key);
  const alarm = (kind: AlarmKind): Found => ({ alarm: { kind, before: kept, now } });
  if (found === null) return alarm("unsigned");
  const last = kept === null ? null : signed(kept, key);
  if (last !== null) {
    if (found.size < last.size) return alarm("shorter");
    if (!(await hasGrown(last, found, asked))) return alarm("changed");
  }
  return { alarm: null, checkpoint: now, size: found.size };
}

async function hasGrown(last: Checkpoint, now: Checkpoint, asked: Asked): Promise<boolean> {
  if (last.size === now.size) return isSameHash(last.root, now.root);
  if (last.size === 0) return true;
  const hashes = (await asked.consistency(last.size, now.size)).map(fromBase64);
  const proof = hashes.filter((hash) => hash !== null);
  if (proof.length !== hashes.length) return false;
  return verifyConsistency({ size1: last.size, root1: last.root, size2: now.size, root2: now.root, proof });
}

/** Null = not by this key, or no checkpoint. */
function signed(note: string, key: string): Checkpoint | null {
  try {
    return openCheckpoint(note, key);
  } catch {
    return null;
  }
}
