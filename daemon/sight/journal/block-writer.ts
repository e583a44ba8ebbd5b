/**
 * Block writer: frames and what happens between them, as the streams of one block. Pure.
 *
 * The main stream is the head, then one byte per record and what belongs to it. A frame whose levels are
 * those of the frame before and that comes when it is due costs two bytes of always the same value.
 */
import { Fault } from "../../../hal/fault.ts";
import type { JournalGap } from "./records.ts";
import { pirStates, type PirState } from "../pir-track.ts";
import { lights, type Light, type MotionSettings } from "../zones.ts";
import { ByteSink } from "./bytes.ts";
import { journalVersions, type Envelope } from "./envelope.ts";
import { onlyMotion, visibleBits, type Head } from "./head.ts";
import { LevelWriter } from "./level-streams.ts";

/** Records by their first byte; a frame's is 0..7. */
export const tags = {
  analysed: 1,
  levels: 2,
  held: 4,
  light: 0x10,
  minute: 0x11,
  wall: 0x12,
  press: 0x13,
  settings: 0x14,
  cameraLost: 0x15,
  stopped: 0x16,
  gap: 0x17,
  pir: 0x18,
  wake: 0x19,
} as const;
export const noMinute = 1_440;

/** Clock and frames may drift apart by so much until the time of the wall is told anew. */
const driftMs = 200;
/** A block is full with so many bytes before packing, or with so much time. */
const fullBytes = 512 * 1024;
const fullMs = 60_000;

export interface SeenFrame {
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly light: Light;
  readonly minute: number | null;
  readonly levels: Uint8Array;
  readonly analysed: boolean;
  /** As the event machine was told (`MachineInput`); absent = nobody was. */
  readonly held?: boolean | undefined;
}

/** All of a head but what `visible` and the frame before say. */
export interface BlockStart extends Omit<Head, "visible"> {
  readonly visible: Uint16Array;
  /** Levels of the frame before; absent = none. */
  readonly levels?: Uint8Array | undefined;
}

export interface FinishedBlock extends Envelope {
  readonly streams: readonly Uint8Array[];
}

export class BlockWriter {
  readonly #main = new ByteSink();
  readonly #levels: LevelWriter;
  #ptsUs: number;
  #stepUs: number;
  #light: Light;
  #minute: number | null;
  /** Where the wall's time is counted from. */
  #anchor: Head["anchor"];
  #from = Infinity;
  #to = -Infinity;
  #holds = false;
  frames = 0;

  constructor({ visible, levels, ...head }: BlockStart) {
    const { cols, rows } = head.grid;
    this.#levels = new LevelWriter({ cols, cells: cols * rows, visible });
    this.#main.json({
      ...head,
      settings: onlyMotion(head.settings),
      visible: visibleBits(visible, cols * rows),
    });
    this.#levels.write(levels ?? new Uint8Array(cols * rows));
    ({
      ptsUs: this.#ptsUs,
      stepUs: this.#stepUs,
      light: this.#light,
      minute: this.#minute,
      anchor: this.#anchor,
    } = head);
  }

  get full(): boolean {
    return this.#to - this.#from >= fullMs || this.bytes >= fullBytes;
  }

  frame({ ptsUs, wallMs, light, minute, levels, analysed, held = false }: SeenFrame): void {
    if (!Number.isSafeInteger(ptsUs)) throw new Fault("bug", `a frame's time is ${ptsUs} us`);
    this.#seeWall(ptsUs, wallMs);
    const main = this.#main;
    if (analysed && light !== this.#light) {
      main.byte(tags.light);
      main.byte(lights.indexOf(light));
      this.#light = light;
    }
    if (analysed && minute !== this.#minute) {
      main.byte(tags.minute);
      main.whole(minute ?? noMinute);
      this.#minute = minute;
    }
    const differs = analysed && this.#levels.differs(levels);
    main.byte((analysed ? tags.analysed : 0) + (differs ? tags.levels : 0) + (held ? tags.held : 0));
    this.#holds ||= held;
    const stepUs = ptsUs - this.#ptsUs;
    main.signed(stepUs - this.#stepUs);
    if (differs) this.#levels.write(levels);
    [this.#ptsUs, this.#stepUs] = [ptsUs, stepUs];
    this.frames += 1;
  }

  /** What the next block counts from. */
  get anchor(): Head["anchor"] {
    return this.#anchor;
  }

  press(ptsUs: number): void {
    this.#seen(ptsUs);
    this.#main.byte(tags.press);
    this.#main.signed(ptsUs - this.#ptsUs);
  }

  /** `atUs` may lie before frames that were told already. */
  pir(state: PirState, atUs: number): void {
    this.#seen(this.#ptsUs);
    this.#main.byte(tags.pir);
    this.#main.byte(pirStates.indexOf(state));
    this.#main.signed(atUs - this.#ptsUs);
  }

  wake(ptsUs: number): void {
    this.#seen(ptsUs);
    this.#main.byte(tags.wake);
    this.#main.signed(ptsUs - this.#ptsUs);
  }

  settings(settings: MotionSettings): void {
    this.#seen(this.#ptsUs);
    this.#main.byte(tags.settings);
    this.#main.json(onlyMotion(settings));
  }

  end(ptsUs: number, reason: "camera-lost" | "stopped"): void {
    this.#seen(ptsUs);
    this.#main.byte(reason === "stopped" ? tags.stopped : tags.cameraLost);
    this.#main.signed(ptsUs - this.#ptsUs);
  }

  /** `atWallMs`: the moment the block is filed under, its end. */
  gap(gap: JournalGap, atWallMs: number): void {
    this.#main.byte(tags.gap);
    this.#main.json(gap);
    this.#span(Math.min(gap.fromWallMs, atWallMs));
    this.#span(atWallMs);
  }

  /** Of what it holds; 0 = nothing yet. */
  get fromWallMs(): number {
    return Number.isFinite(this.#from) ? this.#from : 0;
  }

  get toWallMs(): number {
    return Number.isFinite(this.#to) ? this.#to : 0;
  }

  /** Before packing. */
  get bytes(): number {
    return this.#main.length + this.#levels.bytes;
  }

  /** The streams are views: nothing more is written then. */
  finish(): FinishedBlock {
    const { fromWallMs, toWallMs, frames } = this;
    const streams = [this.#main.bytes, ...this.#levels.sinks.map(({ bytes }) => bytes)];
    const version = this.#holds ? journalVersions.held : journalVersions.plain;
    return { version, streams, fromWallMs, toWallMs, frames };
  }

  #seeWall(ptsUs: number, wallMs: number): void {
    const due = this.#wallMsAt(ptsUs);
    if (Math.abs(wallMs - due) <= driftMs) return this.#span(due);
    const wallUs = Math.max(0, Math.round(1_000 * wallMs));
    this.#anchor = { ptsUs, wallUs };
    this.#main.byte(tags.wall);
    this.#main.signed(ptsUs - this.#ptsUs);
    this.#main.whole(wallUs);
    this.#span(wallUs / 1_000);
  }

  /** NaN before the first frame. */
  #wallMsAt(ptsUs: number): number {
    const anchor = this.#anchor;
    return anchor === null ? Number.NaN : (anchor.wallUs + ptsUs - anchor.ptsUs) / 1_000;
  }

  #seen(ptsUs: number): void {
    if (this.#anchor !== null) this.#span(this.#wallMsAt(ptsUs));
  }

  #span(wallMs: number): void {
    this.#from = Math.min(this.#from, wallMs);
    this.#to = Math.max(this.#to, wallMs);
  }
}
