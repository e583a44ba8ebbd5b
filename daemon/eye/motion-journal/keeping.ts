/**
 * Keeping: one pipeline's part of the motion journal.
 *
 * Where nothing is visible there is nothing to keep: no frame is written, only that it was so, from when to
 * when (once in a while, in case that the end is never told).
 */
import { JournalFeed, type FeedStart } from "../../sight/journal/feed.ts";
import { noticeOf } from "../../sight/journal/notice.ts";
import type { PirState } from "../../sight/pir-track.ts";
import type { MotionSettings } from "../../sight/zones.ts";
import type { MotionResult } from "../motion/motion.ts";

export type KeepingStart = FeedStart;

export interface FrameTimes {
  readonly ptsUs: number;
  readonly wallMs: number;
  /** As it was judged by. */
  readonly minute: number | null;
  /** As the event machine was told. */
  readonly held: boolean;
}

/** What happens to the frames of a pipeline, in order. Nothing waits and nothing throws for a disk. */
export interface Keeping {
  frame(seen: Pick<MotionResult, "levels" | "light" | "analysed">, times: FrameTimes): void;
  press(ptsUs: number): void;
  pir(state: PirState, atUs: number): void;
  wake(ptsUs: number): void;
  settings(settings: MotionSettings): void;
  end(ptsUs: number, reason: "camera-lost" | "stopped"): void;
  /** A block ends here, so that what was told so far can be read. */
  flush(): void;
}

export function keep(start: KeepingStart): Keeping {
  return start.visible.length === 0 ? new Masked(start) : new Visible(start);
}

class Visible implements Keeping {
  readonly #feed: JournalFeed;

  constructor(start: KeepingStart) {
    this.#feed = new JournalFeed(start);
  }

  frame({ levels, light, analysed }: Parameters<Keeping["frame"]>[0], times: FrameTimes): void {
    this.#feed.frame({ ...times, levels, light, analysed });
  }

  press(ptsUs: number): void {
    this.#feed.press(ptsUs);
  }

  pir(state: PirState, atUs: number): void {
    this.#feed.pir(state, atUs);
  }

  wake(ptsUs: number): void {
    this.#feed.wake(ptsUs);
  }

  settings(settings: MotionSettings): void {
    this.#feed.settings(settings);
  }

  end(ptsUs: number, reason: "camera-lost" | "stopped"): void {
    this.#feed.end(ptsUs, reason);
  }

  flush(): void {
    this.#feed.flush();
  }
}

const tellMs = 6 * 3_600_000;
const why = "nothing could be seen: everything was masked";

class Masked implements Keeping {
  readonly #start: KeepingStart;
  #from: number | null = null;
  #to = 0;

  constructor(start: KeepingStart) {
    this.#start = start;
  }

  frame(_seen: unknown, { wallMs }: FrameTimes): void {
    // a clock that was set back begins another
    if (this.#from !== null && (wallMs < this.#to || wallMs - this.#from > tellMs)) this.#tell();
    this.#from ??= wallMs;
    this.#to = wallMs;
  }

  press(): void {}

  pir(): void {}

  wake(): void {}

  settings(): void {}

  end(): void {
    this.#tell();
  }

  flush(): void {
    this.#tell();
  }

  #tell(): void {
    const fromWallMs = this.#from;
    this.#from = null;
    if (fromWallMs !== null) this.#start.onBlock(noticeOf({ fromWallMs, toWallMs: this.#to, why }));
  }
}
