/**
 * Export: one clip's folder as one playable fragmented MP4, opened with a viewer's identity.
 *
 * Init segment and fragments in order: each is compared with the hash in clip.json where that has
 * one, opened and appended; nothing is decoded or made again. A part that is missing, cut or changed
 * stops the export (Fault `corrupt`, which names it); an identity that fits no part is `denied`. The
 * file is new or nothing is written, and a failed export leaves no half file.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { readClip, type ClipFolder, type ClipOnDisk } from "../keeper/store/folders.ts";
import type { Identity } from "../seal/age/keys.ts";
import { open } from "../seal/age/seal.ts";
import { clipFiles } from "../wire/paths.ts";
import { writeNewFile } from "./new-file.ts";

export interface ExportedClip {
  readonly bytes: number;
  readonly durationMs: number;
  readonly fragments: number;
  /** False: still recording, or interrupted. */
  readonly complete: boolean;
}

export interface ExportTarget {
  readonly identities: readonly Identity[];
  readonly out: string;
}

export function exportClip(folder: ClipFolder, { identities, out }: ExportTarget): ExportedClip {
  const onDisk = readClip(folder, []);
  checkComplete(folder, onDisk);
  const part = (name: string, sha256: string | null): Uint8Array =>
    openPart(name, checkHash(name, readPart(folder, name), sha256), identities);
  const { manifest, fragments } = onDisk;
  const bytes = writeNewFile(out, (append) => {
    let sum = append(part(clipFiles.init, null));
    for (const { index, sha256 } of fragments) sum += append(part(clipFiles.fragment(index), sha256));
    return sum;
  });
  const last = fragments.at(-1);
  return {
    bytes,
    fragments: fragments.length,
    durationMs: last === undefined ? 0 : last.startMs + last.durationMs,
    complete: manifest !== null && manifest.closed !== null,
  };
}

function checkComplete(folder: ClipFolder, { manifest, fragments, damaged, unsealed }: ClipOnDisk): void {
  const there = new Set(fragments.map(({ index }) => index));
  const listed = manifest?.fragments.map(({ index }) => index) ?? [];
  const missing = listed.filter((index) => !there.has(index)).map(clipFiles.fragment);
  const [first] = [...damaged, ...missing];
  if (unsealed)
    throw new Fault("invalid", `clip ${folder.id} was recorded before Sill sealed what it records`, {
      hint: `its plain files join into a video: cat init.mp4 *.m4s, in ${folder.path}`,
    });
  if (first !== undefined) throw damagedPart(first, "it is missing, cut or longer than it was");
}

function readPart(folder: ClipFolder, name: string): Buffer {
  try {
    return readFileSync(join(folder.path, name));
  } catch (error) {
    throw toFault(error, `cannot read ${name} of the clip`);
  }
}

function checkHash(name: string, file: Buffer, sha256: string | null): Buffer {
  if (sha256 === null || createHash("sha256").update(file).digest("hex") === sha256) return file;
  throw damagedPart(name, "its hash is not the one that was recorded");
}

function openPart(name: string, file: Buffer, identities: readonly Identity[]): Uint8Array {
  try {
    return open(file, identities);
  } catch (error) {
    const fault = toFault(error);
    if (fault.kind !== "denied") throw damagedPart(name, fault.message);
    throw new Fault("denied", `this identity does not open ${name} of the clip`, {
      hint: "use the identity of somebody who was an owner or a member when it was recorded",
    });
  }
}

function damagedPart(name: string, what: string): Fault {
  return new Fault("corrupt", `${name} of the clip is damaged: ${what}`, {
    hint: "the undamaged parts can still be watched on the page",
  });
}
