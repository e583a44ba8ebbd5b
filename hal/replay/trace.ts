/**
 * Trace beside a video: the presses and PIR edges that belong to it.
 *
 * `<video>.trace.jsonl`, of version 1 (below) or 2 (hal/trace), whose edges are debounced as the line
 * was when it was recorded. A trace of version 2 also stands alone, without a video.
 *
 *   {"type":"trace","version":1,"durationMs":60000}
 *   {"atMs":1500,"line":"button","active":true}
 *
 * `atMs` counts from the video's first frame. `durationMs` is optional: after how long the trace
 * starts again where a video is looped. Unknown keys are errors. A recorder that was cut off
 * leaves half a last line: it is left out and counted, nothing else is forgiven.
 */
import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import type { z } from "zod";
import { Fault, toFault } from "../fault.ts";
import { replayTrace } from "../trace/replay.ts";
import { edgeSchema1 as edge, headerSchema1 as header, type Edge1 } from "../trace/version-1.ts";

export const traceMaxBytes = 16 * 1024 * 1024;
/** Of version 2: it is read as a stream, and its pictures are not kept. */
const trace2MaxBytes = 1024 * 1024 * 1024;

export type TraceEdge = Edge1;

export interface Trace {
  readonly durationMs: number | null;
  /** In order of time. */
  readonly edges: readonly TraceEdge[];
  /** 1 when the last line was cut off and left out. */
  readonly cutLines: number;
  /** Whose edges could be in it. */
  readonly lines: readonly TraceEdge["line"][];
}

const suffix = ".trace.jsonl";

/** Beside its video; one that is named itself stands alone. */
export function tracePath(video: string): string {
  return isTracePath(video) ? video : `${video}${suffix}`;
}

export function isTracePath(file: string): boolean {
  return file.endsWith(suffix);
}

/** Rejects with a Fault: `not-found`, `exhausted` (too large), `corrupt` or `invalid` naming the line. */
export async function readTrace(file: string): Promise<Trace> {
  try {
    const { size } = await stat(file);
    const isNew = await isVersion2(file);
    const most = isNew ? trace2MaxBytes : traceMaxBytes;
    if (size > most) throw new Fault("exhausted", `trace of ${size} bytes is larger than ${most}`);
    return isNew ? await readTrace2(file) : parseTrace(await readFile(file, "utf8"));
  } catch (error) {
    const fault = toFault(error);
    const hint = "a trace lies beside its video as <video>.trace.jsonl; without one, set the driver to none";
    throw new Fault(fault.kind, `${file}: ${fault.message}`, { hint: fault.hint ?? hint, cause: error });
  }
}

/** Whatever names another version than 1 is told by the rules of the new one. */
async function isVersion2(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(64) });
    return /^\{"type":"trace","version":(?!1[,}])/u.test(buffer.toString("latin1", 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Of button and PIR, as they come out of debounce now; in a loop it starts again at its end. */
async function readTrace2(file: string): Promise<Trace> {
  const edges: TraceEdge[] = [];
  const roles = new Map<string, TraceEdge["line"]>();
  const { lastNs, leftBytes } = await replayTrace({
    chunks: createReadStream(file),
    onHeader: (header) => {
      for (const { line, role, active } of header.lines) {
        if (role !== "button" && role !== "pir") continue;
        roles.set(line, role);
        if (role === "pir" && active === true) edges.push({ atMs: 0, line: role, active });
      }
    },
    onPlayed: (played) => {
      const line = played.type === "frame" ? undefined : roles.get(played.line);
      if (line === undefined || played.type === "frame") return;
      edges.push({ atMs: played.atNs / 1e6, line, active: played.type === "press" || played.active });
    },
  });
  edges.sort((a, b) => a.atMs - b.atMs);
  const durationMs = Math.max(1, lastNs / 1e6);
  return { durationMs, edges, cutLines: leftBytes > 0 ? 1 : 0, lines: [...new Set(roles.values())] };
}

export function formatTrace(edges: readonly TraceEdge[], durationMs?: number): string {
  const lines = [header.parse({ type: "trace", version: 1, durationMs }), ...edges];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

export function parseTrace(text: string): Trace {
  const lines = text.split("\n");
  const unended = lines.pop() ?? "";
  const cut = unended !== "" && parseJson(unended) === undefined;
  if (unended !== "" && !cut) lines.push(unended);

  const [first, ...rest] = lines;
  if (first === undefined) throw new Fault("corrupt", "line 1: the header of the trace is missing");
  const { durationMs = null } = parseLine(header, first, 1);
  const edges = rest.map((line, index) => parseLine(edge, line, index + 2));
  const back = edges.findIndex((one, index) => one.atMs < (edges[index - 1]?.atMs ?? 0));
  if (back >= 0) throw new Fault("invalid", `line ${back + 2}: atMs is earlier than on the line before`);
  return { durationMs, edges, cutLines: cut ? 1 : 0, lines: ["button", "pir"] };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function parseLine<T>(schema: z.ZodType<T>, line: string, number: number): T {
  const value = parseJson(line);
  if (value === undefined) throw new Fault("corrupt", `line ${number}: not JSON`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => [issue.path.join("."), issue.message].join(" ").trim());
  throw new Fault("invalid", `line ${number}: ${problems.join("; ")}`);
}
