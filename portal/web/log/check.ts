/**
 * Check: is this signed message entry N of the public log? Computed here, from the log's own files.
 *
 * Opens the signed checkpoint with the log's key, reads the entry out of its bundle, hashes it (RFC 6962), reads
 * the tiles that its proof needs and computes the root. The portal's word counts for nothing but the files;
 * they may come from any mirror (`read`).
 *
 * Throws Fault `denied` (checkpoint not signed by the key), `corrupt` (another entry, or a tree that does not fit
 * its root), `unavailable` (a file did not come).
 */
import { verifyInBrowser } from "../../../daemon/identity/verify-in-browser.ts";
import { payloadTypes, type PayloadType } from "../../../daemon/identity/envelope.ts";
import { envelopeSchema } from "../../../daemon/identity/signed-shape.ts";
import { decodeBundle } from "../../../daemon/ledger/bundle.ts";
import { openCheckpoint, type Checkpoint } from "../../../daemon/ledger/checkpoint.ts";
import { proveInclusion, verifyInclusion, type HashSource } from "../../../daemon/ledger/proof.ts";
import { entriesPath, tiledHashes, tilePath, tileWidth } from "../../../daemon/ledger/tiles.ts";
import { leafHash } from "../../../daemon/ledger/tree.ts";
import { Fault } from "../../../hal/fault.ts";
import { z } from "zod";

/** A file below /log/; null = there is none. */
export type ReadLog = (path: string) => Promise<Uint8Array | null>;

export interface CheckedEntry {
  readonly checkpoint: Checkpoint;
  readonly index: number;
  /** How many hashes besides its own the root was computed from. */
  readonly hashes: number;
  /** Who signed the message, base64url; its signature fits. */
  readonly signKey: string;
  readonly sha256: string;
  readonly kind: keyof typeof payloadTypes | null;
}

export async function readCheckpoint(read: ReadLog, logKey: string): Promise<Checkpoint> {
  const note = await read("checkpoint");
  if (note === null) throw new Fault("unavailable", "the log has no checkpoint");
  return openCheckpoint(new TextDecoder().decode(note), logKey);
}

interface Wanted {
  readonly index: number;
  readonly logKey: string;
  /** Hex SHA-256 of the payload that must be there; null = whatever is there. */
  readonly sha256: string | null;
}

export async function checkEntry(read: ReadLog, { index, logKey, sha256 }: Wanted): Promise<CheckedEntry> {
  const checkpoint = await readCheckpoint(read, logKey);
  const { size, root } = checkpoint;
  if (index >= size)
    throw new Fault("corrupt", `the log has ${size} entries; entry ${index} is not among them`);
  const entry = await readEntry(read, index, size);
  const leaf = leafHash(entry);
  const proof = await proveInclusion(hashesOf(read, size), { index, size });
  if (!verifyInclusion({ index, size, leaf, proof, root }))
    throw new Fault("corrupt", "the root that follows from this entry is not the one that was signed", {
      hint: "the log was changed, or its files do not belong together: tell the people who run it, and others",
    });
  const message = messageIn(entry);
  if (sha256 !== null && message.sha256 !== sha256)
    throw new Fault("corrupt", `entry ${index} of the log is another message than the one shown here`);
  return { checkpoint, index, hashes: proof.length, ...message };
}

/** Nodes of the tree of `size` entries. */
export function hashesOf(read: ReadLog, size: number): HashSource {
  return tiledHashes(size, ({ level, index, width }) =>
    readTile(read, { path: (most) => tilePath(level, index, most), width }),
  );
}

async function readEntry(read: ReadLog, index: number, size: number): Promise<Uint8Array> {
  const bundle = Math.floor(index / tileWidth);
  const width = Math.min(tileWidth, size - bundle * tileWidth);
  const bytes = await readTile(read, { path: (most) => entriesPath(bundle, most), width });
  const entry = bytes === null ? undefined : decodeBundle(bytes)[index - bundle * tileWidth];
  if (entry === undefined) throw new Fault("unavailable", `entry ${index} of the log did not come`);
  return entry;
}

/** A partial tile may be gone once the full one is there. */
async function readTile(
  read: ReadLog,
  { path, width }: { readonly path: (width: number) => string; readonly width: number },
): Promise<Uint8Array | null> {
  return (await read(path(width))) ?? (width < tileWidth ? read(path(tileWidth)) : null);
}

function messageIn(entry: Uint8Array): Pick<CheckedEntry, "signKey" | "sha256" | "kind"> {
  const envelope = envelopeSchema.safeParse(jsonOf(entry));
  if (!envelope.success) throw new Fault("corrupt", "the entry is no signed message");
  const { payloadType } = envelope.data;
  const known = Object.entries(payloadTypes).find(([, type]) => type === payloadType);
  const { signKey, sha256 } = verifyInBrowser(envelope.data, {
    type: payloadType as PayloadType,
    schema: z.unknown(),
    trusts: () => true, // who may sign what is the doorbell's question; here: does it fit the key it names?
    what: "entry",
  });
  return { signKey, sha256, kind: (known?.[0] as CheckedEntry["kind"] | undefined) ?? null };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
