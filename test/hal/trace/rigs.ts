/**
 * Rigs: traces made in memory, and lines of a simulated kernel recorded as the command records them.
 */
import { openInput } from "../../../hal/gpio/input.ts";
import type { Moment, TraceHeader, TraceLine } from "../../../hal/trace/format.ts";
import { Recorder } from "../../../hal/trace/recorder.ts";
import { replayTrace, type Played, type ReplayOptions, type TraceReplay } from "../../../hal/trace/replay.ts";
import { TraceWriter } from "../../../hal/trace/writer.ts";
import { lineOn, openBench, pi5 } from "../gpio/rigs.ts";

export const buttonLine: TraceLine = {
  line: "button",
  role: "button",
  driver: "gpio",
  chip: "pinctrl-rp1",
  offset: 17,
  activeLow: false,
  debounceMs: 20,
  raw: true,
  active: false,
};
export const pirLine: TraceLine = { ...buttonLine, line: "pir", role: "pir", offset: 27, debounceMs: 50 };

export function headerOf(...lines: TraceLine[]): TraceHeader {
  return {
    type: "trace",
    version: 2,
    sill: "0.1.0",
    kernel: "6.6.31",
    machine: "Raspberry Pi 5 Model B Rev 1.0",
    by: "standalone",
    zeroNs: "5000000000",
    lines,
  };
}

/** The bytes of a whole trace. */
export function traceOf(
  moments: readonly Moment[],
  { lines = [buttonLine, pirLine], endNs = 10e9 }: { lines?: TraceLine[]; endNs?: number } = {},
): Buffer {
  const parts: Uint8Array[] = [];
  const writer = new TraceWriter(headerOf(...lines), { append: (bytes) => parts.push(bytes) });
  for (const moment of moments) writer.write(moment);
  writer.end({ atNs: endNs, reason: "asked" });
  return Buffer.concat(parts);
}

/** In pieces of so many bytes, as a disk or a pipe gives them. */
export async function* chunksOf(
  bytes: Uint8Array,
  size = 64 + bytes.length / 100,
): AsyncGenerator<Uint8Array> {
  const step = Math.round(size);
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

export interface Replayed extends TraceReplay {
  readonly played: readonly Played[];
}

export async function replayed(
  bytes: Uint8Array,
  options: Omit<ReplayOptions, "chunks"> = {},
): Promise<Replayed> {
  const played: Played[] = [];
  const result = await replayTrace({
    chunks: chunksOf(bytes),
    onPlayed: (one) => played.push(one),
    ...options,
  });
  return { ...result, played };
}

export interface Wiggle {
  readonly gapMs: number;
  readonly active: boolean;
}

/** A button on a simulated chip that wiggles like this, recorded; `presses` as its driver told them. */
export async function recordWiggles(
  wiggles: readonly Wiggle[],
  { debounceMs = 20 }: { debounceMs?: number } = {},
): Promise<{ readonly bytes: Buffer; readonly presses: readonly number[] }> {
  const bench = await openBench(pi5);
  const { clock, kernel } = bench;
  const parts: Uint8Array[] = [];
  const presses: number[] = [];
  const zeroMs = clock.monoMs();
  await using input = await openInput({ ...lineOn(bench, 17), debounceMs });
  const emit = (moment: Moment): void => void writer.write(moment);
  const recorder = new Recorder({ clock, nowNs: () => kernel.nowNs(), emit });
  const header = {
    ...headerOf({ ...buttonLine, debounceMs, active: input.active }),
    zeroNs: String(recorder.zeroNs),
  };
  const writer = new TraceWriter(header, { append: (bytes) => parts.push(bytes) });
  input.onBounce((edge) => recorder.edge("button", edge));
  input.onEdge((edge) => {
    if (!edge.active) return;
    presses.push(Math.round((edge.monoMs - zeroMs) * 1e6));
    recorder.outcome("button", edge, true);
  });
  for (const { gapMs, active } of wiggles) {
    await clock.advance(gapMs);
    await kernel.edge(17, active);
  }
  await clock.advance(2_000);
  writer.end({ atNs: recorder.atNs(), reason: "asked" });
  return { bytes: Buffer.concat(parts), presses };
}
