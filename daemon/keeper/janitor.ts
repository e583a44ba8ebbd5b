/**
 * Janitor: applies the retention rules every minute, and at once when the disk is full.
 *
 * One sweep at a time. After room was made for a write that failed, `onFreed` tells the eye.
 * The rules are in retention.ts; here are the timer, statfs and the counters.
 */
import { statfs } from "node:fs/promises";
import type { Settings } from "../../config/schema.ts";
import { isDiskFull, toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { MotionDays } from "./motion-days.ts";
import { missingBytes, type Retention, type RetentionLimits } from "./retention.ts";
import type { Swept } from "./store/sweep.ts";
import type { Store } from "./store/store.ts";

const everyMs = 60_000;
/** Clips that one sweep removes while the index cannot be opened. */
const mostWithoutIndex = 16;
const megabyte = 1024 * 1024;

export interface JanitorOptions {
  readonly settings: Settings["storage"];
  /** The least of what settings and policy say, asked anew each time. */
  readonly retentionHours: () => number;
  readonly ignoredHours: number;
  /** Clips of which something was granted; null = nobody can say. */
  readonly granted: () => ReadonlySet<string> | null;
  readonly folder: string;
  readonly clock: Clock;
  readonly store: Store;
  /** Goes before any clip does. */
  readonly motion: Pick<MotionDays, "makeRoom" | "dropOld">;
  /** Told before they go, and once more for what nobody foresaw. Never rejects. */
  readonly onDeleting: (clips: Retention["clips"]) => Promise<void>;
  readonly onSwept: (swept: Swept) => void;
  readonly onFreed: (freeBytes: number) => void;
}

export function limitsOf(
  settings: Settings["storage"],
): Pick<RetentionLimits, "budgetBytes" | "minFreeBytes"> {
  return {
    budgetBytes: settings.budgetMb * megabyte,
    minFreeBytes: settings.minFreeMb * megabyte,
  };
}

export class Janitor {
  readonly #options: JanitorOptions;
  readonly #limits: Pick<RetentionLimits, "budgetBytes" | "minFreeBytes">;
  #cancel = (): void => {};
  #sweeping: Promise<void> | null = null;
  #wantedBytes = 0;
  /** A write failed since the last sweep: something must go, whatever statfs says. */
  #asked = false;
  freeBytes = 0;
  /** Clips deleted before their time. */
  evicted = 0;
  /** Clips and events deleted at their time. */
  aged = 0;
  /** Running time until the clock is trusted again; 0 = it is. */
  holdMs = 0;
  fault: Fault | null = null;

  constructor(options: JanitorOptions) {
    this.#options = options;
    this.#limits = limitsOf(options.settings);
  }

  /** Clips and events older than this go. */
  get retentionHours(): number {
    return this.#options.retentionHours();
  }

  /** Ignored ones older than this go. */
  get ignoredHours(): number {
    return Math.min(this.#options.ignoredHours, this.retentionHours);
  }

  /** Less free than the limit, although everything that may go has gone. */
  get full(): boolean {
    return missingBytes(this.#limits, this.freeBytes, this.#wantedBytes) > 0;
  }

  async start(): Promise<void> {
    await this.measure();
    this.#cancel = this.#options.clock.every(everyMs, () => void this.sweep());
    await this.sweep();
  }

  /** A write failed for want of room. */
  async makeRoom(wantedBytes: number): Promise<void> {
    this.#wantedBytes = Math.max(this.#wantedBytes, wantedBytes, megabyte);
    this.#asked = true;
    await this.sweep();
  }

  async sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepOnce().finally(() => {
      this.#sweeping = null;
    });
    await this.#sweeping;
  }

  async measure(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#options.folder);
    this.freeBytes = bavail * bsize;
  }

  async stop(): Promise<void> {
    this.#cancel();
    await this.#sweeping;
  }

  async #sweepOnce(): Promise<void> {
    const { clock, store, motion, onDeleting, onSwept, onFreed } = this.#options;
    const asked = this.#asked;
    this.#asked = false;
    try {
      await this.measure();
      // room that came by itself since then costs no clip
      const wanted = asked || this.freeBytes < this.#wantedBytes ? this.#wantedBytes : 0;
      const missing = missingBytes(this.#limits, this.freeBytes, wanted);
      const madeBytes = await motion.makeRoom(missing).catch(() => 0); // then clips must do
      if (madeBytes > 0) await this.measure();
      const isEnough = madeBytes > 0 && this.freeBytes >= this.#limits.minFreeBytes + wanted;
      const wantedBytes = isEnough ? 0 : wanted;
      const granted = this.#options.granted();
      const input = {
        ...this.#limits,
        retentionHours: this.retentionHours,
        // what may have been promised is kept like everything else
        ignoredHours: granted === null ? this.retentionHours : this.ignoredHours,
        granted: [...(granted ?? [])],
        wallMs: clock.wallMs(),
        monoMs: clock.monoMs(),
        freeBytes: this.freeBytes,
        wantedBytes,
      };
      const { clips } = await store.due(input);
      if (clips.length > 0) await onDeleting(clips);
      const swept = await store.sweep(input);
      const told = new Set(clips.map(({ id }) => id));
      const untold = swept.clips.filter(({ id }) => !told.has(id));
      if (untold.length > 0) await onDeleting(untold);
      this.#count(swept);
      await this.measure();
      this.fault = null;
      onSwept(swept);
      if (this.#wantedBytes > 0 && this.freeBytes >= this.#wantedBytes) {
        this.#wantedBytes = 0;
        onFreed(this.freeBytes);
      }
      await motion.dropOld(swept.holdMs === 0 ? input.wallMs : null);
    } catch (error) {
      this.fault = toFault(error);
      if (isDiskFull(this.fault) && !store.isOpen) await this.#makeRoomForIndex();
    }
  }

  /** Without an index there are no rows to ask: the oldest finished clip goes by its folder. */
  async #makeRoomForIndex(): Promise<void> {
    const { store } = this.#options;
    for (let tries = 0; tries < mostWithoutIndex && this.freeBytes < this.#wantedBytes; tries += 1) {
      const removed = await store.removeOldestFolder().catch((error: unknown) => {
        this.fault = toFault(error);
        return null;
      });
      if (removed === null) return;
      await this.#options.onDeleting([{ id: removed, reason: "free" }]);
      this.evicted += 1;
      await this.measure();
    }
  }

  #count(swept: Swept): void {
    const aged = swept.clips.filter(({ reason }) => reason === "age" || reason === "ignored").length;
    this.aged += aged + swept.events.length;
    this.evicted += swept.clips.length - aged;
    this.holdMs = swept.holdMs;
  }
}
