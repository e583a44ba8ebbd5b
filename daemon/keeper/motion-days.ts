/**
 * Motion days: which files of the motion journal must go, and that they do.
 *
 * Too old (motion.journalDays; 0 = all of them), or less room on the disk than recordings need: a level per
 * cell is worth less than a recording, so days of the journal go before any clip does, oldest first. The
 * newest day stays, it is being written. Days are UTC days and go as a whole. A day that is still to come was
 * written by a clock that had leapt: it would lie there till then, so it goes as well. Age is only believed when the clock is (retention.ts).
 */
import { rm } from "node:fs/promises";
import { toFault } from "../../hal/fault.ts";
import { dayFiles, type DayFile } from "../sight/journal/day-files.ts";
import { dayOf } from "../wire/paths.ts";

const dayMs = 86_400_000;

/** Of days that are sorted, oldest first. `wallMs` null = the clock is not believed. */
export function tooOld(
  days: readonly DayFile[],
  keepDays: number,
  wallMs: number | null,
): readonly DayFile[] {
  if (keepDays === 0) return days;
  if (wallMs === null) return [];
  const firstKept = dayOf(Math.max(0, wallMs - keepDays * dayMs));
  const tomorrow = dayOf(wallMs + dayMs);
  return days.filter(({ day }) => day < firstKept || day > tomorrow);
}

/** As many of the oldest as make so much room. */
export function forRoom(days: readonly DayFile[], missingBytes: number): readonly DayFile[] {
  let missing = missingBytes;
  return days.slice(0, -1).filter(({ bytes }) => {
    const goes = missing > 0;
    if (goes) missing -= bytes;
    return goes;
  });
}

export class MotionDays {
  readonly #folder: string;
  readonly #keepDays: number;
  /** Days deleted before their time. */
  evicted = 0;
  /** Days deleted at their time. */
  aged = 0;

  constructor(folder: string, keepDays: number) {
    this.#folder = folder;
    this.#keepDays = keepDays;
  }

  /** Answers the bytes that it made free. */
  async makeRoom(missingBytes: number): Promise<number> {
    if (missingBytes <= 0) return 0;
    const going = forRoom(await dayFiles(this.#folder), missingBytes);
    await remove(going);
    this.evicted += going.length;
    return going.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** `wallMs` null = the clock is not believed. */
  async dropOld(wallMs: number | null): Promise<void> {
    const going = tooOld(await dayFiles(this.#folder), this.#keepDays, wallMs);
    await remove(going);
    this.aged += going.length;
  }
}

async function remove(days: readonly DayFile[]): Promise<void> {
  try {
    for (const { path } of days) await rm(path, { force: true });
  } catch (error) {
    throw toFault(error, "cannot delete a day of the motion journal");
  }
}
