/**
 * Seen: has the log only grown since this browser saw it last? Computed here, from the log's own files.
 *
 * The newest checkpoint that was opened is kept in the browser's storage, under the log's key: a portal that shows
 * one visitor another log, or an old one, is found when they come back. A browser that keeps nothing checks nothing.
 */
import { fromBase64, toBase64 } from "../../../daemon/ledger/base64.ts";
import type { Checkpoint } from "../../../daemon/ledger/checkpoint.ts";
import { proveConsistency, verifyConsistency } from "../../../daemon/ledger/proof.ts";
import { hashBytes } from "../../../daemon/ledger/tree.ts";
import { Fault } from "../../../hal/fault.ts";
import { hashesOf, type ReadLog } from "./check.ts";

export interface Kept {
  read(name: string): string | null;
  write(name: string, value: string): void;
}

export interface Seen {
  readonly size: number;
  readonly atMs: number;
}

interface Now {
  readonly checkpoint: Checkpoint;
  readonly logKey: string;
  readonly nowMs: number;
}

/** What this browser saw before, if it is a beginning of what it sees now; null = nothing. Throws Fault `corrupt`. */
export async function checkGrown(read: ReadLog, kept: Kept, now: Now): Promise<Seen | null> {
  const { checkpoint, logKey, nowMs } = now;
  const name = `log ${logKey}`;
  const before = parse(kept.read(name));
  if (before !== null) await mustHaveGrown(read, before, checkpoint);
  kept.write(name, `${checkpoint.size} ${toBase64(checkpoint.root)} ${nowMs}`);
  return before;
}

async function mustHaveGrown(read: ReadLog, before: Before, { size, root }: Checkpoint): Promise<void> {
  const hint = "this portal shows you another log than before: do not believe it, and tell others";
  if (size < before.size)
    throw new Fault("corrupt", `the log had ${before.size} entries and now has ${size}`, { hint });
  const sizes = { size1: before.size, size2: size };
  const proof = await proveConsistency(hashesOf(read, size), sizes);
  if (!verifyConsistency({ ...sizes, root1: before.root, root2: root, proof }))
    throw new Fault("corrupt", `the first ${before.size} entries of the log are not what they were`, {
      hint,
    });
}

interface Before extends Seen {
  readonly root: Uint8Array;
}

function parse(text: string | null): Before | null {
  const [size = "", hash = "", at = ""] = text?.split(" ") ?? [];
  const root = fromBase64(hash);
  const [count, atMs] = [Number(size), Number(at)];
  return root?.length !== hashBytes || !Number.isSafeInteger(count) || !Number.isFinite(atMs)
    ? null
    : { size: count, root, atMs };
}

/** The browser's own; a browser that refuses storage keeps nothing. */
export const browserKept: Kept = {
  read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // nothing is kept; the next visit begins anew
    }
  },
};
