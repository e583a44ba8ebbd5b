/**
 * Replay: what a trace's edges and frames come to, and whether that is what was recorded.
 *
 * Reads no clock and opens no hardware, so a laptop gives what a doorbell gave: the same outcomes in
 * the same order, as lines whose SHA-256 two people can compare. With another debounce it says what
 * would have been pressed; then nothing is compared.
 */
import { createHash } from "node:crypto";
import { CameraFigures, type CameraReplay } from "./camera-figures.ts";
import { differences, type Difference } from "./compare.ts";
import type { Moment, MomentOf, TraceHeader, TraceLine } from "./format.ts";
import { LineJudge, type Outcome } from "./judge.ts";
import { scanTrace, type TraceEnding } from "./scan.ts";

/** What is played, one after the other. */
export type Played =
  | { readonly type: "press"; readonly atNs: number; readonly line: string }
  | { readonly type: "level"; readonly atNs: number; readonly line: string; readonly active: boolean }
  | (Omit<MomentOf<"frame">, "type"> & { readonly type: "frame" });

export interface LineReplay extends TraceLine {
  readonly edges: number;
  /** Presses of a button; changes to active and back of another line. */
  readonly outcomes: number;
  readonly recorded: number;
  readonly missed: number;
  readonly losses: number;
  readonly driven: number;
  /** Longest time from the first to the last edge of what became one outcome. */
  readonly longestBurstMs: number;
}

export interface TraceReplay extends TraceEnding {
  readonly header: TraceHeader;
  readonly lines: readonly LineReplay[];
  readonly camera: CameraReplay | null;
  /** Sealed pictures that were recorded; whether they lie beside it is not looked at. */
  readonly pictures: number;
  readonly wallSteps: number;
  /** Null: nothing was compared, because another debounce was asked for. */
  readonly differences: readonly Difference[] | null;
  /** Moments that the recorder had to leave out; from the first on nothing is compared. */
  readonly left: number;
  /** Of everything that was played, one JSON line each. */
  readonly playedSha256: string;
}

export interface ReplayOptions {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In place of what every line had. */
  readonly debounceMs?: number | undefined;
  readonly onHeader?: ((header: TraceHeader) => void) | undefined;
  readonly onPlayed?: ((played: Played) => void) | undefined;
}

interface Counts {
  edges: number;
  missed: number;
  losses: number;
  driven: number;
  longestBurstMs: number;
  readonly outcomes: Outcome[];
  readonly recorded: MomentOf<"outcome">[];
}

export async function replayTrace({
  chunks,
  debounceMs,
  onHeader: tellHeader,
  onPlayed,
}: ReplayOptions): Promise<TraceReplay> {
  let header: TraceHeader | null = null;
  const judges = new Map<string, LineJudge>();
  const counts = new Map<string, Counts>();
  const lines = new Map<string, TraceLine>();
  const camera = new CameraFigures();
  const hash = createHash("sha256");
  let [wallSteps, left, pictures, comparedNs] = [0, 0, 0, Infinity];

  const play = (played: Played): void => {
    hash.update(`${JSON.stringify(played)}\n`);
    onPlayed?.(played);
  };
  const tell = (outcome: Outcome): void => {
    const { line, active, atNs, certainNs } = outcome;
    const count = counts.get(line);
    const told = lines.get(line);
    if (count === undefined || told === undefined) return;
    count.outcomes.push(outcome);
    const burstMs = (certainNs - atNs) / 1e6 - (debounceMs ?? told.debounceMs);
    count.longestBurstMs = Math.max(count.longestBurstMs, Math.round(burstMs * 1e6) / 1e6);
    play(told.role === "button" ? { type: "press", atNs, line } : { type: "level", atNs, line, active });
  };
  const onHeader = (read: TraceHeader): void => {
    header = read;
    tellHeader?.(read);
    for (const line of read.lines) {
      lines.set(line.line, line);
      counts.set(line.line, newCounts());
      if (line.raw) judges.set(line.line, new LineJudge(line, debounceMs ?? line.debounceMs, tell));
    }
  };
  const onLine = (moment: Extract<Moment, { line: string }>): void => {
    const count = counts.get(moment.line);
    const judge = judges.get(moment.line);
    if (count === undefined) return;
    switch (moment.type) {
      case "edge":
        count.edges += 1;
        return judge?.edge(moment.atNs, moment.active);
      case "outcome": {
        count.recorded.push(moment);
        const { line, active, atNs } = moment;
        if (judge === undefined) tell({ line, active, atNs, certainNs: atNs });
        return;
      }
      case "missed":
        count.missed += moment.count;
        return;
      case "lost":
        count.losses += 1;
        return judge?.restart(moment.atNs, null);
      case "opened":
        return judge?.restart(moment.atNs, moment.active);
      case "output":
        count.driven += 1;
    }
  };
  const onMoment = (moment: Moment): void => {
    if ("line" in moment) return onLine(moment);
    camera.see(moment);
    if (moment.type === "frame") play(moment);
    if (moment.type === "wall") wallSteps += 1;
    if (moment.type === "picture") pictures += 1;
    if (moment.type !== "left") return;
    left += moment.count;
    comparedNs = Math.min(comparedNs, moment.atNs);
  };

  const ending = await scanTrace(chunks, { onHeader, onMoment });
  for (const judge of judges.values()) judge.passed(Infinity);
  const read = header as TraceHeader | null;
  const found = read?.lines ?? [];
  return {
    ...ending,
    header: read ?? {
      type: "trace",
      version: 2,
      sill: "",
      kernel: "",
      machine: "",
      by: "house",
      zeroNs: "0",
      lines: [],
    },
    lines: found.map((line) => lineReplay(line, counts.get(line.line) ?? newCounts())),
    camera: camera.figures,
    pictures,
    wallSteps,
    differences:
      debounceMs === undefined
        ? found.flatMap(({ line, raw }) =>
            raw ? compared(counts.get(line), Math.min(ending.lastNs, comparedNs)) : [],
          )
        : null,
    left,
    playedSha256: hash.digest("hex"),
  };
}

function newCounts(): Counts {
  return { edges: 0, missed: 0, losses: 0, driven: 0, longestBurstMs: 0, outcomes: [], recorded: [] };
}

function compared(count: Counts | undefined, untilNs: number): Difference[] {
  if (count === undefined) return [];
  const before = <T extends { readonly atNs: number }>(all: readonly T[]): T[] =>
    all.filter(({ atNs }) => atNs <= untilNs);
  return differences(before(count.recorded), before(count.outcomes), untilNs);
}

function lineReplay(line: TraceLine, { outcomes, recorded, ...counts }: Counts): LineReplay {
  return { ...line, ...counts, outcomes: outcomes.length, recorded: recorded.length };
}
