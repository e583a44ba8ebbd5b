/**
 * Watch model: what is known of every line that is watched, and its row. Pure but for the felt.
 */
import type { Felt } from "./felt.ts";

export interface WatchedLine {
  readonly line: string;
  readonly name: string;
  readonly active: boolean | null;
}

export interface Glyphs {
  readonly high: string;
  readonly low: string;
  /** It changed within this cell. */
  readonly moved: string;
  readonly unknown: string;
}

export const blocks: Glyphs = { high: "█", low: "▁", moved: "▓", unknown: "·" };
export const letters: Glyphs = { high: "#", low: "_", moved: "|", unknown: "." };

/** The strip shows this much; the rate is over it. */
export const stripMs = 10_000;
/** Edges of a line that are remembered for its strip; one gone wild shows its newest. */
const remembered = 1_024;

interface State extends WatchedLine {
  level: boolean | null;
  edges: number;
  presses: number;
  missed: number;
  note: string;
  readonly recent: { readonly atMs: number; readonly active: boolean }[];
  before: boolean | null;
}

export const watchHead = ["LINE", "LEVEL", "EDGES", "RATE", "LAST", "THE LAST 10 S"] as const;

export class WatchModel {
  readonly #lines = new Map<string, State>();

  add(line: WatchedLine, note = ""): void {
    const level = line.active;
    this.#lines.set(line.line, {
      ...line,
      level,
      edges: 0,
      presses: 0,
      missed: 0,
      note,
      recent: [],
      before: level,
    });
  }

  /** Something was felt; the Clock says `nowMs`. */
  take(felt: Felt, nowMs: number): void {
    if (!("line" in felt)) return;
    const state = this.#lines.get(felt.line);
    if (state === undefined) return;
    switch (felt.type) {
      case "edge":
        return this.#move(state, felt.edge.active, nowMs);
      case "output":
        return this.#move(state, felt.active, nowMs);
      case "outcome":
        state.presses += 1;
        if (state.edges === 0) this.#move(state, felt.edge.active, nowMs); // its edges are not told
        return;
      case "missed":
        state.missed += felt.count;
        return;
      case "lost":
        state.note = `lost: ${felt.fault.message}`;
        state.level = null;
        return;
      case "opened":
        state.note = "";
        state.level = felt.active;
    }
  }

  /** Cells of every line, the strip as wide as `cells`. */
  rows(nowMs: number, cells: number, glyphs: Glyphs): string[][] {
    return [...this.#lines.values()].map((state) => {
      const { line, level, edges, missed, note, recent } = state;
      if (note !== "") return [line, note];
      const last = recent.at(-1);
      const within = recent.filter(({ atMs }) => atMs > nowMs - stripMs).length;
      return [
        line,
        level === null ? "?" : level ? "active" : "inactive",
        missed === 0 ? String(edges) : `${edges}+${missed}`,
        `${(within / (stripMs / 1_000)).toFixed(1)}/s`,
        last === undefined ? "-" : agoText(nowMs - last.atMs),
        strip(state, nowMs, cells, glyphs),
      ];
    });
  }

  #move(state: State, active: boolean, nowMs: number): void {
    state.level = active;
    state.edges += 1;
    state.recent.push({ atMs: nowMs, active });
    while (state.recent.length > remembered || (state.recent[0]?.atMs ?? nowMs) < nowMs - 6 * stripMs)
      state.before = state.recent.shift()?.active ?? state.before;
  }
}

function agoText(ms: number): string {
  if (ms < 1_000) return "now";
  const seconds = Math.floor(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

function strip(state: State, nowMs: number, cells: number, glyphs: Glyphs): string {
  const cellMs = stripMs / Math.max(1, cells);
  const fromMs = nowMs - stripMs;
  let level = state.before;
  let next = 0;
  const { recent } = state;
  const skipTo = (endMs: number): boolean => {
    let moved = false;
    for (let edge = recent[next]; edge !== undefined && edge.atMs <= endMs; edge = recent[(next += 1)]) {
      level = edge.active;
      moved = true;
    }
    return moved;
  };
  skipTo(fromMs);
  let text = "";
  for (let cell = 1; cell <= cells; cell += 1) {
    const moved = skipTo(fromMs + cell * cellMs);
    text += moved ? glyphs.moved : level === null ? glyphs.unknown : level ? glyphs.high : glyphs.low;
  }
  return text;
}
