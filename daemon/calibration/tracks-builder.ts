/**
 * Tracks builder: journal in, tracks out; bounded.
 *
 * A frame is kept when anything stirs in it, when somebody is held (an event goes on with it), or when an event could end with it (due.ts): an event
 * machine that is given the kept frames says exactly what it would say of all. When they would take more
 * than `maxBytes`, the oldest go and the span begins later (`cut`).
 */
import type {
  JournalFrame,
  JournalGap,
  JournalSession,
  JournalSpan,
  JournalVisitor,
} from "../sight/journal/records.ts";
import type { EventTiming } from "../sight/machine.ts";
import type { PirSays } from "../sight/fusion.ts";
import { everywhere, type Light } from "../sight/rules.ts";
import type { ViewGeometry } from "../../hal/view.ts";
import { settingsInView } from "../sight/in-view.ts";
import { noPir, pirSaysAt, pirStep, type PirState } from "../sight/pir-track.ts";
import { usualPirWindowMs, zonesOn } from "../sight/zones.ts";
import { Due } from "./due.ts";
import { byteOf, nowhere, PlaceFinder } from "./place.ts";
import { chunkFrames, whenOf, type Area, type Chunk, type Happening, type Tracks } from "./tracks.ts";

export interface TracksOptions {
  /** As drawn, in fractions of the sensor's picture; none = everywhere. */
  readonly areas: readonly Area[];
  readonly span: JournalSpan;
  readonly timing: EventTiming;
  /** How long the PIR counts after it fell; absent = as usual. */
  readonly pirWindowMs?: number | undefined;
  /** What the kept frames may take. */
  readonly maxBytes?: number;
}

/** A busy week of a door with four zones takes about half of it. */
const defaultMaxBytes = 100_000_000;
const bytesPerFrame = 18;
/** Frames further apart than this are not one watch. */
const longestPauseMs = 10_000;
const mostWallOffset = 2 ** 31 - 1;
const mostPtsOffset = 2 ** 32 - 1;

export class TracksBuilder implements JournalVisitor {
  readonly #options: TracksOptions;
  readonly #names: readonly string[];
  readonly #due: Due;
  readonly #maxBytes: number;
  readonly #frameBytes: number;
  #bytes = 0;
  #chunks: Chunk[] = [];
  #happenings: Happening[] = [];
  #dropped = 0;
  #lightChanges: { wallMs: number; light: Light }[] = [];
  #covered: { fromWallMs: number; toWallMs: number }[] = [];
  readonly #gaps: JournalGap[] = [];
  #cells: readonly Uint16Array[] = [];
  #places = new PlaceFinder({ cols: 1, rows: 1 });
  #light: Light | null = null;
  #pir = noPir;
  #pirSays: PirSays = "unknown";
  readonly #windowUs: number;
  #view: ViewGeometry | null = null;

  constructor(options: TracksOptions) {
    this.#options = options;
    this.#names = options.areas.length === 0 ? [everywhere] : options.areas.map(({ name }) => name);
    this.#due = new Due(options.timing);
    this.#windowUs = 1_000 * (options.pirWindowMs ?? usualPirWindowMs);
    this.#frameBytes = bytesPerFrame + this.#names.length;
    this.#maxBytes = Math.max(options.maxBytes ?? defaultMaxBytes, 2 * chunkFrames * this.#frameBytes);
  }

