/**
 * Guarded: what a fault in the stage `what` may cost: its own words, and nothing else.
 *
 * Frames, events, recordings and presses go through the pipeline whether this stage works or not. Where it throws, the fault
 * stands in the status and the stage is off until the next pipeline begins: what it knew may be half true by then.
 */
import type { MaskedFrame } from "../../../hal/frame.ts";
import { toFault } from "../../../hal/fault.ts";
import type { MotionResult } from "../motion/motion.ts";
import type { Stage } from "../stages.ts";
import type { What } from "./what.ts";

export class GuardedWhat {
  #what: What | null;
  readonly #stage: Stage;

  constructor(what: What, stage: Stage) {
    this.#what = what;
    this.#stage = stage;
  }

  holdsAt(ptsUs: number): boolean {
    return this.#guard((what) => what.holdsAt(ptsUs)) ?? false;
  }

  handle(frame: MaskedFrame, seen: MotionResult): void {
    this.#guard((what) => what.handle(frame, seen));
  }

  opened(event: string, atUs: number): void {
    this.#guard((what) => what.opened(event, atUs));
  }

  closed(atUs: number): void {
    this.#guard((what) => what.closed(atUs));
  }

  press(atUs: number): void {
    this.#guard((what) => what.press(atUs));
  }

  async idle(): Promise<void> {
    await this.#what?.idle();
  }

  end(): void {
    this.#guard((what) => what.end());
  }

  #guard<Answer>(act: (what: What) => Answer): Answer | null {
    const what = this.#what;
    if (what === null) return null;
    try {
      return act(what);
    } catch (error) {
      this.#what = null;
      this.#stage.dropped += 1;
      this.#stage.lastError = toFault(error, "what moved").message;
      letGo(what);
      return null;
    }
  }
}

/** The question that is under way is nobody's any more. */
function letGo(what: What): void {
  try {
    what.end();
  } catch {
    // the first fault is the one to tell
  }
}
