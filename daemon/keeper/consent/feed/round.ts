/**
 * Round: entries of the log, one bundle after the other, on top of what was verified before.
 *
 * The compact range grows with every entry. When it is as long as the newest signed checkpoint says,
 * its root must be the signed one: that is at once the proof that every entry is in the log, in this order, and that
 * the log still begins with all that was seen before (a consistency proof is not needed, because nothing is
 * skipped). Until then nothing that was learned counts. A log longer than one round fetches goes on in the next.
 *
 * Each entry is judged in the order of the log (judge.ts). Takes turns with the rest of the process: after every
 * 32 entries others may act, so that a press never waits for a flood.
 */
import { setImmediate } from "node:timers/promises";
import { Fault } from "../../../../hal/fault.ts";
import { decodeBundle } from "../../../ledger/bundle.ts";
import type { Checkpoint } from "../../../ledger/checkpoint.ts";
import { appended, rootOf, type CompactRange } from "../../../ledger/range.ts";
import { tileWidth } from "../../../ledger/tiles.ts";
import { isSameHash } from "../../../ledger/tree.ts";
import { changed } from "./alarms.ts";
import type { Judge } from "./judge.ts";

const entriesATurn = 32;

export interface Bundle {
  /** Of the bundle: it begins with entry `index` * 256. */
  readonly index: number;
  readonly width: number;
  readonly bytes: Uint8Array;
}

export class Round {
  readonly judge: Judge;
  #range: CompactRange;
  /** Bundles that did not follow the one before. */
  dropped = 0;

  constructor(verified: CompactRange, judge: Judge) {
    this.#range = verified;
    this.judge = judge;
  }

  get range(): CompactRange {
    return this.#range;
  }

  /** Entries up to `mostSize`; one that does not follow is dropped. Throws Fault `invalid` when it is cut. */
  async take({ index, width, bytes }: Bundle, mostSize: number): Promise<void> {
    const first = index * tileWidth;
    const known = this.#range.size - first;
    if (known < 0 || known >= width) {
      if (known < 0) this.dropped += 1;
      return;
    }
    const entries = decodeBundle(bytes);
    if (entries.length !== width)
      throw new Fault("invalid", `a bundle of ${width} entries of the public log has ${entries.length}`);
    for (const entry of entries.slice(known, mostSize - first)) {
      this.judge.judge(entry, this.#range.size);
      this.#range = appended(this.#range, entry);
      if (this.#range.size % entriesATurn === 0) await setImmediate();
    }
  }

  /** False = not there yet. Throws PortalLies when it is as long, and says something else. */
  agreesWith({ size, root }: Checkpoint): boolean {
    if (this.#range.size !== size) return false;
    if (isSameHash(rootOf(this.#range), root)) return true;
    throw changed();
  }
}
