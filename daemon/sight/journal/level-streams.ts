/**
 * Level streams: the levels of one picture as what changed since the picture before.
 *
 * A cell that had a level says what became of it (the same, gone, or the difference); which stream says
 * so depends on whether it, the cell to its left and the one above changed just now, because a restless
 * neighbourhood stays restless: each stream then has few values and packs well (block.ts). A cell
 * that wakes up says how far it is from the last one that did, and its level beside its neighbours'.
 * Only visible cells are ever looked at. Both directions keep the same state and meet the same cells.
 */
import { Fault } from "../../../hal/fault.ts";
import { mostLevel } from "../levels.ts";
import { ByteSink, ByteSource } from "./bytes.ts";

/** How often cells woke, where, what they woke to alone and beside others, then what became of active ones. */
const streamCount = 12;
const wakeCounts = 0;
const wakeGaps = 1;
const wokeAlone = 2;
const wokeBeside = 3;
const active = 4;

/** Higher than any cell. */
const nobody = 65_535;

const same = 0;
const gone = 255;

interface State {
  readonly cols: number;
  /** Indices of the cells that may be seen, ascending. */
  readonly visible: Uint16Array;
  readonly levels: Uint8Array;
  /** 1 = changed with the latest picture that had any change. */
  readonly restless: Uint8Array;
}

function emptyState({ cols, cells, visible }: LevelPlan): State {
  return { cols, visible, levels: new Uint8Array(cells), restless: new Uint8Array(cells) };
}

export interface LevelPlan {
  readonly cols: number;
  readonly cells: number;
  readonly visible: Uint16Array;
}

/** Which stream tells of an active cell; `k` has not been dealt with yet, what is left of it and above has. */
function streamOf({ restless, cols }: State, k: number): number {
  return active + 4 * (restless[k] ?? 0) + 2 * (restless[k - 1] ?? 0) + (restless[k - cols] ?? 0);
}

/** The larger of the levels to the left and above, which have been dealt with. */
function besideOf({ levels, cols }: State, k: number): number {
  return Math.max(levels[k - 1] ?? 0, levels[k - cols] ?? 0);
}

function fold(difference: number): number {
  return difference < 0 ? -2 * difference - 1 : 2 * difference;
}

function unfold(folded: number): number {
  return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
}

export class LevelWriter {
  readonly #state: State;
  readonly sinks: readonly ByteSink[] = Array.from({ length: streamCount }, () => new ByteSink());

  constructor(plan: LevelPlan) {
    this.#state = emptyState(plan);
  }

  get bytes(): number {
    return this.sinks.reduce((sum, { length }) => sum + length, 0);
  }

  differs(levels: Uint8Array): boolean {
    return Buffer.compare(this.#state.levels, levels) !== 0;
  }

  write(levels: Uint8Array): void {
    const state = this.#state;
    const { levels: before, restless, visible } = state;
    let [woken, last] = [0, -1];
    for (const k of visible) {
      const was = before[k] ?? 0;
      const now = Math.min(mostLevel, levels[k] ?? 0);
      if (was > 0) this.#sink(streamOf(state, k)).byte(codeOf(was, now));
      else if (now > 0) {
        const beside = besideOf(state, k);
        this.#sink(wakeGaps).whole(k - last - 1);
        if (beside === 0) this.#sink(wokeAlone).byte(now);
        else this.#sink(wokeBeside).byte(fold(now - beside));
        last = k;
        woken += 1;
      }
      restless[k] = was === now ? 0 : 1;
      before[k] = now;
    }
    this.#sink(wakeCounts).whole(woken);
  }

  #sink(stream: number): ByteSink {
    const sink = this.sinks[stream];
    if (sink === undefined) throw new Fault("bug", `no level stream ${stream}`);
    return sink;
  }
}

function codeOf(was: number, now: number): number {
  return now === was ? same : now === 0 ? gone : fold(now - was);
}

/** Throws Fault `corrupt` for streams that no writer made. */
export class LevelReader {
  readonly #state: State;
  readonly #streams: readonly ByteSource[];
  readonly #isVisible: Uint8Array;
  /** Cells that have a level or have just lost it, ascending: the only ones a stream tells of but for who wakes. */
  #alive: Uint16Array;
  #spare: Uint16Array;
  #aliveCount = 0;
  /** Cells with a level. */
  activeCells = 0;

  constructor(plan: LevelPlan, streams: readonly Uint8Array[]) {
    if (streams.length !== streamCount) throw new Fault("corrupt", "a journal block lacks streams of levels");
    this.#state = emptyState(plan);
    this.#streams = streams.map((bytes) => new ByteSource(bytes));
    this.#isVisible = new Uint8Array(plan.cells);
    for (const k of plan.visible) this.#isVisible[k] = 1;
    [this.#alive, this.#spare] = [new Uint16Array(plan.cells), new Uint16Array(plan.cells)];
  }

  /** Lent; changes with the next `read`. */
  get levels(): Uint8Array {
    return this.#state.levels;
  }

  /** Nothing is left to read. */
  get done(): boolean {
    return this.#streams.every((stream) => stream.done);
  }

  read(): void {
    const state = this.#state;
    const { levels, restless } = state;
    const [alive, next, count] = [this.#alive, this.#spare, this.#aliveCount];
    let toWake = this.#stream(wakeCounts).whole();
    let waking = this.#nextWaking(-1, toWake);
    let [kept, active] = [0, 0];
    for (let i = 0; i < count || waking < nobody;) {
      const own = i < count ? (alive[i] ?? nobody) : nobody;
      const k = own < waking ? own : waking;
      if (own === k) i += 1;
      const was = levels[k] ?? 0;
      let now = was;
      if (was > 0) now = levelOf(was, this.#stream(streamOf(state, k)).byte());
      if (k === waking) {
        now = was > 0 ? Number.NaN : this.#wake(besideOf(state, k));
        toWake -= 1;
        waking = this.#nextWaking(k, toWake);
      }
      if (!(now >= 0 && now <= mostLevel)) throw new Fault("corrupt", `a journal block has a level ${now}`);
      restless[k] = was === now ? 0 : 1;
      levels[k] = now;
      if (now > 0) active += 1;
      if (now > 0 || was > 0) {
        next[kept] = k;
        kept += 1;
      }
    }
    [this.#alive, this.#spare, this.#aliveCount] = [next, alive, kept];
    this.activeCells = active;
  }

  /** Behind the last one there is nobody. */
  #nextWaking(last: number, toWake: number): number {
    if (toWake === 0) return nobody;
    const k = last + 1 + this.#stream(wakeGaps).whole();
    if (this.#isVisible[k] !== 1)
      throw new Fault("corrupt", "a journal block has levels of cells that are masked");
    return k;
  }

  #wake(beside: number): number {
    if (beside === 0) return this.#stream(wokeAlone).byte();
    return beside + unfold(this.#stream(wokeBeside).byte());
  }

  #stream(index: number): ByteSource {
    const stream = this.#streams[index];
    if (stream === undefined) throw new Fault("bug", `no level stream ${index}`);
    return stream;
  }
}

function levelOf(was: number, code: number): number {
  return code === same ? was : code === gone ? 0 : was + unfold(code);
}
