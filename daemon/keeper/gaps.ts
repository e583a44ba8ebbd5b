/**
 * Gaps: times in which the doorbell saw nothing, told in the history.
 *
 * When the keeper starts, from the last time it is known to have run; when the eye or its camera's picture
 * stays away, and again when it is back. Nobody can tell a gap before it begins, so these are told as soon
 * as they are known.
 */
import type { Clock } from "../../hal/sensors.ts";
import type { EyeStatus } from "../wire/messages.ts";
import type { Happened } from "./history.ts";

type CameraState = EyeStatus["camera"]["state"];

/** An eye that starts anew, a camera that gives a picture again within this time left no gap worth telling. */
export const patienceMs = 10_000;

export interface GapsOptions {
  readonly clock: Clock;
  readonly note: (happened: Happened) => unknown;
}

export class Gaps {
  readonly #options: GapsOptions;
  #awaySinceMs: number | null = null;
  #isTold = false;
  #cancel = (): void => {};

  constructor(options: GapsOptions) {
    this.#options = options;
  }

  /** Null = it never ran before. */
  keeperStarted(lastSeenWallMs: number | null): void {
    if (lastSeenWallMs === null) return;
    const awayMs = this.#options.clock.wallMs() - lastSeenWallMs;
    const time = awayMs < 0 ? "a time that the clock does not tell" : inWords(awayMs);
    this.#tell(`it was not running for ${time}`);
  }

  eyeLeft(): void {
    this.#lost("the camera's process is not running: nothing is recorded");
  }

  eyeArrived(): void {
    this.#back();
  }

  /** From every status of the eye; a camera that is being opened is neither lost nor back. */
  cameraIs(state: CameraState): void {
    if (state === "failed" || state === "stalled")
      this.#lost("the camera gives no picture: nothing is recorded");
    if (state === "running") this.#back();
  }

  #lost(detail: string): void {
    if (this.#awaySinceMs !== null) return;
    this.#awaySinceMs = this.#options.clock.monoMs();
    this.#cancel = this.#options.clock.after(patienceMs, () => {
      this.#isTold = true;
      this.#tell(detail);
    });
  }

  #back(): void {
    this.#cancel();
    if (this.#isTold && this.#awaySinceMs !== null)
      this.#tell(`nothing was recorded for ${inWords(this.#options.clock.monoMs() - this.#awaySinceMs)}`);
    this.#isTold = false;
    this.#awaySinceMs = null;
  }

  stop(): void {
    this.#cancel();
  }

  #tell(detail: string): void {
    this.#options.note({ who: null, what: "gap", detail });
  }
}

/** "less than a minute", "5 min", "3 h 20 min", "2 d 4 h". */
export function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
