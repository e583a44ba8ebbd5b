/**
 * Pull points: what happened, kept for each client that asked to be told, until it fetches it or is gone.
 *
 * Bounded: eight clients, 64 messages each (the oldest goes, counted), an hour without renewal, a minute of waiting for
 * something to happen. A client that comes again without having said goodbye is a new one; the old one runs out.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "../../../hal/sensors.ts";
import { SoapFault } from "./soap.ts";
import { notificationText, topics, type What } from "./topics.ts";

const mostPoints = 8;
const mostKept = 64;
const longestLifeMs = 3_600_000;
const longestWaitMs = 60_000;
/** A ring is a moment: clients that know states only see it this long. */
const ringMs = 5_000;

interface Point {
  untilMonoMs: number;
  readonly kept: string[];
  /** Somebody waits for the next message. */
  wake: (() => void) | null;
}

export interface PullAsked {
  readonly timeoutMs: number;
  readonly limit: number;
  /** The client hung up. */
  readonly gone: AbortSignal;
}

export class PullPoints {
  readonly #clock: Clock;
  readonly #points = new Map<string, Point>();
  readonly #state: Record<What, { on: boolean; sinceWallMs: number }>;
  #cancelRing = (): void => {};
  in = 0;
  out = 0;
  dropped = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    const off = { on: false, sinceWallMs: clock.wallMs() };
    this.#state = { ring: { ...off }, motion: { ...off } };
  }

  /** A ring is over by itself. */
  happened(what: What, on: boolean, wallMs: number): void {
    this.in += 1;
    if (what === "ring" && on) {
      this.#cancelRing();
      if (this.#state.ring.on) this.#change("ring", false, wallMs); // again: told as another one
      this.#cancelRing = this.#clock.after(ringMs, () => this.#change("ring", false, this.#clock.wallMs()));
    }
    this.#change(what, on, wallMs);
  }

  /** Name of a new one, which begins with how things are. Throws SoapFault. */
  open(lifeMs: number): string {
    this.#bury();
    if (this.#points.size >= mostPoints) throw new SoapFault("tooMany");
    const name = randomBytes(12).toString("hex");
    this.#points.set(name, { untilMonoMs: this.#until(lifeMs), kept: [], wake: null });
    this.synchronise(name);
    return name;
  }

  /** Everything is told as it is now. */
  synchronise(name: string): void {
    const point = this.#at(name);
    for (const what of ["ring", "motion"] as const) {
      const { on, sinceWallMs } = this.#state[what];
      this.#keep(point, what, { on, wallMs: sinceWallMs, operation: "Initialized" });
    }
  }

  /** Milliseconds that it lives from now on. */
  renew(name: string, lifeMs: number): number {
    const point = this.#at(name);
    point.untilMonoMs = this.#until(lifeMs);
    return point.untilMonoMs - this.#clock.monoMs();
  }

  close(name: string): void {
    this.#at(name).wake?.();
    this.#points.delete(name);
  }

  /** What was kept, or what comes within the time; empty = nothing did. */
  async pull(name: string, { timeoutMs, limit, gone }: PullAsked): Promise<string[]> {
    const point = this.#at(name);
    if (point.kept.length === 0) {
      point.wake?.(); // who waited before has given up
      const { promise, resolve } = Promise.withResolvers<void>();
      point.wake = resolve;
      const cancel = this.#clock.after(Math.min(timeoutMs, longestWaitMs), resolve);
      gone.addEventListener("abort", () => resolve(), { once: true });
      await promise;
      cancel();
      if (point.wake === resolve) point.wake = null;
    }
    if (gone.aborted) return [];
    const given = point.kept.splice(0, Math.max(1, limit));
    this.out += given.length;
    return given;
  }

  /** Everybody is sent away. How things are is still known. */
  closeAll(): void {
    for (const { wake } of this.#points.values()) wake?.();
    this.#points.clear();
  }

  #change(what: What, on: boolean, wallMs: number): void {
    this.#state[what] = { on, sinceWallMs: wallMs };
    this.#bury();
    for (const point of this.#points.values()) {
      this.#keep(point, what, { on, wallMs, operation: "Changed" });
      point.wake?.();
    }
  }

  #keep(point: Point, what: What, options: Parameters<typeof notificationText>[1]): void {
    for (const topic of topics) if (topic.of === what) point.kept.push(notificationText(topic, options));
    while (point.kept.length > mostKept) {
      point.kept.shift();
      this.dropped += 1;
    }
  }

  #at(name: string): Point {
    this.#bury();
    const point = this.#points.get(name);
    if (point === undefined) throw new SoapFault("noSubscription");
    return point;
  }

  #until(lifeMs: number): number {
    return this.#clock.monoMs() + Math.min(Math.max(lifeMs, 1_000), longestLifeMs);
  }

  #bury(): void {
    for (const [name, { untilMonoMs, wake }] of this.#points) {
      if (untilMonoMs > this.#clock.monoMs()) continue;
      wake?.();
      this.#points.delete(name);
    }
  }
}
