/**
 * Folders: what the clip folders on the disk say, for rebuilding rows from them.
 *
 * A fragment file is whole or absent (daemon/seal writes under a temporary name), so being there
 * with the listed size is enough; one that clip.json does not list yet (the recording was cut) is
 * hashed here. Its time is not written anywhere the keeper may read, so it counts as the longest
 * a fragment may be, after the one before it. Sizes and hashes are of the sealed files; plain ones,
 * which a Sill before 0.1.0 wrote, are no fragments: never served, and gone with their folder.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { clipManifestSchema, type ClipManifest } from "../../wire/manifest.ts";
import { clipFiles, pictureNames, type DataPaths } from "../../wire/paths.ts";
import type { FragmentRow } from "./change.ts";

const longestFragmentMs = 2_000;
const dayName = /^\d{4}-\d{2}-\d{2}$/;
const clipName = /^[0-9a-z-]{8,40}$/;
const fragmentName = /^(\d{6})\.m4s\.age$/;
/** What a Sill before 0.1.0 called a fragment. */
const plainFragmentName = /^\d{6}\.m4s$/;
const leftoverName = /\.tmp$/;
/** A temporary file younger than this may still be written by a running eye. */
const leftoverAgeMs = 60_000;

export interface ClipFolder {
  readonly id: string;
  readonly day: string;
  readonly path: string;
}

export interface ClipOnDisk {
  /** null = clip.json is missing or damaged. */
  readonly manifest: ClipManifest | null;
  readonly fragments: readonly FragmentRow[];
  readonly thumbnail: boolean;
  /** All files together. */
  readonly bytes: number;
  /** Names of files whose size is not what clip.json says; left out of `fragments`. */
  readonly damaged: readonly string[];
  /** Written before recordings were sealed: not served, deleted when their time comes. */
  readonly unsealed: boolean;
}

function subfolders(path: string, name: RegExp): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && name.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** All clip folders, oldest day first. */
export function clipFolders(paths: DataPaths): ClipFolder[] {
  return subfolders(paths.clips, dayName).flatMap((day) =>
    subfolders(join(paths.clips, day), clipName).map((id) => ({ id, day, path: join(paths.clips, day, id) })),
  );
}

export function findClipFolder(paths: DataPaths, id: string): ClipFolder | null {
  const day = subfolders(paths.clips, dayName).findLast((each) => existsSync(join(paths.clips, each, id)));
  return day === undefined ? null : { id, day, path: join(paths.clips, day, id) };
}

export interface ClipListing {
  readonly fragments: number;
  readonly thumbnail: boolean;
  /** Of what is no fragment, together; null = there are no pictures beside the thumbnail, and nothing was measured. */
  readonly otherBytes: number | null;
}

/** What lies there, without looking into any. Pictures may come when the recording is long over. */
export function listClip(folder: ClipFolder): ClipListing {
  const names = readdirSync(folder.path).filter((name) => !leftoverName.test(name));
  const others = names.filter((name) => !fragmentName.test(name));
  const pictures = pictureNames.some((name) => others.includes(clipFiles.picture(name)));
  return {
    fragments: names.length - others.length,
    thumbnail: others.includes(clipFiles.thumbnail),
    otherBytes: pictures
      ? others.reduce((sum, name) => sum + statSync(join(folder.path, name)).size, 0)
      : null,
  };
}

export function readManifest(folder: ClipFolder): ClipManifest | null {
  try {
    return clipManifestSchema.parse(JSON.parse(readFileSync(join(folder.path, clipFiles.manifest), "utf8")));
  } catch {
    return null; // missing, cut or foreign: the caller decides what a clip without it is worth
  }
}

/** `known` are rows of the index: their times are kept for fragments that clip.json lacks. */
export function readClip(folder: ClipFolder, known: readonly FragmentRow[]): ClipOnDisk {
  const manifest = readManifest(folder);
  const listed = new Map<number, FragmentRow>();
  for (const row of [...known, ...(manifest?.fragments ?? [])]) listed.set(row.index, row);
  const names = readdirSync(folder.path).filter((name) => !leftoverName.test(name));
  const sizes = new Map(names.map((name) => [name, statSync(join(folder.path, name)).size]));
  const fragments: FragmentRow[] = [];
  const damaged: string[] = [];
  for (const name of names.toSorted()) {
    const number = fragmentName.exec(name)?.[1];
    if (number === undefined) continue;
    const index = Number(number);
    const bytes = sizes.get(name) ?? 0;
    const row = listed.get(index) ?? unlisted(join(folder.path, name), index, fragments.at(-1));
    if (row.bytes === bytes) fragments.push(row);
    else damaged.push(name);
  }
  const bytes = [...sizes.values()].reduce((sum, each) => sum + each, 0);
  const unsealed = names.some((name) => plainFragmentName.test(name));
  return { manifest, fragments, thumbnail: sizes.has(clipFiles.thumbnail), bytes, damaged, unsealed };
}

function unlisted(path: string, index: number, before: FragmentRow | undefined): FragmentRow {
  const content = readFileSync(path);
  return {
    index,
    startMs: before === undefined ? 0 : before.startMs + before.durationMs,
    durationMs: longestFragmentMs,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}

/** Removes what an interrupted write left; answers how many files went. */
export function removeLeftovers(folder: ClipFolder, wallMs: number): number {
  const old = readdirSync(folder.path).filter((name) => {
    if (!leftoverName.test(name)) return false;
    return Math.abs(wallMs - statSync(join(folder.path, name)).mtimeMs) > leftoverAgeMs;
  });
  for (const name of old) rmSync(join(folder.path, name), { force: true });
  return old.length;
}
