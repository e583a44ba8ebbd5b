/**
 * Export range: every recording between two times, each as an MP4 file of its own in one folder.
 *
 * Named by the time at which it begins, UTC, and its id. One that is there already stays and is not opened again, so a
 * call that was cut off is simply made again. What cannot be opened is named and the rest is written.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { findClipFolder } from "../keeper/store/folders.ts";
import type { Identity } from "../seal/age/keys.ts";
import { exportClip } from "./export-clip.ts";
import type { Index } from "./open-index.ts";

export interface RangeExport {
  readonly fromWallMs: number;
  readonly toWallMs: number;
  readonly identities: readonly Identity[];
  /** Made where it is not there yet. */
  readonly folder: string;
}

export interface RangeExported {
  readonly written: number;
  readonly there: number;
  readonly bytes: number;
  readonly failed: readonly { readonly clip: string; readonly fault: Fault }[];
}

const hourMs = 3_600_000;

export function exportRange(index: Index, range: RangeExport): RangeExported {
  const { fromWallMs, toWallMs, identities, folder } = range;
  mkdirSync(folder, { recursive: true });
  const failed: { clip: string; fault: Fault }[] = [];
  let [written, there, bytes] = [0, 0, 0];
  for (const { id, startWallMs } of clipsIn(index, fromWallMs, toWallMs)) {
    const out = join(folder, `${stampOf(startWallMs)}_${id}.mp4`);
    if (existsSync(out)) {
      there += 1;
      continue;
    }
    try {
      const found = findClipFolder(index.paths, id);
      if (found === null) throw new Fault("not-found", `the files of clip ${id} are gone`);
      bytes += exportClip(found, { identities, out }).bytes;
      written += 1;
    } catch (error) {
      const fault = toFault(error);
      if (fault.kind === "exhausted") throw fault; // the next one finds no room either
      failed.push({ clip: id, fault });
    }
  }
  return { written, there, bytes, failed };
}

/** Those that begin within, oldest first; by the hour, so that no answer is cut. */
function* clipsIn(
  index: Index,
  fromMs: number,
  toMs: number,
): Generator<{ id: string; startWallMs: number }> {
  const { oldestWallMs } = index.reader.totals();
  if (oldestWallMs === null) return;
  const [newest = ""] = index.clipIds(1);
  const newestMs = index.reader.clip(newest)?.startWallMs ?? oldestWallMs;
  for (let from = Math.max(fromMs, oldestWallMs); from < toMs && from <= newestMs; from += hourMs) {
    const to = Math.min(from + hourMs, toMs);
    for (const clip of index.reader.spans({ from, to })) if (clip.startWallMs >= from) yield clip;
  }
}

/** "2026-01-31_14-03-22Z" */
function stampOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19).replace("T", "_").replaceAll(":", "-")}Z`;
}

/** A time as it is typed: RFC 3339, or local without a zone; a day alone is its local midnight. Throws Fault `invalid`. */
export function wallMsFrom(option: string, text: string): number {
  // Date.parse takes a day alone for one of UTC
  const wallMs = Date.parse(/^\d{4}-\d\d-\d\d$/u.test(text) ? `${text}T00:00` : text);
  if (Number.isFinite(wallMs)) return wallMs;
  throw new Fault("invalid", `--${option} ${text} is no time`, {
    hint: "such as 2026-01-31, 2026-01-31T14:00 (local) or 2026-01-31T14:00:00Z",
  });
}
