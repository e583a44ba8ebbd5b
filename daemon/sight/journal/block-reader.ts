/**
 * Block reader: the records of one block, told to a visitor in order. Pure.
 */
import { Fault } from "../../../hal/fault.ts";
import { pirStates } from "../pir-track.ts";
import { lights } from "../zones.ts";
import { noMinute, tags } from "./block-writer.ts";
import { ByteSource } from "./bytes.ts";
import { gapSchema, motionSettingsSchema, readAs, readHead, visibleOf, type Head } from "./head.ts";
import { LevelReader } from "./level-streams.ts";
import { unpack } from "./pack.ts";
import type { JournalFrame, JournalVisitor } from "./records.ts";

export interface OpenBlock {
  readonly head: Head;
  /** Throws Fault `corrupt` where the records stop making sense; what came before was told. */
  play(visitor: JournalVisitor): void;
}

/** Throws Fault `corrupt`. */
export function openBlock(body: Uint8Array): OpenBlock {
  const [main, ...streams] = unpack(body);
  if (main === undefined) throw new Fault("corrupt", "a journal block is empty");
  const source = new ByteSource(main);
  const head = readHead(source.json());
  return { head, play: (visitor) => new Player(head, source, streams).play(visitor) };
}

type Lent = { -readonly [K in keyof JournalFrame]: JournalFrame[K] };

class Player {
  readonly #source: ByteSource;
  readonly #levels: LevelReader;
  readonly #frame: Lent;
  #stepUs: number;
  #anchorUs = 0;
  #anchorWallUs = 0;

  constructor(head: Head, source: ByteSource, streams: readonly Uint8Array[]) {
    const { grid, ptsUs, stepUs, light, minute, anchor } = head;
    this.#source = source;
    const cells = grid.cols * grid.rows;
    this.#levels = new LevelReader({ cols: grid.cols, cells, visible: visibleOf(head) }, streams);
    this.#levels.read();
    this.#stepUs = stepUs;
    this.#anchorUs = anchor?.ptsUs ?? 0;
    this.#anchorWallUs = anchor?.wallUs ?? 0;
    this.#frame = {
      ptsUs,
      wallMs: 0,
      light,
      minute,
      levels: this.#levels.levels,
      quiet: this.#levels.activeCells === 0,
      analysed: false,
      held: false,
      changed: true,
    };
  }

  play(visitor: JournalVisitor): void {
    const source = this.#source;
    while (!source.done) {
      const tag = source.byte();
      if (tag <= tags.analysed + tags.levels + tags.held) this.#tellFrame(tag, visitor);
      else this.#tellOther(tag, visitor);
    }
    if (!this.#levels.done) throw new Fault("corrupt", "a journal block has levels of no frame");
  }

  #tellFrame(tag: number, visitor: JournalVisitor): void {
    const frame = this.#frame;
    this.#stepUs += this.#source.signed();
    frame.ptsUs += this.#stepUs;
    frame.wallMs = this.#wallMsAt(frame.ptsUs);
    frame.analysed = (tag & tags.analysed) !== 0;
    frame.held = (tag & tags.held) !== 0;
    if ((tag & tags.levels) !== 0) {
      this.#levels.read();
      frame.quiet = this.#levels.activeCells === 0;
      frame.changed = true;
    }
    visitor.frame?.(frame);
    frame.changed = false;
  }

  #tellOther(tag: number, visitor: JournalVisitor): void {
    const source = this.#source;
    const frame = this.#frame;
    switch (tag) {
      case tags.light:
        frame.light = lights[source.byte()] ?? frame.light;
        frame.changed = true;
        return;
      case tags.minute:
        frame.minute = minuteOf(source.whole());
        frame.changed = true;
        return;
      case tags.wall:
        this.#anchorUs = frame.ptsUs + source.signed();
        this.#anchorWallUs = source.whole();
        return;
      case tags.press: {
        const ptsUs = frame.ptsUs + source.signed();
        visitor.press?.(ptsUs, this.#wallMsAt(ptsUs));
        return;
      }
      case tags.pir: {
        const state = pirStates[source.byte()] ?? "unknown";
        const atUs = frame.ptsUs + source.signed(); // read even when nobody wants to hear of it
        visitor.pir?.(state, atUs);
        return;
      }
      case tags.wake: {
        const ptsUs = frame.ptsUs + source.signed();
        visitor.wake?.(ptsUs, this.#wallMsAt(ptsUs));
        return;
      }
      case tags.settings: {
        const settings = readAs(motionSettingsSchema, source.json());
        visitor.settings?.(this.#wallMsAt(frame.ptsUs), settings);
        return;
      }
      case tags.cameraLost:
      case tags.stopped: {
        const ptsUs = frame.ptsUs + source.signed();
        visitor.end?.(ptsUs, tag === tags.stopped ? "stopped" : "camera-lost");
        return;
      }
      case tags.gap: {
        const gap = readAs(gapSchema, source.json());
        visitor.gap?.(gap);
        return;
      }
      default:
        throw new Fault("corrupt", `a journal block has a record of unknown kind ${tag}`);
    }
  }

  #wallMsAt(ptsUs: number): number {
    return (this.#anchorWallUs + ptsUs - this.#anchorUs) / 1_000;
  }
}

function minuteOf(told: number): number | null {
  return told >= noMinute ? null : told;
}
