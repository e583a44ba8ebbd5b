/**
 * Shelf: what was read of the journal, for the questions that follow; the slow pass, one at a time.
 *
 * Tracks answer for every sensitivity and for every time within theirs, so a page that drags one costs a
 * pass once. The newest few are kept, up to a number of bytes. A pass that nobody waits for any more is
 * ended. Whoever asks for what is being read waits for the same pass.
 */
import { Fault } from "../../../hal/fault.ts";
import { Turns } from "../../files/turns.ts";
import { readTracks } from "../../calibration/read.ts";
import type { Area, Tracks } from "../../calibration/tracks.ts";
import type { JournalSpan } from "../../sight/journal/records.ts";
import type { EventTiming } from "../../sight/machine.ts";

/** All that is kept, and what one pass may take. */
const mostKeptBytes = 120_000_000;
const mostPassBytes = 60_000_000;
const mostKept = 4;
/** A page that asks "until now" asks for a little more each time. */
const newerMs = 60_000;

export interface Wanted {
  readonly ticket: number;
  readonly folder: string;
  readonly areas: readonly Area[];
  readonly span: JournalSpan;
  readonly timing: EventTiming;
  readonly pirWindowMs?: number | undefined;
  /** Read now, and not remembered: a walk that has just ended may be newer than what was read of its time. */
  readonly fresh: boolean;
}

interface Pass {
  readonly key: string;
  readonly span: JournalSpan;
  readonly tickets: Set<number>;
  readonly stop: AbortController;
  readonly tracks: Promise<Tracks>;
}

interface Kept {
  readonly key: string;
  /** As asked for: what the journal did not hold is not asked for again. */
  readonly span: JournalSpan;
  readonly tracks: Tracks;
  readonly bytes: number;
}

export class Shelf {
  readonly #turns = new Turns();
  readonly #passes = new Set<Pass>();
  readonly #onProgress: (doneFrac: number) => void;
  #kept: Kept[] = [];

  constructor(onProgress: (doneFrac: number) => void) {
    this.#onProgress = onProgress;
  }

  /** Of the time that was wanted. Throws Fault `cancelled` when it was taken back, and what reading throws. */
  async tracks(wanted: Wanted): Promise<Tracks> {
    const key = wanted.fresh
      ? `walk ${wanted.ticket}`
      : JSON.stringify([wanted.folder, wanted.areas, wanted.timing, wanted.pirWindowMs]);
    const found = this.#kept.find((kept) => kept.key === key && holds(kept.span, wanted.span));
    const tracks = found?.tracks ?? (await this.#pass(key, wanted));
    if (found !== undefined) this.#keep(found);
    const fromWallMs = Math.max(tracks.span.fromWallMs, wanted.span.fromWallMs);
    const toWallMs = Math.max(fromWallMs, Math.min(tracks.span.toWallMs, wanted.span.toWallMs));
    return { ...tracks, span: { fromWallMs, toWallMs } };
  }

  cancel(ticket: number): void {
    for (const pass of this.#passes) {
      if (!pass.tickets.delete(ticket) || pass.tickets.size > 0) continue;
      this.#passes.delete(pass);
      pass.stop.abort(new Fault("cancelled", "nobody waits for it any more"));
    }
  }

  #pass(key: string, wanted: Wanted): Promise<Tracks> {
    const running = [...this.#passes].find((pass) => pass.key === key && holds(pass.span, wanted.span));
    if (running !== undefined) {
      running.tickets.add(wanted.ticket);
      return running.tracks;
    }
    const stop = new AbortController();
    // a walk is short, and whoever took it stands at the door
    const read = (): Promise<Tracks> => this.#read(wanted, stop.signal);
    const tracks = wanted.fresh ? read() : this.#turns.take(read);
    const pass = { key, span: wanted.span, tickets: new Set([wanted.ticket]), stop, tracks };
    this.#passes.add(pass);
    const leave = (): void => void this.#passes.delete(pass);
    tracks.then((made) => {
      leave();
      if (!wanted.fresh) this.#keep({ key, span: wanted.span, tracks: made, bytes: bytesOf(made) });
    }, leave);
    return tracks;
  }

  async #read({ folder, areas, span, timing, pirWindowMs }: Wanted, signal: AbortSignal): Promise<Tracks> {
    signal.throwIfAborted();
    const { fromWallMs, toWallMs } = span;
    const progress = (wallMs: number): void => {
      const doneFrac = (wallMs - fromWallMs) / Math.max(1, toWallMs - fromWallMs);
      this.#onProgress(Math.max(0, Math.min(1, doneFrac)));
    };
    return readTracks(
      folder,
      { areas, span, timing, pirWindowMs, maxBytes: mostPassBytes },
      { signal, progress },
    );
  }

  /** Newest first. */
  #keep(kept: Kept): void {
    this.#kept = [kept, ...this.#kept.filter((each) => each !== kept)].slice(0, mostKept);
    while (this.#kept.length > 1 && this.#kept.reduce((sum, { bytes }) => sum + bytes, 0) > mostKeptBytes)
      this.#kept.pop();
  }
}

function holds(has: JournalSpan, span: JournalSpan): boolean {
  return has.fromWallMs <= span.fromWallMs && has.toWallMs + newerMs >= span.toWallMs;
}

function bytesOf({ chunks }: Tracks): number {
  return chunks.reduce((sum, chunk) => {
    const { ptsUs, wallMs, when, best, most, levels, x, y, width, height, share } = chunk;
    const arrays = [ptsUs, wallMs, when, best, most, levels, x, y, width, height, share];
    return sum + arrays.reduce((bytes, each) => bytes + each.byteLength, 0);
  }, 0);
}
