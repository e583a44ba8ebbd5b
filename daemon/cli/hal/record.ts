/**
 * Record: what lines do, into a trace file, until told to stop. Pictures, when asked for, come sealed and go into
 * a folder beside it.
 */
import { createHash } from "node:crypto";
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
import { version } from "../../wire/sill-version.ts";
import type { Feeling, Felt, FeltLine } from "./felt.ts";
import { feelLines } from "./feel.ts";
import { newTraceFile } from "./file.ts";
import type { Interrupt } from "./interrupt.ts";
import { newSealedFolder } from "./sealed-folder.ts";
import { machineKind, machineValues } from "./machine.ts";

export interface RecordOptions {
  readonly settings: Settings;
  readonly file: string;
  readonly names: string | null;
  readonly maxBytes: number;
  /** 0 = none; they need a running doorbell. */
  readonly picturesPerS: number;
  readonly clock: Clock;
  readonly until: Interrupt;
  readonly onStarted: (feeling: Feeling) => void;
}

export interface Recorded {
  readonly reason: TraceEnd["reason"];
  /** Of the trace, without its pictures. */
  readonly bytes: number;
  readonly pictureBytes: number;
  readonly lengthMs: number;
  readonly counts: TraceWriter["counts"];
}

type Written = readonly [moment: Moment, sealed?: Uint8Array];
type Write = (...written: Written) => void;
type FeltPicture = Extract<Felt, { type: "picture" }>;

const valuesEveryMs = 1_000;
/** After the last edge a debounce may still be under way. */
const settleMs = 100;

export async function recordTrace(options: RecordOptions): Promise<Recorded> {
  const { settings, names, clock, until, maxBytes, picturesPerS, onStarted } = options;
  // what comes before the header is known waits for it
  const early: Written[] = [];
  let write: Write = (...written) => void early.push(written);
  const raw = new Set<string>();
  const recorder = new Recorder({
    clock,
    nowNs: () => process.hrtime.bigint(),
    emit: (moment) => write(moment),
  });
  const pictures = { told: 0 };
  const tell = (felt: Felt): void => {
    if (felt.type !== "picture") return recordFelt(recorder, felt, raw, (moment) => write(moment));
    pictures.told += 1;
    write(pictureMoment(felt, pictures.told, recorder), felt.sealed);
  };
  const camera = names === null || picturesPerS > 0;
  await using feeling = await feelLines({ settings, names, camera, picturesPerS, clock, tell });
  for (const line of feeling.lines) if (line.raw) raw.add(line.line);

  const disk: { fault: Fault | null } = { fault: null };
  const full = Promise.withResolvers<"full">();
  const onFault = (fault: Fault): void => {
    disk.fault ??= fault;
    until.stop();
  };
  const beside = picturesPerS === 0 ? null : newSealedFolder(options.file, onFault);
  const file = newTraceFile(options.file, clock, onFault);
  const record = async (): Promise<Recorded> => {
    const writer = new TraceWriter(headerOf(feeling, recorder.zeroNs), {
      append: (bytes) => file.append(bytes),
      maxBytes,
    });
    write = (moment, sealed) => {
      if (!writer.write(moment, sealed?.length)) full.resolve("full");
      else if (sealed !== undefined && moment.type === "picture") beside?.add(moment.number, sealed);
    };
    for (const written of early.splice(0)) write(...written);
    onStarted(feeling);
    const stops = [recorder.followWall(), followValues(clock, recorder, write)];
    const gone = feeling.over.then(() => "house-gone" as const);
    const reason = await Promise.race([until.stopped, full.promise, gone]);
    await new Promise<void>((resolve) => void clock.after(settleMs, resolve));
    for (const stop of stops) stop();
    const atNs = recorder.atNs();
    writer.end({ atNs, reason });
    const { bytes, besideBytes: pictureBytes, counts } = writer;
    return { reason, bytes, pictureBytes, lengthMs: atNs / 1e6, counts };
  };
  const recorded = await record().finally(() => file.close());
  if (disk.fault !== null) throw disk.fault;
  return recorded;
}

function pictureMoment({ ns, sequence, sealed }: FeltPicture, number: number, recorder: Recorder): Moment {
  const atNs = Math.max(0, Number(ns - recorder.zeroNs));
  const sha256 = createHash("sha256").update(sealed).digest("hex");
  return { type: "picture", atNs, number, sequence, bytes: sealed.length, sha256 };
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
  felt: Exclude<Felt, FeltPicture>,
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
