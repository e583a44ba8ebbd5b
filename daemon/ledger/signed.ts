/**
 * Signed: the last checkpoint that left this doorbell, kept so that no smaller and no other tree is ever signed.
 */
import { Fault } from "../../hal/fault.ts";
import type { Files } from "../files/files.ts";
import { openCheckpoint, signCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { keepHashes, reachHashes, storedHashes } from "./hash-files.ts";
import type { NoteSigner } from "./note.ts";
import { treeRoot } from "./proof.ts";
import { rangeOfSource, rootOf, type CompactRange } from "./range.ts";
import { isSameHash } from "./tree.ts";

const file = "checkpoint";

export interface Signed extends Checkpoint {
  readonly note: string;
}

/** Null = none yet. Throws Fault `corrupt` for one that this key did not sign. */
export async function readSigned(files: Files, vkey: string): Promise<Signed | null> {
  const bytes = await files.read(file);
  if (bytes === null) return null;
  const note = new TextDecoder().decode(bytes);
  try {
    return { ...openCheckpoint(note, vkey), note };
  } catch (error) {
    throw new Fault("corrupt", "the ledger's checkpoint is not this doorbell's", {
      hint: "put the folder ledger and device.key back from the same backup",
      cause: error,
    });
  }
}

/** Durable when it resolves. */
export async function signTree(files: Files, range: CompactRange, signer: NoteSigner): Promise<Signed> {
  const tree = { size: range.size, root: rootOf(range) };
  const note = signCheckpoint(tree, signer);
  await files.write(file, new TextEncoder().encode(note));
  return { origin: signer.name, ...tree, note };
}

interface OnDisk {
  readonly size: number;
  readonly tail: readonly Uint8Array[];
  readonly signed: Signed | null;
}

/**
 * The edge of the tree on the disk. Hashes that no signature covers, or that are damaged, are made again from the entries.
 * Throws Fault `corrupt` when the entries are not those that were signed.
 */
export async function rangeAt(files: Files, tree: OnDisk): Promise<CompactRange> {
  const { size, signed } = tree;
  if (signed !== null && signed.size > size)
    throw notSigned(`it has ${size} entries and ${signed.size} were signed`);
  await keepHashes(files, signed?.size ?? 0);
  const range = await tryRange(files, tree);
  if (range !== null) return range;
  await keepHashes(files, 0);
  const again = await tryRange(files, tree);
  if (again === null) throw notSigned("its entries are not those that were signed");
  return again;
}

async function tryRange(files: Files, { size, tail, signed }: OnDisk): Promise<CompactRange | null> {
  await reachHashes(files, size);
  const source = storedHashes(files, { size, tail });
  if (signed !== null && !isSameHash(await treeRoot(source, signed.size), signed.root)) return null;
  return rangeOfSource(source, size);
}

function notSigned(what: string): Fault {
  return new Fault("corrupt", `the ledger is not what this doorbell signed: ${what}`, {
    hint: "put the folder ledger back from a newer backup; if there is none, move it away: a new ledger begins, and every page says so",
  });
}
