/**
 * Events: what the doorbell would have told under other sensitivities and rules.
 *
 * The eye's own event machine over the kept frames, so the answer is the same as live to the millisecond.
 * It is only asked where it can change its mind: in between, movement that goes on is gathered and told
 * as one frame (same end, best score, zones in the order in which they fired), and what is neither
 * movement nor late enough to close anything is passed over. That makes a week take milliseconds.
 */
import { mostLevel, neverLevel, scoreOf } from "../sight/levels.ts";
import {
  initialMachine,
  step,
  type MachineInput,
  type MachineState,
  type MotionState,
} from "../sight/machine.ts";
import type { MotionSettings } from "../sight/zones.ts";
import { askedBy, type Asked } from "./asked.ts";
import {
  chunkFrames,
  momentOf,
  ptsUsAt,
  wallMsAt,
  type Chunk,
  type Happening,
  type Tracks,
} from "./tracks.ts";

export interface TrackEvent {
  readonly startWallMs: number;
  readonly endWallMs: number;
  readonly score: number;
  readonly zones: readonly string[];
  /** Places of its first and last movement in the tracks. */
  readonly first: number;
  readonly last: number;
}

/** Oldest first; those that share time with the tracks' span. `settings.zones` are the tracks' areas. */
export function eventsOf(tracks: Tracks, settings: MotionSettings): TrackEvent[] {
  const { fromWallMs, toWallMs } = tracks.span;
  return new EventRun(tracks, askedBy(settings))
    .all()
    .filter((event) => event.endWallMs >= fromWallMs && event.startWallMs <= toWallMs)
    .toSorted((a, b) => a.startWallMs - b.startWallMs); // a clock that was set back
}

/** `scoreOf(level, asked)` at level * (neverLevel + 1) + asked. */
const scores = Uint16Array.from({ length: (mostLevel + 1) * (neverLevel + 1) }, (_, k) => {
  const asked = k % (neverLevel + 1);
  return scoreOf(Math.floor(k / (neverLevel + 1)), asked);
});

class EventRun {
  readonly #tracks: Tracks;
  readonly #asked: Asked;
  /** The least that any area asks for at any time. */
  readonly #least: number;
  readonly #events: TrackEvent[] = [];
  #state: MachineState = initialMachine;
  /** Of the event that is open: its first and last frame. */
  #first = { at: 0, wallMs: 0 };
  #lastAt = 0;
  /** Movement since the machine was asked last; null = none. */
  #gathered: { ptsUs: number; score: number; zones: string[] } | null = null;
  /** Bits of zones that the open event has. */
  #known = 0;

  constructor(tracks: Tracks, asked: Asked) {
    this.#tracks = tracks;
    this.#asked = asked;
    this.#least = asked.reduce((least, table) => table.reduce((a, b) => Math.min(a, b), least), neverLevel);
  }

  all(): TrackEvent[] {
    const { chunks, happenings } = this.#tracks;
    let next = 0;
    const happen = (until: number): number => {
      for (let each = happenings[next]; each !== undefined && each.at <= until; each = happenings[next]) {
        this.#happen(each);
        next += 1;
      }
      return happenings[next]?.at ?? Infinity;
    };
    chunks.forEach((chunk, c) => {
      let i = 0;
      while (i < chunk.count) {
        const until = happen(c * chunkFrames + i) - c * chunkFrames;
        const end = Math.min(chunk.count, until);
        this.#frames(chunk, [i, end], c * chunkFrames);
        i = end;
      }
    });
    happen(Infinity);
    this.#interrupt();
    return this.#events;
  }

  #frames(chunk: Chunk, [from, to]: readonly [number, number], base: number): void {
    const { most } = chunk;
    for (let i = from; i < to; i += 1) {
      const fired = (most[i] ?? 0) < this.#least ? 0 : this.#firedAt(chunk, i);
      if (fired !== 0) {
        this.#lastAt = base + i;
        this.#moved(chunk, i, fired);
      } else if (this.#goesOn(chunk, i)) {
        this.#lastAt = base + i;
        this.#moved(chunk, i, 0);
      } else if (this.#state.clip !== null) {
        const ptsUs = ptsUsAt(chunk, i);
        if (this.#mayClose(ptsUs)) this.#ask({ type: "frame", ptsUs, motion: false, score: 0, zones: [] });
      }
    }
  }

