/**
 * Clock trust: may the wall clock be believed when it says that a grant has not run out?
 *
 * A clock that is set back would make a grant live longer. So the newest time that was ever believed is
 * kept on the disk and goes on with the running time, and a clock that is behind it by more than a minute is not
 * believed until it is set right, or an owner says that it is. A leap ahead against the monotonic clock by more than an hour
 * (a machine without a battery clock finds the time) is believed after ten minutes of running without
 * another one; a time that is more than 30 days ahead of the newest that was believed, at a start or by a leap, after a
 * day of running, or when it comes back, or when an owner says that it is right. So a clock that boots ten years ahead
 * ends no grant, and a doorbell that lay in a drawer for a year sends again a day later. A time before this
 * software was made is never believed. Being believed too little only delays.
 *
 * What it cannot see: a clock that was slow all along, or set back while the machine was off by less
 * than it was off; `notAfter` is late by as much then.
 */
import type { Clock } from "../../hal/sensors.ts";
import { toFault } from "../../hal/fault.ts";
import type { Files } from "../files/files.ts";
import { holdMs, maxAwayMs } from "./retention.ts";

/** 2026-01-01, before the first Sill that could send anything. */
export const madeWallMs = Date.UTC(2026, 0, 1);
export const slackMs = 60_000;
export const maxLeapMs = 3_600_000;
export const settleMs = 600_000;
const saveEveryMs = 600_000;
const file = "consent/clock.json";

export interface ClockSeen {
  readonly wallMs: number;
  readonly monoMs: number;
  /** The newest time that was believed, and the running time since. */
  readonly floorWallMs: number;
  /** Running time until a leap is believed. */
  readonly settleMs: number;
  /** Running time until a time far ahead of the floor is believed. */
  readonly aheadMs: number;
}

export type Belief = "trusted" | "behind" | "leapt" | "ahead";

/** `floorWallMs` 0: nothing is known, so that nothing speaks against a time that is ahead. */
export function firstLook(floorWallMs: number, wallMs: number, monoMs: number): ClockSeen {
  return raised(unraisedLook(floorWallMs, wallMs, monoMs));
}

function unraisedLook(knownWallMs: number, wallMs: number, monoMs: number): ClockSeen {
  const floorWallMs = Math.max(madeWallMs, knownWallMs);
  const aheadMs = isAhead(floorWallMs, wallMs) ? holdMs : 0;
  return { wallMs, monoMs, floorWallMs, settleMs: 0, aheadMs };
}

export function look(before: ClockSeen, wallMs: number, monoMs: number): ClockSeen {
  const ranMs = Math.max(0, monoMs - before.monoMs);
  const leapt = wallMs - before.wallMs - ranMs > maxLeapMs;
  // as late as it was believed to be, and so much later: who waits for a slow clock gains nothing
  const passedMs = (beliefOf(before) === "trusted" ? before.wallMs : before.floorWallMs) + ranMs;
  const floorWallMs = Math.max(before.floorWallMs, passedMs);
  const waitMs = leapt ? holdMs : Math.max(0, before.aheadMs - ranMs);
  return raised({
    wallMs,
    monoMs,
    floorWallMs,
    settleMs: leapt ? settleMs : Math.max(0, before.settleMs - ranMs),
    aheadMs: isAhead(floorWallMs, wallMs) ? waitMs : 0,
  });
}

function isAhead(floorWallMs: number, wallMs: number): boolean {
  return floorWallMs > madeWallMs && wallMs - floorWallMs > maxAwayMs;
}

export function beliefOf({ wallMs, floorWallMs, settleMs: leftMs, aheadMs }: ClockSeen): Belief {
  if (wallMs < floorWallMs - slackMs) return "behind";
  if (aheadMs > 0) return "ahead";
  return leftMs > 0 ? "leapt" : "trusted";
}

function raised(seen: ClockSeen): ClockSeen {
  if (beliefOf(seen) !== "trusted") return seen;
  return { ...seen, floorWallMs: Math.max(seen.floorWallMs, seen.wallMs) };
}

export interface ClockView {
  readonly trusted: boolean;
  readonly wallMs: number;
  /** The newest time that is believed to have passed. */
  readonly floorWallMs: number;
  readonly belief: Belief;
}

export class ClockTrust {
  readonly #files: Files;
  readonly #clock: Clock;
  #seen: ClockSeen;
  /** Nobody has asked yet: what the disk says has passed changes what the first look was. */
  #isFirst = true;
  #savedMonoMs: number;

  private constructor(files: Files, clock: Clock, floorWallMs: number) {
    this.#files = files;
    this.#clock = clock;
    this.#seen = unraisedLook(floorWallMs, clock.wallMs(), clock.monoMs());
    this.#savedMonoMs = clock.monoMs() - saveEveryMs;
  }

  static async open(files: Files, clock: Clock): Promise<ClockTrust> {
    return new ClockTrust(files, clock, await readFloor(files));
  }

  /** Something on the disk says that this time has passed. */
  passed(wallMs: number): void {
    const floorWallMs = Math.max(this.#seen.floorWallMs, wallMs);
    const { wallMs: firstWallMs, monoMs } = this.#seen;
    this.#seen = this.#isFirst
      ? unraisedLook(floorWallMs, firstWallMs, monoMs)
      : { ...this.#seen, floorWallMs };
  }

  now(): ClockView {
    const seen = this.#look();
    const { wallMs, floorWallMs } = seen;
    const belief = beliefOf(seen);
    return { trusted: belief === "trusted", wallMs, floorWallMs, belief };
  }

  #look(): ClockSeen {
    this.#isFirst = false;
    this.#seen = look(raised(this.#seen), this.#clock.wallMs(), this.#clock.monoMs());
    return this.#seen;
  }

  /** An owner says that it is right. A time before this software was made stays unbelieved. */
  async confirm(): Promise<void> {
    const { wallMs, monoMs } = this.#look();
    this.#seen = firstLook(madeWallMs, wallMs, monoMs);
    await this.#save();
  }

  /** Now and then; a full disk is tried again, the memory of this run holds meanwhile. */
  async keep(): Promise<void> {
    this.now();
    if (this.#clock.monoMs() - this.#savedMonoMs < saveEveryMs) return;
    await this.#save().catch((error: unknown) => {
      if (toFault(error).kind === "bug") throw error;
    });
  }

  async #save(): Promise<void> {
    const { floorWallMs } = this.#look();
    await this.#files.write(file, new TextEncoder().encode(`${JSON.stringify({ floorWallMs })}\n`));
    this.#savedMonoMs = this.#clock.monoMs();
  }
}

async function readFloor(files: Files): Promise<number> {
  const bytes = await files.read(file);
  if (bytes === null) return 0;
  try {
    const { floorWallMs } = JSON.parse(new TextDecoder().decode(bytes)) as { floorWallMs: unknown };
    return typeof floorWallMs === "number" ? floorWallMs : 0;
  } catch {
    return 0; // `write` is atomic, so this was not ours
  }
}
