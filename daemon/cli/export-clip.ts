/**
 * Export: one clip's folder as one playable fragmented MP4.
 *
 * Init segment and fragments in order, as they lie on the disk: nothing is decoded or made again.
 * Every fragment that clip.json lists is compared with its hash; a damaged one stops the export
 * (Fault `corrupt`). The file is new or nothing is written: an existing one is refused, and a
 * failed export leaves no half file.
 */
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { findClipFolder, readClip, type ClipFolder, type ClipOnDisk } from "../keeper/store/folders.ts";
import { clipFiles, type DataPaths } from "../wire/paths.ts";

export interface ExportedClip {
  readonly bytes: number;
  readonly durationMs: number;
  readonly fragments: number;
  /** False: still recording, or interrupted. */
  readonly complete: boolean;
}

export function exportClip(paths: DataPaths, clip: string, out: string): ExportedClip {
  const folder = findClipFolder(paths, clip);
  if (folder === null)
    throw new Fault("not-found", `the files of clip ${clip} are gone`, { hint: "sill clips list" });
  const onDisk = readClip(folder, []);
  if (onDisk.damaged > 0) throw damaged(onDisk.damaged, onDisk.damaged + onDisk.fragments.length);
  const file = openNew(out);
  try {
    let bytes = write(file, readPart(folder, clipFiles.init));
    for (const part of onDisk.fragments) {
      const content = readPart(folder, clipFiles.fragment(part.index));
      if (createHash("sha256").update(content).digest("hex") !== part.sha256)
        throw damaged(1, onDisk.fragments.length);
      bytes += write(file, content);
    }
    fsyncSync(file);
    return {
      bytes,
      fragments: onDisk.fragments.length,
      durationMs: lengthOf(onDisk),
      complete: isClosed(onDisk),
    };
  } catch (error) {
    rmSync(out, { force: true });
    throw toFault(error, `cannot export to ${out}`);
  } finally {
    closeSync(file);
  }
}

function openNew(out: string): number {
  try {
    return openSync(out, "wx", 0o600);
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw toFault(error, `cannot write ${out}`);
    throw new Fault("denied", `${out} is already there and is not overwritten`, {
      hint: "choose another name",
    });
  }
}

function readPart(folder: ClipFolder, name: string): Buffer {
  try {
    return readFileSync(join(folder.path, name));
  } catch (error) {
    throw toFault(error, `cannot read ${name} of the clip`);
  }
}

function write(file: number, content: Buffer): number {
  let done = 0;
  while (done < content.length) done += writeSync(file, content, done);
  return done;
}

function lengthOf({ fragments }: ClipOnDisk): number {
  const last = fragments.at(-1);
  return last === undefined ? 0 : last.startMs + last.durationMs;
}

function isClosed({ manifest }: ClipOnDisk): boolean {
  return manifest !== null && manifest.closed !== null;
}

function damaged(count: number, of: number): Fault {
  return new Fault("corrupt", `${count} of ${of} fragments of the clip are damaged`, {
    hint: "the undamaged part can still be watched on the page",
  });
}
