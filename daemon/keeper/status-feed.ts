/**
 * Status feed: the status to every page, every two seconds and shortly after each change, and the
 * status light. Changes within 100 ms are one notice; with no page there, nothing is built for them. What is wrong is
 * looked at every two seconds, page or not (problem-log.ts).
 */
import type { Clock } from "../../hal/sensors.ts";
import type { Status } from "../wire/api-status.ts";
import type { Parts } from "./parts.ts";
import { problemsOf } from "./problems.ts";
import { lightOf, statusOf } from "./status.ts";

const everyMs = 2_000;
const togetherMs = 100;
/** Free space is measured less often than it is shown. */
const measureEvery = 5;

export class StatusFeed {
  readonly #parts: () => Parts;
  readonly #clock: Clock;
  #cancelTick = (): void => {};
  #cancelSoon: (() => void) | null = null;
  #ticks = 0;
  #running = false;

  /** `parts` is asked only after `start`. */
  constructor(clock: Clock, parts: () => Parts) {
    this.#clock = clock;
    this.#parts = parts;
  }

  start(): void {
    this.#running = true;
    this.#cancelTick = this.#clock.every(everyMs, () => this.#tick());
    this.#tell();
  }

  /** Something that the status shows has changed. */
  changed(): void {
    if (!this.#running) return;
    this.#cancelSoon ??= this.#clock.after(togetherMs, () => {
      this.#cancelSoon = null;
      this.#tell();
    });
  }

  stop(): void {
    this.#running = false;
    this.#cancelTick();
    this.#cancelSoon?.();
  }

  #tick(): void {
    this.#ticks += 1;
    if (this.#ticks % measureEvery === 0)
      this.#parts()
        .janitor.measure()
        .then(null, () => {}); // the sweep tells
    const parts = this.#parts();
    const status = statusOf(parts);
    parts.sensors.light(lightOf(parts));
    parts.problems.look(problemsOf(parts, status));
    this.#tellPages(status);
  }

  #tell(): void {
    const parts = this.#parts();
    parts.sensors.light(lightOf(parts));
    if (parts.pages.count > 0) this.#tellPages(statusOf(parts));
  }

  #tellPages(status: Status): void {
    const { pages } = this.#parts();
    if (pages.count > 0) pages.tell({ type: "status", status });
  }
}
