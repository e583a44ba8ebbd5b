/**
 * Frame timings: when each frame came, to the keeper while somebody records a trace.
 *
 * Numbers only. Off, nothing is kept; on, a few frames at a time go out together, so that a message
 * costs less than the frames that it tells of. A keeper that is away turns it off.
 */
import type { FrameTiming } from "../../hal/frame.ts";
import type { EyeToKeeper } from "../wire/messages.ts";

type Timings = Extract<EyeToKeeper, { type: "frame-timings" }>;

/** Half a second at 15 fps; the last ones of a camera that stalls are told when it stalls. */
const together = 8;

export class FrameTimings {
  readonly #report: (timings: Timings) => void;
  #on = false;
  #frames: Timings["frames"] = [];

  constructor(report: (timings: Timings) => void) {
    this.#report = report;
  }

  turn(on: boolean): void {
    if (!on) this.#frames = [];
    this.#on = on;
  }

  /** A frame has just arrived. */
  see({ sequence, ptsUs }: FrameTiming, dropped: number): void {
    if (!this.#on) return;
    this.#frames.push({ ns: String(process.hrtime.bigint()), sequence, ptsUs, dropped });
    if (this.#frames.length >= together) this.flush();
  }

  /** The camera's state has changed: what came before is told before. */
  flush(): void {
    if (this.#frames.length === 0) return;
    this.#report({ type: "frame-timings", frames: this.#frames });
    this.#frames = [];
  }
}
