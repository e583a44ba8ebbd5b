/**
 * Recordings: the sealed files of clips, as a parcel needs them: found by id, read in parts.
 *
 * The folder of a clip is found on the disk and not in the index, which may be away. Nothing is pinned: a clip
 * that the retention rules delete is gone for a grant too (null), because no grant may keep a recording.
 */
import { basename } from "node:path/posix";
import type { Files } from "../../files/files.ts";
import { maxHeaderBytes, parseHeaderText } from "../../seal/age/header-text.ts";
import { clipManifestSchema, type ClipManifest } from "../../wire/manifest.ts";
import { clipFiles } from "../../wire/paths.ts";
import type { Item } from "../../consent/grant.ts";

/** What most headers fit into: a hundred bytes for each viewer. */
const firstReadBytes = 4_096;
const root = "clips";

export type RecordedItem = Exclude<Item, { part: "letter" }>;

export class Recordings {
  readonly #files: Files;
  readonly #folders = new Map<string, string>();
  readonly #payloadAt = new Map<string, number>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Null = there is no such clip. Fragments that it does not list may be there: it is being recorded. */
  async manifest(clip: string): Promise<ClipManifest | null> {
    const folder = await this.#folderOf(clip);
    const bytes = folder === null ? null : await this.#files.read(`${folder}/${clipFiles.manifest}`);
    if (bytes === null) return null;
    try {
      return clipManifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      return null; // cut by a crash: what it would tell is not known
    }
  }

  /** Bytes of the payload, that is, of the file behind its own header; null = it is gone. */
  async payloadBytes(item: RecordedItem): Promise<number | null> {
    const path = await this.#pathOf(item);
    const size = path === null ? null : await this.#files.size(path);
    const at = path === null || size === null ? null : await this.#payloadStart(path);
    return size === null || at === null ? null : size - at;
  }

  /** `offset` counts from the payload's beginning; null = it is gone. */
  async readPayload(item: RecordedItem, offset: number, length: number): Promise<Uint8Array | null> {
    const path = await this.#pathOf(item);
    const at = path === null ? null : await this.#payloadStart(path);
    return path === null || at === null ? null : this.#files.readAt(path, at + offset, length);
  }

  /** Clips come and go; what is remembered of them is bounded by forgetting it with the last parcel. */
  forget(): void {
    this.#folders.clear();
    this.#payloadAt.clear();
  }

  async #pathOf(item: RecordedItem): Promise<string | null> {
    const folder = await this.#folderOf(item.clip);
    if (folder === null) return null;
    return `${folder}/${item.part === "init" ? clipFiles.init : clipFiles.fragment(item.index)}`;
  }

  async #folderOf(clip: string): Promise<string | null> {
    const known = this.#folders.get(clip);
    if (known !== undefined && (await this.#isThere(known))) return known;
    this.#folders.delete(clip);
    for (const day of (await this.#files.list(root)).toReversed()) {
      const folder = `${root}/${day}/${basename(clip)}`;
      if (!(await this.#isThere(folder))) continue;
      this.#folders.set(clip, folder);
      return folder;
    }
    return null;
  }

  async #isThere(folder: string): Promise<boolean> {
    return (await this.#files.size(`${folder}/${clipFiles.init}`)) !== null;
  }

  /** Files of a clip never change, so this is asked once for each. */
  async #payloadStart(path: string): Promise<number | null> {
    const known = this.#payloadAt.get(path);
    if (known !== undefined) return known;
    for (const length of [firstReadBytes, maxHeaderBytes]) {
      const head = await this.#files.readAt(path, 0, length);
      if (head === null) return null;
      const bytes = headerBytes(head);
      if (bytes === null) continue;
      this.#payloadAt.set(path, bytes);
      return bytes;
    }
    return null;
  }
}

/** Null = it does not end within these bytes, or is none. */
function headerBytes(head: Uint8Array): number | null {
  try {
    return parseHeaderText(head).bytes;
  } catch {
    return null;
  }
}
