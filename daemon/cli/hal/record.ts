/**
 * Record: what lines do, into a trace file, until told to stop.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import {
  traceVersion,
  type Moment,
  type TraceEnd,
  type TraceHeader,
  type TraceLine,
} from "../../../hal/trace/format.ts";
import { Recorder } from "../../../hal/trace/recorder.ts";
import { TraceWriter } from "../../../hal/trace/writer.ts";
import { version } from "../../keeper/version.ts";
import type { Feeling, Felt, FeltLine } from "./felt.ts";
import { feelLines } from "./feel.ts";
import { newTraceFile } from "./file.ts";
import type { Interrupt } from "./interrupt.ts";
import { machineKind, machineValues } from "./machine.ts";

export interface RecordOptions {
  readonly settings: Settings;
  readonly file: string;
  readonly names: string | null;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly until: Interrupt;
  readonly onStarted: (feeling: Feeling) => void;
}

export interface Recorded {
  readonly reason: TraceEnd["reason"];
  readonly bytes: number;
  readonly lengthMs: number;
  readonly counts: TraceWriter["counts"];
}

const valuesEveryMs = 1_000;
/** After the last edge a debounce may still be under way. */
const settleMs = 100;

export async function recordTrace(options: RecordOptions): Promise<Recorded> {
  const { settings, names, clock, until, maxBytes, onStarted } = options;
  // what comes before the header is known waits for it
  const early: Moment[] = [];
  let write = (moment: Moment): void => void early.push(moment);
  const raw = new Set<string>();
  const recorder = new Recorder({
    clock,
    nowNs: () => process.hrtime.bigint(),
    emit: (moment) => write(moment),
  });
  const tell = (felt: Felt): void => recordFelt(recorder, felt, raw, (moment) => write(moment));
  await using feeling = await feelLines({ settings, names, camera: names === null, clock, tell });
  for (const line of feeling.lines) if (line.raw) raw.add(line.line);

  const disk: { fault: Fault | null } = { fault: null };
  const full = Promise.withResolvers<"full">();
  const file = newTraceFile(options.file, clock, (fault) => {
    disk.fault = fault;
    until.stop();
  });
  const record = async (): Promise<Recorded> => {
    const writer = new TraceWriter(headerOf(feeling, recorder.zeroNs), {
      append: (bytes) => file.append(bytes),
      maxBytes,
    });
    write = (moment) => {
      if (!writer.write(moment)) full.resolve("full");
    };
    for (const moment of early.splice(0)) write(moment);
    onStarted(feeling);
    const stops = [recorder.followWall(), followValues(clock, recorder, write)];
    const gone = feeling.over.then(() => "house-gone" as const);
    const reason = await Promise.race([until.stopped, full.promise, gone]);
    await new Promise<void>((resolve) => void clock.after(settleMs, resolve));
    for (const stop of stops) stop();
    const atNs = recorder.atNs();
    writer.end({ atNs, reason });
    return { reason, bytes: writer.bytes, lengthMs: atNs / 1e6, counts: writer.counts };
  };
  const recorded = await record().finally(() => file.close());
  if (disk.fault !== null) throw disk.fault;
  return recorded;
}

function headerOf({ lines, by }: Feeling, zeroNs: bigint): TraceHeader {
  const named = lines.map(traceLine);
  return {
    type: "trace",
    version: traceVersion,
    sill: version,
    ...machineKind(),
    by,
    zeroNs: String(zeroNs),
    lines: named,
  };
}

function traceLine({ name: _name, holder: _holder, ...line }: FeltLine): TraceLine {
  return line;
}

function recordFelt(
  recorder: Recorder,
  felt: Felt,
  raw: ReadonlySet<string>,
  write: (moment: Moment) => void,
): void {
  switch (felt.type) {
    case "edge":
      return recorder.edge(felt.line, felt.edge);
    case "outcome":
      return recorder.outcome(felt.line, felt.edge, raw.has(felt.line));
    case "missed":
      return recorder.missed(felt.line, felt.count);
    case "lost":
      return recorder.lost(felt.line, felt.fault.kind);
    case "opened":
      return recorder.opened(felt.line, felt.active);
    case "output":
      return recorder.output(felt.line, felt.active, felt.light);
    case "camera":
    case "frame": {
      const { ns, ...rest } = felt;
      return write({ ...rest, atNs: Math.max(0, Number(ns - recorder.zeroNs)) });
    }
    case "left":
      return write({ type: "left", atNs: recorder.atNs(), count: felt.count });
  }
}

/** Now, and whenever one has changed; returns its end. */
function followValues(clock: Clock, recorder: Recorder, write: (moment: Moment) => void): () => void {
  const last = new Map<string, number>();
  const look = (): void => {
    for (const each of machineValues()) {
      if (last.get(each.sensor) === each.value) continue;
      last.set(each.sensor, each.value);
      write({ type: "value", atNs: recorder.atNs(), ...each });
    }
  };
  look();
  return clock.every(valuesEveryMs, look);
}
