/**
 * Checkpoint: a tree's size and root as the text of a signed note (https://c2sp.org/tlog-checkpoint).
 *
 *   ORIGIN\n SIZE\n base64(ROOT)\n
 *
 * Lines behind these are allowed by the format and left alone. `openCheckpoint` checks the signature first.
 */
import { Fault } from "../../hal/fault.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { parseNoteKey, signNote, verifyNote, type NoteSigner } from "./note.ts";
import { hashBytes } from "./tree.ts";

export interface Checkpoint {
  /** Which log. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Throws Fault `invalid`. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", size = "", hash = "", ...rest] = text.split("\n");
  const root = fromBase64(hash);
  const number = /^(0|[1-9]\d{0,15})$/u.test(size) ? Number(size) : Number.NaN;
  if (origin === "" || !Number.isSafeInteger(number) || root?.length !== hashBytes || rest.at(-1) !== "")
    throw new Fault("invalid", "not a checkpoint: origin, size and root are its first lines");
  return { origin, size: number, root };
}

/** The note that `signer` signs of its own tree; the origin is the signer's name. */
export function signCheckpoint(tree: Omit<Checkpoint, "origin">, signer: NoteSigner): string {
  return signNote(formatCheckpoint({ origin: signer.name, ...tree }), signer);
}

/**
 * Throws Fault `denied` (not signed by the key of `vkey`) or `invalid` (no checkpoint, another log's).
 */
export function openCheckpoint(note: string, vkey: string): Checkpoint {
  const checkpoint = parseCheckpoint(verifyNote(note, vkey));
  const { name } = parseNoteKey(vkey);
  if (checkpoint.origin !== name)
    throw new Fault("invalid", `this is a checkpoint of ${checkpoint.origin}, not of ${name}`);
  return checkpoint;
}
