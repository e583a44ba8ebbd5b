/**
 * Slot: keeps one piece of small hardware open, for as long as the keeper runs.
 *
 * What cannot be opened, or is lost, is shown as `failed` with its Fault and tried again with
 * back-off (1 s to 30 s); nothing else notices. `use` is told the device each time it opens.
 */
import { toFault, type Fault } from "../../../hal/fault.ts";
import type { Clock, SensorDriver } from "../../../hal/sensors.ts";
import type { z } from "zod";
import type { sensorSchema } from "../../wire/api-status.ts";

export type SensorStatus = z.output<typeof sensorSchema>;

const firstRetryMs = 1_000;
const lastRetryMs = 30_000;

export interface SlotOptions<T> {
  readonly role: SensorStatus["role"];
  /** null = off by settings. */
  readonly driver: SensorDriver<T> | null;
  readonly clock: Clock;
  /** Subscribes to the fresh device; `lost` is to be called when it fails. */
  readonly use: (device: T, lost: (fault: unknown) => void) => void;
  readonly onChange: () => void;
}

export class Slot<T extends AsyncDisposable & { readonly name: string }> implements AsyncDisposable {
  readonly #options: SlotOptions<T>;
  #device: T | null = null;
  #fault: Fault | null = null;
  #retryMs = firstRetryMs;
  #cancelRetry = (): void => {};
  #opening: Promise<void> | null = null;
  #closed = false;
  #count = 0;
  #lastWallMs: number | null = null;

  constructor(options: SlotOptions<T>) {
    this.#options = options;
  }

  get device(): T | null {
    return this.#device;
  }

  get status(): SensorStatus {
    const { role, driver } = this.#options;
    const fault = this.#fault;
    return {
      name: this.#device?.name ?? role,
      role,
      state: driver === null ? "off" : this.#device !== null ? "ok" : fault === null ? "opening" : "failed",
      count: this.#count,
      lastWallMs: this.#lastWallMs,
      ...(fault === null
        ? {}
        : { fault: { kind: fault.kind, message: fault.message, ...(fault.hint && { hint: fault.hint }) } }),
    };
  }

  /** One press, edge or sound more. */
  counted(): void {
    this.#count += 1;
    this.#lastWallMs = Math.round(this.#options.clock.wallMs());
  }

  /** The first attempt; resolves either way. */
  async open(): Promise<void> {
    const { driver, use, onChange } = this.#options;
    if (driver === null || this.#closed) return;
    this.#opening = this.#openOnce(driver, use);
    await this.#opening;
    onChange();
  }

  lost(error: unknown): void {
    const device = this.#device;
    this.#device = null;
    this.#fail(error);
    this.#options.onChange();
    void closeQuietly(device);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancelRetry();
    await this.#opening;
    await this.#device?.[Symbol.asyncDispose]();
  }

  async #openOnce(driver: SensorDriver<T>, use: SlotOptions<T>["use"]): Promise<void> {
    try {
      const device = await driver.open();
      this.#device = device;
      this.#fault = null;
      this.#retryMs = firstRetryMs;
      use(device, (fault) => {
        if (this.#device === device) this.lost(fault);
      });
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#fault = toFault(error);
    if (this.#closed) return;
    this.#cancelRetry = this.#options.clock.after(this.#retryMs, () => void this.open());
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }
}

/** What was lost may not close cleanly; that is no news. */
async function closeQuietly(device: AsyncDisposable | null): Promise<void> {
  try {
    await device?.[Symbol.asyncDispose]();
  } catch {
    // it is gone already
  }
}
