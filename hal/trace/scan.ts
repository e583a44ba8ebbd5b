/**
 * Scan: reads a trace of any version from its bytes, moment by moment, without holding it.
 *
 * A trace that was cut anywhere gives what is whole; how it ended is told. What is forgiven is half
 * a last line and a missing end, nothing else: bytes that changed, counts that do not agree, anything
 * after the end are a Fault `corrupt`; another kind of file or a newer version is `invalid`.
 */
import { createHash } from "node:crypto";
import type { z } from "zod";
import { Fault } from "../fault.ts";
import {
  endSchema,
  headerSchema,
  momentSchema,
  sealedEnd,
  traceVersion,
  type Moment,
  type TraceEnd,
  type TraceHeader,
} from "./format.ts";
import { fileLines, type FileLine } from "./lines.ts";
import { edgeSchema1, headerOf1, headerSchema1, momentOf1 } from "./version-1.ts";

export interface TraceVisitor {
  onHeader(header: TraceHeader): void;
  onMoment(moment: Moment): void;
}

export interface TraceEnding {
  readonly version: 1 | 2;
  /** complete = its closing record agrees; cut = there is none; open = version 1 knows none. */
  readonly state: "complete" | "cut" | "open";
  readonly reason: TraceEnd["reason"] | null;
  readonly moments: number;
  /** The latest time in it. */
  readonly lastNs: number;
  /** Bytes of half a last line that were left out. */
  readonly leftBytes: number;
  /** Version 1 only: after how long it starts again in a loop. */
  readonly durationMs: number | null;
}

export async function scanTrace(
  chunks: AsyncIterable<Uint8Array>,
  visitor: TraceVisitor,
): Promise<TraceEnding> {
  const lines = fileLines(chunks);
  const first = await lines.next();
  if (first.done === true) throw notTrace("the file is empty");
  const version = versionOf(first.value);
  if (version === 1) return scanVersion1(first.value, lines, visitor);
  return scanVersion2(first.value, lines, visitor);
}

function notTrace(why: string): Fault {
  return new Fault("invalid", `this is no trace: ${why}`, {
    hint: "sill hal record FILE makes one; docs/traces.md says what it looks like",
  });
}

function versionOf({ bytes, whole }: FileLine): 1 | 2 {
  const value = parseJson(bytes);
  if (!whole && value === undefined) {
    const begun = Buffer.from(bytes).toString("latin1").startsWith('{"type":"trace"');
    throw begun
      ? new Fault("corrupt", "line 1: the trace was cut off inside its header; nothing of it can be used")
      : notTrace("it does not begin with a header");
  }
  const header = value !== null && typeof value === "object" ? value : {};
  if (!("type" in header) || header.type !== "trace" || !("version" in header))
    throw notTrace("it does not begin with a header");
  const { version } = header;
  if (version === 1 || version === traceVersion) return version;
  if (typeof version === "number" && version > traceVersion)
    throw new Fault("invalid", `this trace has version ${version}; this Sill reads 1 and ${traceVersion}`, {
      hint: "update Sill, or ask for the trace to be recorded with this version",
    });
  throw notTrace(`its version is ${JSON.stringify(version)}`);
}

async function scanVersion1(
  first: FileLine,
  lines: AsyncIterable<FileLine>,
  visitor: TraceVisitor,
): Promise<TraceEnding> {
  const { durationMs = null } = parse(headerSchema1, first);
  visitor.onHeader(headerOf1());
  let moments = 0;
  let lastNs = 0;
  let leftBytes = 0;
  for await (const line of lines) {
    if (isHalf(line)) {
      leftBytes = line.bytes.length;
      break;
    }
    const moment = momentOf1(parse(edgeSchema1, line));
    if (moment.atNs < lastNs)
      throw new Fault("invalid", `line ${line.number}: atMs is earlier than on the line before`);
    lastNs = moment.atNs;
    moments += 1;
    visitor.onMoment(moment);
  }
  return { version: 1, state: "open", reason: null, moments, lastNs, leftBytes, durationMs };
}

async function scanVersion2(
  first: FileLine,
  lines: AsyncIterable<FileLine>,
  visitor: TraceVisitor,
): Promise<TraceEnding> {
  const header = parse(headerSchema, first);
  const known = new Set(header.lines.map(({ line }) => line));
  if (known.size < header.lines.length) throw new Fault("invalid", "line 1: two lines have one name");
  visitor.onHeader(header);
  const hash = createHash("sha256").update(first.bytes).update("\n");
  const counts = new Map<string, number>();
  let moments = 0;
  let lastNs = 0;
  let end: TraceEnd | null = null;
  let leftBytes = 0;
  for await (const line of lines) {
    if (end !== null) throw new Fault("corrupt", `line ${line.number}: something follows the trace's end`);
    if (isHalf(line)) {
      leftBytes = line.bytes.length;
      break;
    }
    const value = jsonOf(line);
    if (typeof value === "object" && value !== null && "type" in value && value.type === "end") {
      end = check(endSchema, value, line.number);
      checkEnd(end, counts, hash.update(sealedEnd(end)).digest("hex"));
      continue;
    }
    const moment = check(momentSchema, value, line.number);
    if ("line" in moment && !known.has(moment.line))
      throw new Fault("invalid", `line ${line.number}: the header does not name the line "${moment.line}"`);
    hash.update(line.bytes).update("\n");
    counts.set(moment.type, (counts.get(moment.type) ?? 0) + 1);
    moments += 1;
    lastNs = Math.max(lastNs, moment.atNs);
    visitor.onMoment(moment);
  }
  const state = end === null ? "cut" : "complete";
  lastNs = Math.max(lastNs, end?.atNs ?? 0);
  return { version: 2, state, reason: end?.reason ?? null, moments, lastNs, leftBytes, durationMs: null };
}

function checkEnd(end: TraceEnd, counts: ReadonlyMap<string, number>, sha256: string): void {
  for (const type of new Set([...counts.keys(), ...Object.keys(end.counts)])) {
    const [here, recorded] = [counts.get(type) ?? 0, end.counts[type as keyof TraceEnd["counts"]] ?? 0];
    if (here !== recorded)
      throw new Fault("corrupt", `the trace is damaged: ${recorded} ${type} were recorded, ${here} are here`);
  }
  if (end.sha256 !== sha256)
    throw new Fault("corrupt", "the trace was changed after it was recorded: its SHA-256 does not agree");
}

/** Only the last line of a file can be one. */
function isHalf({ bytes, whole }: FileLine): boolean {
  return !whole && parseJson(bytes) === undefined;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    return undefined;
  }
}

function jsonOf({ bytes, number }: FileLine): unknown {
  const value = parseJson(bytes);
  if (value === undefined) throw new Fault("corrupt", `line ${number}: not JSON`);
  return value;
}

function parse<T>(schema: z.ZodType<T>, line: FileLine): T {
  return check(schema, jsonOf(line), line.number);
}

function check<T>(schema: z.ZodType<T>, value: unknown, number: number): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message].join(" ").trim());
  throw new Fault("invalid", `line ${number}: ${problems.join("; ")}`);
}