  /** Nothing that counts moves, and yet the event that is open is not over. */
  #goesOn({ held, when }: Chunk, index: number): boolean {
    const { motion } = this.#state;
    if (motion === null) return false;
    return held[index] === 1 || (motion.woke && momentOf(when[index] ?? 0).pir === "moved");
  }

  /** A bit for every area that fires. */
  #firedAt({ levels, when }: Chunk, index: number): number {
    const asked = this.#asked;
    const now = when[index] ?? 0;
    let fired = 0;
    for (let area = 0; area < asked.length; area += 1) {
      if ((levels[index * asked.length + area] ?? 0) >= (asked[area]?.[now] ?? 0)) fired |= 1 << area;
    }
    return fired;
  }

  #moved(chunk: Chunk, index: number, fired: number): void {
    const ptsUs = ptsUsAt(chunk, index);
    const score = this.#scoreAt(chunk, index);
    const { motion, clip } = this.#state;
    if (motion !== null && clip !== null && ptsUs - clip.startUs < this.#tracks.timing.maxClipUs) {
      this.#gathered ??= { ptsUs, score, zones: [] };
      this.#gathered.ptsUs = ptsUs;
      if (score > this.#gathered.score) this.#gathered.score = score;
      const fresh = fired & ~this.#known;
      if (fresh !== 0) this.#gathered.zones.push(...this.#names(fresh));
      this.#known |= fired;
      return;
    }
    this.#flush();
    if (motion === null) {
      this.#first = { at: this.#lastAt, wallMs: Math.round(wallMsAt(chunk, index)) };
      this.#known = fired;
    }
    this.#step({ type: "frame", ptsUs, motion: true, score, zones: this.#names(fired) });
  }

  #mayClose(ptsUs: number): boolean {
    const { motion, clip } = this.#state;
    if (clip === null) return false;
    const { postRollUs, maxClipUs } = this.#tracks.timing;
    const lastUs = this.#gathered?.ptsUs ?? (motion ?? { lastUs: clip.lastActivityUs }).lastUs;
    return ptsUs - clip.startUs >= maxClipUs || ptsUs - lastUs >= postRollUs;
  }

  #happen(happening: Happening): void {
    if (happening.type === "wake") this.#woke(happening);
    else if (happening.type === "press") this.#ask({ type: "press", ptsUs: happening.ptsUs, event: "ring" });
    else if (happening.type === "end")
      this.#ask({ type: "end", ptsUs: happening.ptsUs, reason: happening.reason });
    else this.#interrupt();
  }

  /** An event by itself; its first movement is the next frame. */
  #woke({ at, ptsUs, wallMs }: Extract<Happening, { type: "wake" }>): void {
    this.#flush();
    if (this.#state.motion === null) {
      this.#first = { at, wallMs: Math.round(wallMs) };
      this.#lastAt = at;
      this.#known = 0;
    }
    this.#step({ type: "wake", ptsUs });
  }

  /** The eye went away without a word, or nothing more is known. */
  #interrupt(): void {
    this.#flush();
    if (this.#state.motion !== null) this.#close(this.#state.motion);
    this.#state = initialMachine;
  }

  #ask(input: MachineInput): void {
    this.#flush();
    this.#step(input);
  }

  #flush(): void {
    const gathered = this.#gathered;
    if (gathered === null) return;
    this.#gathered = null;
    this.#step({ type: "frame", motion: true, ...gathered });
  }

  #step(input: MachineInput): void {
    const { state, actions } = step(this.#state, input, { timing: this.#tracks.timing, newId: () => "" });
    this.#state = state;
    for (const action of actions) if (action.type === "close-event") this.#close(action.motion);
  }

  #close({ startUs, lastUs, score, zones }: MotionState): void {
    const { at, wallMs } = this.#first;
    const endWallMs = Math.round(wallMs + (lastUs - startUs) / 1_000);
    this.#events.push({ startWallMs: wallMs, endWallMs, score, zones, first: at, last: this.#lastAt });
  }

  #scoreAt({ levels, when }: Chunk, index: number): number {
    const count = this.#asked.length;
    const now = when[index] ?? 0;
    let score = 0;
    for (let area = 0; area < count; area += 1) {
      const level = levels[index * count + area] ?? 0;
      const here = scores[level * (neverLevel + 1) + (this.#asked[area]?.[now] ?? 0)] ?? 0;
      if (here > score) score = here;
    }
    return score;
  }

  #names(bits: number): string[] {
    return this.#tracks.areas.filter((_, area) => ((bits >> area) & 1) === 1);
  }
}
