/**
 * Export: a ledger in one text file that anybody can check without the doorbell (docs/ledger.md).
 *
 *   {"format":"sill-ledger-export-v1","key":"NAME+HASH+KEY","checkpoint":"the signed note"}
 *   LEAF HASH in base64 <tab> ENTRY <tab> OPENING, empty when it was erased
 *
 * As many lines as the checkpoint says. The leaf hashes are those that the doorbell stored when the entry was
 * written, so that a line that was changed later is named and not only missed. Reads one segment at a time.
 */
import type { Files } from "../files/files.ts";
import { toBase64 } from "./base64.ts";
import { storedLeaves } from "./hash-files.ts";
import { damaged, readLines, readOpenings, segmentEntries } from "./segments.ts";
import { hashBytes, leafHash } from "./tree.ts";
import { parseEntryLine } from "./entry.ts";

export const exportFormat = "sill-ledger-export-v1";

export interface Exported {
  /** The vkey. */
  readonly key: string;
  readonly checkpoint: string;
  /** Of the checkpoint. */
  readonly size: number;
}

/** Text of some lines at a time. Throws Fault `corrupt` when lines are missing. */
export async function* exportLines(
  files: Files,
  { key, checkpoint, size }: Exported,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify({ format: exportFormat, key, checkpoint })}\n`);
  for (let segment = 0; segment * segmentEntries < size; segment += 1) {
    yield await segmentText(files, segment, Math.min(segmentEntries, size - segment * segmentEntries));
  }
}

const [tab, newline] = [Buffer.from("\t"), Buffer.from("\n")];

async function segmentText(files: Files, segment: number, count: number): Promise<Uint8Array> {
  const lines = (await readLines(files, "entries", segment)).slice(0, count);
  if (lines.length < count)
    throw damaged(segment, `entry ${segment * segmentEntries + lines.length} is missing`);
  const openings = await readOpenings(files, segment);
  const leaves = await storedLeaves(files, segment);
  const isStored = leaves?.length === segmentEntries * hashBytes;
  return Buffer.concat(
    lines.flatMap((line, at) => {
      const leaf = isStored ? leaves.subarray(at * hashBytes, (at + 1) * hashBytes) : leafHash(line);
      const opening = openings.get(parseEntryLine(line)?.seq ?? -1) ?? new Uint8Array(0);
      return [Buffer.from(toBase64(leaf)), tab, line, tab, opening, newline];
    }),
  );
}
