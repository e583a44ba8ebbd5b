/**
 * Pulse: is the eye alive? For the service manager, which restarts one that is not.
 *
 * Every frame is a beat, and so is every attempt to open the camera: an eye without a camera tries on,
 * and a restart would not help. Silence past what a camera may take (its stall time and the opening
 * of a slow one) means that something below hangs.
 */
import type { Clock } from "../../hal/sensors.ts";

const openingMs = 45_000;
const msPerS = 1_000;

export class Pulse {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  #lastMs: number;
  #resting = false;

  constructor(clock: Clock, stallMs: number) {
    this.#clock = clock;
    this.#patienceMs = stallMs + openingMs;
    this.#lastMs = clock.monoMs();
  }

  beat(): void {
    this.#lastMs = this.#clock.monoMs();
    this.#resting = false;
  }

  /** Nothing is expected until the next beat: a video was shown to its end, the camera sleeps. */
  rest(): void {
    this.#resting = true;
  }

  /** Null = alive. */
  trouble(): string | null {
    const silentMs = this.#clock.monoMs() - this.#lastMs;
    if (this.#resting || silentMs < this.#patienceMs) return null;
    return `neither a frame nor a failure of the camera for ${Math.round(silentMs / msPerS)} s`;
  }
}
