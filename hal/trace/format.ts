/**
 * Trace format, version 2: what the hardware did, as JSON lines.
 *
 * A header, then records in the order in which they came in, then a closing record. Every `atNs` is
 * CLOCK_MONOTONIC in nanoseconds, counted from the header's `zeroNs`. docs/traces.md is the
 * reference for people. Unknown keys and types are errors: a newer format has a newer version.
 *
 * What is not in it, on purpose: wall time (only its steps), host and user names, serial numbers,
 * addresses, settings besides those of the lines, pictures: a record names a sealed file beside it (pictures.ts).
 */
import { z } from "zod";
import { faultKinds } from "../fault.ts";

export const traceVersion = 2;
/** No line is longer: a header with all its lines is a tenth of it. */
export const maxLineBytes = 256 * 1024;
/** 26 days: up to there nanoseconds survive being counted in milliseconds and back. */
export const maxAtNs = 2 ** 51;

const atNs = z.int().min(0).max(maxAtNs);
const count = z.int().min(0);
/** "button", "pir", or "pinctrl-rp1:17" for a line that is none of the doorbell's. */
const line = z.string().regex(/^[\w.:-]{1,48}$/u, "is no name of a line");

export const lineRoles = ["button", "pir", "chime", "light", "other"] as const;

const traceLine = z.strictObject({
  line,
  role: z.enum(lineRoles),
  driver: z.enum(["gpio", "sim", "replay"]),
  chip: z.string().max(32).optional(),
  offset: count.optional(),
  activeLow: z.boolean().optional(),
  debounceMs: z.number().min(0).max(10_000),
  /** Were edges recorded before debounce? If not, its outcomes are all there is. */
  raw: z.boolean(),
  /** Level when the recording began; null for outputs and where nobody knows. */
  active: z.boolean().nullable(),
});
export type TraceLine = z.output<typeof traceLine>;

export const headerSchema = z.strictObject({
  type: z.literal("trace"),
  version: z.literal(traceVersion),
  /** Version of Sill, of the kernel (numbers only), and what kind of machine it was. */
  sill: z.string().max(40),
  kernel: z.string().max(40),
  machine: z.string().max(80),
  /** house = beside a running doorbell; standalone = the recorder held the lines itself. */
  by: z.enum(["house", "standalone"]),
  zeroNs: z.string().regex(/^\d{1,20}$/u),
  lines: z.array(traceLine).max(64),
});
export type TraceHeader = z.output<typeof headerSchema>;

const size = { width: count.max(16_384), height: count.max(16_384) };

const moments = {
  /** `stamp: process` = no kernel stamped it. */
  edge: z.strictObject({
    type: z.literal("edge"),
    atNs,
    line,
    active: z.boolean(),
    stamp: z.literal("process").optional(),
  }),
  /** After debounce: a press (a button's to active) or a PIR edge, with the time of its first edge. */
  outcome: z.strictObject({ type: z.literal("outcome"), atNs, line, active: z.boolean() }),
  /** The kernel's queue overran: so many edges are not here. */
  missed: z.strictObject({ type: z.literal("missed"), atNs, line, count }),
  /** The line was lost (chip unplugged, descriptor broken), and opened again at this level. */
  lost: z.strictObject({ type: z.literal("lost"), atNs, line, fault: z.enum(faultKinds) }),
  opened: z.strictObject({ type: z.literal("opened"), atNs, line, active: z.boolean().nullable() }),
  /** What was done with a chime or light. */
  output: z.strictObject({
    type: z.literal("output"),
    atNs,
    line,
    active: z.boolean(),
    light: z.enum(["off", "idle", "recording", "live", "fault"]).optional(),
  }),
  value: z.strictObject({
    type: z.literal("value"),
    atNs,
    sensor: z.enum(["temperature", "under-voltage", "cpu-clock"]),
    value: z.number(),
    unit: z.enum(["celsius", "count", "mhz"]),
  }),
  /** A frame as it arrived. `dropped`: by the driver, since the camera was opened. */
  frame: z.strictObject({ type: z.literal("frame"), atNs, sequence: count, ptsUs: count, dropped: count }),
  /** A sealed picture of that frame lies beside the trace: its number there, its length and its hash. */
  picture: z.strictObject({
    type: z.literal("picture"),
    atNs,
    number: z.int().min(1).max(999_999),
    sequence: count,
    bytes: count,
    sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  }),
  camera: z.strictObject({
    type: z.literal("camera"),
    atNs,
    state: z.enum(["opening", "running", "stalled", "failed", "asleep"]),
    ...size,
    fps: z.number().min(0).max(1_000),
  }),
  /** The wall clock was set: it leapt by so much against the monotonic one. */
  wall: z.strictObject({ type: z.literal("wall"), atNs, stepMs: z.number() }),
  /** The recorder was too slow: so many records are missing here. */
  left: z.strictObject({ type: z.literal("left"), atNs, count }),
} as const;

export type MomentType = keyof typeof moments;
export const momentTypes = Object.keys(moments) as MomentType[];

export const momentSchema = z.discriminatedUnion("type", [
  moments.edge,
  moments.outcome,
  moments.missed,
  moments.lost,
  moments.opened,
  moments.output,
  moments.value,
  moments.frame,
  moments.picture,
  moments.camera,
  moments.wall,
  moments.left,
]);
/** One record between header and end. */
export type Moment = z.output<typeof momentSchema>;
export type MomentOf<T extends MomentType> = Extract<Moment, { type: T }>;

export const endSchema = z.strictObject({
  type: z.literal("end"),
  atNs,
  /** asked = Ctrl-C; time = --for; full = the limit of bytes; house-gone, lines-lost = nothing left to record. */
  reason: z.enum(["asked", "time", "full", "house-gone", "lines-lost"]),
  counts: z.partialRecord(z.enum(momentTypes), count),
  /** Of every byte before this line, then of `sealedEnd`. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type TraceEnd = z.output<typeof endSchema>;

/** What of the closing record its own SHA-256 is over; the counts are checked by counting. */
export function sealedEnd({ atNs, reason }: Pick<TraceEnd, "atNs" | "reason">): string {
  return JSON.stringify([atNs, reason]);
}
