/**
 * Feed: one session's frames and what happens between them, cut into blocks that can each be read alone.
 *
 * A block ends when it is full, once a minute at the latest, and with the session. Pure: what becomes of a
 * block is `onBlock`'s business, which must not wait.
 */
import { noPir, pirStep, type PirState, type PirTrack } from "../pir-track.ts";
import type { MotionSettings } from "../zones.ts";
import { BlockWriter, type BlockStart, type SeenFrame } from "./block-writer.ts";

export interface FeedStart extends Pick<
  BlockStart,
  "session" | "grid" | "fps" | "settings" | "view" | "visible"
> {
  readonly onBlock: (block: BlockWriter) => void;
}

export class JournalFeed {
  readonly #start: FeedStart;
  #settings: MotionSettings;
  #pir: PirTrack = noPir;
  #blocks = 0;
  #writer: BlockWriter | null = null;
  /** The newest analysed levels, light and minute, and the newest frame's times. */
  readonly #levels: Uint8Array;
  #before: Pick<BlockStart, "ptsUs" | "stepUs" | "light" | "minute" | "anchor"> = {
    ptsUs: 0,
    stepUs: 0,
    light: "bright",
    minute: null,
    anchor: null,
  };

  constructor(start: FeedStart) {
    this.#start = start;
    this.#settings = start.settings;
    this.#levels = new Uint8Array(start.grid.cols * start.grid.rows);
  }

  frame(frame: SeenFrame): void {
    const writer = this.#open();
    writer.frame(frame);
    const { ptsUs, light, minute, levels, analysed } = frame;
    const stepUs = ptsUs - this.#before.ptsUs;
    this.#before = { ...this.#before, ptsUs, stepUs, ...(analysed ? { light, minute } : {}) };
    if (analysed) this.#levels.set(levels);
    if (writer.full) this.flush();
  }

  press(ptsUs: number): void {
    this.#open().press(ptsUs);
  }

  wake(ptsUs: number): void {
    this.#open().wake(ptsUs);
  }

  /** From the next analysed frame on. Before the first frame it stands in the head. */
  pir(state: PirState, atUs: number): void {
    if (this.#blocks > 0 || this.#writer !== null) this.#open().pir(state, atUs);
    this.#pir = pirStep(this.#pir, state, atUs);
  }

  /** From the next analysed frame on. */
  settings(settings: MotionSettings): void {
    if (this.#blocks > 0 || this.#writer !== null) this.#open().settings(settings);
    this.#settings = settings;
  }

  end(ptsUs: number, reason: "camera-lost" | "stopped"): void {
    if (this.#blocks === 0 && this.#writer === null) return;
    this.#open().end(ptsUs, reason);
    this.flush();
  }

  /** Ends the block; the next record begins another. */
  flush(): void {
    const writer = this.#writer;
    this.#writer = null;
    if (writer === null) return;
    this.#before = { ...this.#before, anchor: writer.anchor };
    this.#start.onBlock(writer);
  }

  #open(): BlockWriter {
    if (this.#writer === null) {
      const { onBlock: _onBlock, ...start } = this.#start;
      this.#writer = new BlockWriter({
        ...start,
        ...this.#before,
        settings: this.#settings,
        ...(this.#pir === noPir ? {} : { pir: this.#pir }),
        levels: this.#levels,
        block: this.#blocks,
      });
      this.#blocks += 1;
    }
    return this.#writer;
  }
}
