/**
 * Book: all that the page knows of the past, in pieces of a day (UTC), and what of it is shown.
 *
 * Pure but for its memory. Pieces come in any order and more than once; notices change single events. Lists are
 * oldest first and new objects whenever something in them is another.
 */
import type { Gap } from "../../daemon/wire/api-timeline.ts";
import type { Moment, Piece, Recording } from "./moment.ts";
import { placeOf } from "./sorted.ts";
import { dayMs } from "./view.ts";

export const pieceOf = (timeMs: number): number => Math.floor(timeMs / dayMs);

const nothing: Piece = { moments: [], recordings: [], gaps: [] };

export class Book {
  readonly #pieces = new Map<number, Piece>();
  #all: Piece = nothing;

  get all(): Piece {
    return this.#all;
  }

  has(piece: number): boolean {
    return this.#pieces.has(piece);
  }

  /** What a piece of time holds is this, whatever was known of it. */
  put(piece: number, found: Piece): void {
    this.#pieces.set(piece, found);
    this.#join();
  }

  /** The doorbell was away: what is known may be old. */
  forget(): void {
    this.#pieces.clear();
  }

  /** False: of a time that is not known yet; it comes with its piece. */
  tell(moment: Moment): boolean {
    return this.#change(moment.startWallMs, (piece) => ({
      ...piece,
      moments: placed(piece.moments, moment),
    }));
  }

  record(recording: Recording): boolean {
    return this.#change(recording.startWallMs, (piece) => ({
      ...piece,
      recordings: placed(piece.recordings, recording),
    }));
  }

  /** Recordings that nothing shows any more are gone with them. */
  remove(ids: ReadonlySet<string>): void {
    const left = this.#all.moments.filter(({ id }) => !ids.has(id));
    if (left.length === this.#all.moments.length) return;
    const shown = new Set(left.flatMap(({ clip }) => clip ?? []));
    const wasShown = new Set(this.#all.moments.flatMap(({ clip }) => clip ?? []));
    const stays = ({ id }: Recording): boolean => shown.has(id) || !wasShown.has(id);
    for (const [key, piece] of this.#pieces)
      this.#pieces.set(key, {
        ...piece,
        moments: piece.moments.filter(({ id }) => !ids.has(id)),
        recordings: piece.recordings.filter(stays),
      });
    this.#join();
  }

  #change(timeMs: number, change: (piece: Piece) => Piece): boolean {
    const key = pieceOf(timeMs);
    const piece = this.#pieces.get(key);
    if (piece === undefined) return false;
    this.#pieces.set(key, change(piece));
    this.#join();
    return true;
  }

  #join(): void {
    const pieces = [...this.#pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
    const gaps = new Map<string, Gap>();
    for (const piece of pieces) for (const gap of piece.gaps) gaps.set(gap.id, gap);
    this.#all = {
      moments: pieces.flatMap(({ moments }) => moments),
      recordings: pieces.flatMap(({ recordings }) => recordings),
      gaps: [...gaps.values()].sort((a, b) => a.startWallMs - b.startWallMs),
    };
  }
}

interface Placed {
  readonly id: string;
  readonly startWallMs: number;
}

function placed<T extends Placed>(list: readonly T[], item: T): T[] {
  const others = list.filter(({ id }) => id !== item.id);
  return others.toSpliced(placeOf(others, item.startWallMs + 1), 0, item);
}
