/**
 * Serve: the public log's files over HTTP, from memory where they were asked for before.
 *
 * The same files can be served by any web server, mirror or CDN (docs/portal.md). Tiles never change and say
 * so; the checkpoint is read anew each second and must not be cached. A path that is not one of the log's own
 * is not even looked for, and a tile is served only if a published checkpoint has it.
 */
import { createHash } from "node:crypto";
import { parseCheckpoint } from "../../daemon/ledger/checkpoint.ts";
import { entriesPath, tilePath, tileWidth, widthOf } from "../../daemon/ledger/tiles.ts";
import type { Files } from "../../daemon/files/files.ts";
import type { Clock } from "../../hal/sensors.ts";

const freshMs = 1_000;
const cacheBytes = 32 * 1024 * 1024;

export interface Served {
  readonly bytes: Buffer;
  readonly type: string;
  readonly cacheControl: string;
  readonly etag: string;
}

export class LogServer {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #tiles = new Map<string, Served>();
  #bytes = 0;
  #checkpoint: { readonly served: Served; readonly size: number; readonly readMonoMs: number } | null = null;

  constructor(files: Files, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
  }

  /** What lies behind `/log/`; null = nothing. */
  async get(path: string): Promise<Served | null> {
    if (path === "checkpoint") return (await this.#current())?.served ?? null;
    const known = this.#tiles.get(path);
    if (known !== undefined) return known;
    const tile = parsePath(path);
    if (tile === null) return null;
    const size = (await this.#current())?.size ?? 0;
    if (tile.width > widthOf(tile.level, tile.index, size)) return null;
    const bytes = await this.#files.read(`log/${path}`);
    return bytes === null ? null : this.#keep(path, bytes);
  }

  /** The next reader sees what was just appended. */
  refresh(): void {
    this.#checkpoint = null;
  }

  async #current(): Promise<{ served: Served; size: number } | null> {
    const nowMs = this.#clock.monoMs();
    if (this.#checkpoint !== null && nowMs - this.#checkpoint.readMonoMs < freshMs) return this.#checkpoint;
    const bytes = await this.#files.read("log/checkpoint");
    if (bytes === null) return null;
    const { size } = parseCheckpoint(new TextDecoder().decode(bytes).split("\n\n")[0] + "\n");
    const served = servedOf(bytes, "text/plain; charset=utf-8", "no-cache");
    this.#checkpoint = { served, size, readMonoMs: nowMs };
    return this.#checkpoint;
  }

  #keep(path: string, bytes: Uint8Array): Served {
    const served = servedOf(bytes, "application/octet-stream", "public, max-age=31536000, immutable");
    if (this.#tiles.has(path)) return served; // two asked at once
    this.#tiles.set(path, served);
    this.#bytes += served.bytes.length;
    for (const [oldest, { bytes: old }] of this.#tiles) {
      if (this.#bytes <= cacheBytes) break;
      this.#tiles.delete(oldest);
      this.#bytes -= old.length;
    }
    return served;
  }
}

function servedOf(bytes: Uint8Array, type: string, cacheControl: string): Served {
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  return { bytes: Buffer.from(bytes), type, cacheControl, etag };
}

/** Only what `tilePath` and `entriesPath` write. Entry bundles stand where leaves do: level 0. */
function parsePath(path: string): { level: number; index: number; width: number } | null {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/u.exec(path);
  if (match === null) return null;
  const [, kind = "", place = "", partial] = match;
  const level = kind === "entries" ? 0 : Number(kind);
  const index = Number(place.replaceAll(/[x/]/gu, ""));
  const width = partial === undefined ? tileWidth : Number(partial);
  const canonical = kind === "entries" ? entriesPath(index, width) : tilePath(level, index, width);
  return canonical === path && width > 0 ? { level, index, width } : null;
}