  session({ grid, view, wallMs, pir = noPir }: JournalSession): void {
    this.#pir = pir;
    this.#pirSays = "unknown";
    const patches = { patchCols: 0, patchRows: 0 };
    const drawn = settingsInView({ sensitivity: 50, zones: this.#options.areas }, view);
    this.#cells = zonesOn({ ...grid, ...patches }, drawn).map(({ cells }) => cells);
    this.#places = new PlaceFinder(grid);
    const { width, height } = grid;
    this.#view = view ?? {
      sensor: { width, height },
      box: [0, 0, width, height],
      rotate: 0,
      size: { width, height },
    };
    this.#due.reset();
    this.#happenings.push({ type: "session", at: this.#next() });
    this.#covered.push({ fromWallMs: wallMs, toWallMs: wallMs });
  }

  frame(frame: JournalFrame): void {
    this.#cover(frame.wallMs);
    if (frame.light !== this.#light) {
      this.#light = frame.light;
      this.#lightChanges.push({ wallMs: frame.wallMs, light: frame.light });
    }
    const due = this.#due.passes(frame.ptsUs);
    // as the eye does: what the PIR says is asked for with each frame that is looked at
    if (frame.analysed || frame.changed) this.#pirSays = pirSaysAt(this.#pir, frame.ptsUs, this.#windowUs);
    if (!frame.quiet || frame.held || this.#pirSays === "moved") {
      this.#due.stir(frame.ptsUs);
      this.#stir(frame);
    } else if (due) this.#add(frame);
  }

  press(ptsUs: number): void {
    this.#due.stir(ptsUs);
    this.#happenings.push({ type: "press", at: this.#next(), ptsUs });
  }

  pir(state: PirState, atUs: number): void {
    this.#pir = pirStep(this.#pir, state, atUs);
  }

  wake(ptsUs: number, wallMs: number): void {
    this.#due.stir(ptsUs);
    this.#happenings.push({ type: "wake", at: this.#next(), ptsUs, wallMs });
  }

  end(ptsUs: number, reason: "camera-lost" | "stopped"): void {
    this.#due.reset();
    this.#happenings.push({ type: "end", at: this.#next(), ptsUs, reason });
  }

  gap(gap: JournalGap): void {
    this.#gaps.push(gap);
  }

  done(): Tracks {
    const { span, timing } = this.#options;
    const [first] = this.#chunks;
    const cut = this.#dropped > 0 && first !== undefined;
    const fromWallMs = cut ? Math.max(span.fromWallMs, first.startWallMs) : span.fromWallMs;
    return {
      span: { fromWallMs, toWallMs: Math.max(fromWallMs, span.toWallMs) },
      cut,
      areas: this.#names,
      timing,
      chunks: this.#chunks,
      happenings: this.#happenings.flatMap((each) => {
        const at = each.at - this.#dropped * chunkFrames;
        return at < 0 ? [] : [{ ...each, at }];
      }),
      lightChanges: this.#lightChanges,
      covered: this.#covered,
      gaps: this.#gaps,
      view: this.#view,
    };
  }

  #stir(frame: JournalFrame): void {
    const { levels } = frame;
    const chunk = this.#add(frame);
    const i = chunk.count - 1;
    let [best, seed, stirring] = [0, 0, 0];
    for (let k = 0; k < levels.length; k += 1) {
      const level = levels[k] ?? 0;
      if (level === 0) continue;
      stirring += 1;
      if (level > best) [best, seed] = [level, k];
    }
    let inAreas = 0;
    this.#cells.forEach((cells, area) => {
      let most = 0;
      for (const k of cells) {
        const level = levels[k] ?? 0;
        if (level > most) most = level;
        if (level > inAreas) [inAreas, seed] = [level, k];
      }
      chunk.levels[i * this.#names.length + area] = most;
    });
    const place = best === 0 ? nowhere : this.#places.around(levels, seed);
    chunk.best[i] = best;
    chunk.most[i] = inAreas;
    chunk.x[i] = place.x;
    chunk.y[i] = place.y;
    chunk.width[i] = place.width;
    chunk.height[i] = place.height;
    chunk.share[i] = byteOf(stirring / levels.length);
  }

  /** Position of the next frame, counted with those that were dropped. */
  #next(): number {
    const last = this.#chunks.at(-1);
    if (last === undefined) return this.#dropped * chunkFrames;
    return (this.#dropped + this.#chunks.length - 1) * chunkFrames + last.count;
  }

  #add({ ptsUs, wallMs, light, minute, held }: JournalFrame): Chunk {
    const chunk = this.#chunkFor(ptsUs, Math.round(wallMs));
    const i = chunk.count;
    chunk.count += 1;
    chunk.ptsUs[i] = ptsUs - chunk.startPtsUs;
    chunk.wallMs[i] = Math.round(wallMs) - chunk.startWallMs;
    if (i > 0 && (chunk.wallMs[i] ?? 0) < (chunk.wallMs[i - 1] ?? 0)) chunk.sorted = false;
    chunk.when[i] = whenOf(light, minute, this.#pirSays);
    chunk.held[i] = held ? 1 : 0;
    return chunk;
  }

  #chunkFor(ptsUs: number, wallMs: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && last.count < chunkFrames) {
      const [ptsOffset, wallOffset] = [ptsUs - last.startPtsUs, wallMs - last.startWallMs];
      const fits = ptsOffset >= 0 && ptsOffset <= mostPtsOffset && Math.abs(wallOffset) <= mostWallOffset;
      if (fits) return last;
      // sessions may be many and short
      this.#chunks[this.#chunks.length - 1] = trimmed(last, this.#names.length);
      this.#bytes -= (chunkFrames - last.count) * this.#frameBytes;
    }
    const chunk = emptyChunk({ ptsUs, wallMs }, this.#names.length);
    this.#chunks.push(chunk);
    this.#bytes += chunkFrames * this.#frameBytes;
    while (this.#bytes > this.#maxBytes) {
      this.#bytes -= (this.#chunks.shift()?.ptsUs.length ?? 0) * this.#frameBytes;
      this.#dropped += 1;
    }
    return chunk;
  }

  #cover(wallMs: number): void {
    const last = this.#covered.at(-1);
    const goesOn = last !== undefined && wallMs >= last.toWallMs && wallMs - last.toWallMs <= longestPauseMs;
    if (goesOn) last.toWallMs = wallMs;
    else this.#covered.push({ fromWallMs: wallMs, toWallMs: wallMs });
  }
}

function emptyChunk(start: { ptsUs: number; wallMs: number }, areas: number): Chunk {
  const bytes = (): Uint8Array => new Uint8Array(chunkFrames);
  return {
    count: 0,
    startPtsUs: start.ptsUs,
    startWallMs: start.wallMs,
    ptsUs: new Uint32Array(chunkFrames),
    wallMs: new Int32Array(chunkFrames),
    sorted: true,
    when: new Uint16Array(chunkFrames),
    held: bytes(),
    best: bytes(),
    most: bytes(),
    levels: new Uint8Array(chunkFrames * areas),
    x: bytes(),
    y: bytes(),
    width: bytes(),
    height: bytes(),
    share: bytes(),
  };
}

function trimmed(chunk: Chunk, areas: number): Chunk {
  const { count } = chunk;
  return {
    ...chunk,
    ptsUs: chunk.ptsUs.slice(0, count),
    wallMs: chunk.wallMs.slice(0, count),
    when: chunk.when.slice(0, count),
    held: chunk.held.slice(0, count),
    best: chunk.best.slice(0, count),
    most: chunk.most.slice(0, count),
    levels: chunk.levels.slice(0, count * areas),
    x: chunk.x.slice(0, count),
    y: chunk.y.slice(0, count),
    width: chunk.width.slice(0, count),
    height: chunk.height.slice(0, count),
    share: chunk.share.slice(0, count),
  };
}
