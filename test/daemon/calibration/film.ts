/**
 * Films for the calibration tests: what a motion journal says, as a list, and what the eye made of it live.
 */
import { localMinuteOf } from "../../../daemon/sight/local-time.ts";
import type { JournalSession, JournalVisitor } from "../../../daemon/sight/journal/records.ts";
import { initialMachine, step, type EventTiming, type MachineInput } from "../../../daemon/sight/machine.ts";
import type { Light } from "../../../daemon/sight/rules.ts";
import { verdictOf } from "../../../daemon/sight/verdict.ts";
import { zonesInForce, type MotionSettings } from "../../../daemon/sight/zones.ts";
import { TracksBuilder, type TracksOptions } from "../../../daemon/calibration/tracks-builder.ts";
import type { Tracks } from "../../../daemon/calibration/tracks.ts";

export interface FilmFrame {
  readonly type: "frame";
  readonly ptsUs: number;
  readonly wallMs: number;
  readonly light: Light;
  readonly levels: Uint8Array;
  /** A model saw somebody stand there; absent = it did not. */
  readonly held?: boolean;
}

export type FilmRecord =
  | FilmFrame
  | { readonly type: "session"; readonly wallMs: number }
  | { readonly type: "press"; readonly ptsUs: number; readonly wallMs: number }
  | { readonly type: "end"; readonly ptsUs: number; readonly reason: "camera-lost" | "stopped" };

export const grid = { width: 160, height: 90, cols: 16, rows: 9, patchCols: 48, patchRows: 27 };
export const cells = grid.cols * grid.rows;
export const timing: EventTiming = { postRollUs: 6_000_000, cooldownUs: 4_000_000, maxClipUs: 30_000_000 };
/** 2026-01-31 12:00 UTC. */
export const noon = 1_769_860_800_000;
export const allTime = { fromWallMs: 0, toWallMs: 4_000_000_000_000 };

/** Levels with a block of cells at a place in fractions of the picture. */
export function blob(
  level: number,
  at: readonly [number, number],
  size: readonly [number, number],
): Uint8Array {
  const levels = new Uint8Array(cells);
  for (let row = 0; row < grid.rows; row += 1) {
    for (let col = 0; col < grid.cols; col += 1) {
      const [x, y] = [(col + 0.5) / grid.cols, (row + 0.5) / grid.rows];
      if (Math.abs(x - at[0]) <= size[0] / 2 && Math.abs(y - at[1]) <= size[1] / 2)
        levels[row * grid.cols + col] = level;
    }
  }
  return levels;
}

export interface Scene {
  readonly seconds: number;
  /** Levels at a time; null = nothing stirs. */
  readonly levels: (second: number) => Uint8Array | null;
  readonly light?: (second: number) => Light;
  readonly held?: (second: number) => boolean;
  readonly startWallMs?: number;
}

/** One session at 10 frames a second. */
export function filmOf({
  seconds,
  levels,
  light = () => "bright",
  held = () => false,
  startWallMs = noon,
}: Scene): FilmRecord[] {
  const frames = Array.from({ length: seconds * 10 }, (_, i): FilmFrame => {
    const at = i / 10;
    return {
      type: "frame",
      ptsUs: i * 100_000,
      wallMs: startWallMs + i * 100,
      light: light(at),
      levels: levels(at) ?? new Uint8Array(cells),
      held: held(at),
    };
  });
  return [{ type: "session", wallMs: startWallMs }, ...frames];
}

export function show(film: readonly FilmRecord[], visitor: JournalVisitor): void {
  for (const record of film) {
    switch (record.type) {
      case "session": {
        const settings: MotionSettings = { sensitivity: 50, zones: [] };
        const session: JournalSession = { wallMs: record.wallMs, grid, fps: 10, settings };
        visitor.session?.(session);
        break;
      }
      case "frame":
        visitor.frame?.({
          ...record,
          minute: localMinuteOf(record.wallMs),
          quiet: record.levels.every((level) => level === 0),
          analysed: true,
          held: record.held ?? false,
          changed: true,
        });
        break;
      case "press":
        visitor.press?.(record.ptsUs, record.wallMs);
        break;
      case "end":
        visitor.end?.(record.ptsUs, record.reason);
    }
  }
}

export function tracksOf(film: readonly FilmRecord[], options: Partial<TracksOptions> = {}): Tracks {
  const builder = new TracksBuilder({ areas: [], span: allTime, timing, ...options });
  show(film, builder);
  return builder.done();
}

export interface LiveEvent {
  readonly startWallMs: number;
  readonly endWallMs: number;
  readonly score: number;
  readonly zones: readonly string[];
}

/** The eye's own way: every frame judged, every verdict told to the machine (daemon/eye/pipeline.ts). */
export function liveEvents(film: readonly FilmRecord[], settings: MotionSettings): LiveEvent[] {
  const events: LiveEvent[] = [];
  let state = initialMachine;
  let startWallMs = 0;
  const zonesAt = zonesInForce(grid, settings);
  const tell = (input: MachineInput, wallMs: number): void => {
    const next = step(state, input, { timing, newId: () => "id" });
    state = next.state;
    for (const action of next.actions) {
      if (action.type === "open-event") startWallMs = wallMs;
      if (action.type !== "close-event") continue;
      const { startUs, lastUs, score, zones } = action.motion;
      const endWallMs = Math.round(startWallMs + (lastUs - startUs) / 1_000);
      events.push({ startWallMs, endWallMs, score, zones });
    }
  };
  for (const record of film) {
    if (record.type === "session") {
      tell({ type: "end", ptsUs: 0, reason: "stopped" }, 0);
      state = initialMachine;
    } else if (record.type === "frame") {
      const { ptsUs, wallMs, light, levels, held } = record;
      const zones = zonesAt({ light, minute: localMinuteOf(wallMs) });
      tell({ type: "frame", ptsUs, ...verdictOf(levels, grid, zones), held }, wallMs);
    } else if (record.type === "press") tell({ ...record, event: "ring" }, record.wallMs);
    else tell(record, 0);
  }
  tell({ type: "end", ptsUs: 0, reason: "stopped" }, 0);
  return events.toSorted((a, b) => a.startWallMs - b.startWallMs);
}
