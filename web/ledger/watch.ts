/**
 * Watch: checks the ledger at every visit and every quarter of an hour, and remembers what it saw.
 *
 * An alarm stays, over reloads and whatever the doorbell shows next, until somebody acknowledges it; what it
 * shows then becomes what is compared with. A check that could not be made is shown and tried again.
 */
import { toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { createStore, type Store } from "../state/store.ts";
import type { Asked, Found } from "./check.ts";
import { readKept, writeKept, type Kept, type Shelf } from "./keep.ts";

export const checkEveryMs = 15 * 60_000;

export interface WatchState extends Kept {
  readonly busy: boolean;
  /** Why the last check could not be made; null = it was. */
  readonly fault: Fault | null;
}

export interface WatchOptions {
  /** The doorbell's public key as this browser knows it. */
  readonly device: string;
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly asked: Asked;
}

export class LedgerWatch {
  readonly store: Store<WatchState>;
  readonly device: string;
  readonly #options: WatchOptions;
  /** Somebody acknowledged while a check was under way: what it finds is compared with what is over. */
  #isOutdated = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.device = options.device;
    this.store = createStore({ ...readKept(options.shelf, options.device), busy: false, fault: null });
  }

  /** Returns what ends it. */
  start(): () => void {
    void this.check();
    return this.#options.clock.every(checkEveryMs, () => void this.check());
  }

  async check(): Promise<void> {
    const { device, asked } = this.#options;
    if (this.store.get().busy) return;
    this.#isOutdated = false;
    this.#set({ busy: true });
    try {
      const { checkLedger } = await import("./check.ts");
      const found = await checkLedger(device, this.store.get().checkpoint, asked);
      if (!this.#isOutdated) return this.#take(found);
    } catch (error) {
      return this.#set({ busy: false, fault: toFault(error) });
    }
    this.#set({ busy: false });
    await this.check();
  }

  /** Somebody has seen the alarm. */
  acknowledge(): void {
    const { alarm, checkpoint } = this.store.get();
    if (alarm === null) return;
    // what no key of the doorbell signed is nothing to go on from
    this.#isOutdated = true;
    this.#keep({ alarm: null, checkpoint: alarm.kind === "unsigned" ? checkpoint : null, size: 0 });
    void this.check();
  }

  #take(found: Found): void {
    const wallMs = Math.round(this.#options.clock.wallMs());
    if (found.alarm === null) {
      const { checkpoint, size } = found;
      this.#keep({ busy: false, fault: null, checkpoint, size, checkedWallMs: wallMs });
    } else if (this.store.get().alarm === null) {
      this.#keep({ busy: false, fault: null, alarm: { ...found.alarm, wallMs } });
    } else this.#set({ busy: false, fault: null });
  }

  #keep(change: Partial<WatchState>): void {
    this.#set(change);
    const { checkpoint, size, checkedWallMs, alarm } = this.store.get();
    writeKept(this.#options.shelf, this.device, { checkpoint, size, checkedWallMs, alarm });
  }

  #set(change: Partial<WatchState>): void {
    this.store.set({ ...this.store.get(), ...change });
  }
}
