/**
 * Export: chosen recordings, opened here and saved as ordinary MP4 files in ZIPs of at most a gigabyte.
 *
 * One after the other; nothing leaves the browser but to its own download folder. What cannot be opened (gone,
 * sealed to others, damaged) is named in missing.txt, and the rest is saved.
 */
import { toFault } from "../../hal/fault.ts";
import type { Clip } from "../../daemon/wire/api.ts";
import type { Moment } from "./moment.ts";
import { mostFiles, Zip } from "./zip.ts";

const gigabyte = 1_000_000_000;

export interface Exporting {
  readonly moments: readonly Moment[];
  readonly clip: (id: string, signal: AbortSignal) => Promise<Clip>;
  /** Opened pieces of a clip, the init segment first. */
  readonly pieces: (clip: Clip, signal: AbortSignal) => Promise<readonly Uint8Array<ArrayBuffer>[]>;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  readonly save: (zip: Blob, name: string) => void;
  /** Text files beside the recordings. */
  readonly lists: readonly { readonly name: string; readonly text: string }[];
  readonly nowMs: number;
  /** Where a ZIP ends and the next begins; default: a gigabyte. */
  readonly mostBytes?: number;
}

export interface Exported {
  readonly saved: number;
  readonly missing: number;
}

interface Named {
  readonly id: string;
  readonly moment: Moment;
}

/** Each recording once, named by the first event that it shows. */
export function recordingsOf(moments: readonly Moment[]): Named[] {
  const oldestFirst = moments.toSorted((a, b) => a.startWallMs - b.startWallMs);
  const named = new Map<string, Moment>();
  for (const moment of oldestFirst)
    if (moment.clip !== null && !named.has(moment.clip)) named.set(moment.clip, moment);
  return [...named].map(([id, moment]) => ({ id, moment }));
}

/** "2026-01-31_14-03-22_ring.mp4", local time; what would be there twice is numbered. */
export function fileNames(recordings: readonly Named[]): string[] {
  const counts = new Map<string, number>();
  return recordings.map(({ moment }) => {
    const name = `${stampOf(moment.startWallMs)}_${moment.kind}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name}${count === 1 ? "" : `_${count}`}.mp4`;
  });
}

function stampOf(wallMs: number): string {
  const date = new Date(wallMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day}_${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join("-")}`;
}

/** Throws when it is stopped; what was saved by then is saved. */
export async function exportClips(exporting: Exporting): Promise<Exported> {
  const { signal, onProgress, save, nowMs, mostBytes = gigabyte } = exporting;
  const recordings = recordingsOf(exporting.moments);
  const names = fileNames(recordings);
  const missing: string[] = [];
  const stamp = stampOf(nowMs);
  let [zip, part, saved] = [new Zip(), 1, 0];
  const close = (isLast: boolean): void => {
    save(zip.close(), `sill-${stamp}${isLast && part === 1 ? "" : `-${part}`}.zip`);
    zip = new Zip();
    part += 1;
  };
  for (const [at, { id, moment }] of recordings.entries()) {
    signal.throwIfAborted();
    onProgress(at);
    try {
      const clip = await exporting.clip(id, signal);
      const pieces = await exporting.pieces(clip, signal);
      const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (zip.files > 0 && (zip.bytes + bytes > mostBytes || zip.files >= mostFiles)) close(false);
      zip.add({ name: names[at] ?? `${id}.mp4`, pieces, wallMs: moment.startWallMs });
      saved += 1;
    } catch (error) {
      signal.throwIfAborted();
      missing.push(`${names[at]}: ${toFault(error).message}`);
    }
  }
  const texts = missing.length === 0 ? [] : [{ name: "missing.txt", text: `${missing.join("\n")}\n` }];
  for (const { name, text } of [...exporting.lists, ...texts])
    zip.add({ name, pieces: [new TextEncoder().encode(text)], wallMs: nowMs });
  close(true);
  return { saved, missing: missing.length };
}
