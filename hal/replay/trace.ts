/**
 * Trace: the edges of button and PIR that belong to a recorded video.
 *
 * JSON lines beside the video, `<video>.trace.jsonl`: a header, then one edge a line, in order.
 *
 *   {"type":"trace","version":1,"durationMs":60000}
 *   {"atMs":1500,"line":"button","active":true}
 *
 * `atMs` counts from the video's first frame. `durationMs` is optional: after how long the trace
 * starts again where a video is looped. Unknown keys are errors. A recorder that was cut off
 * leaves half a last line: it is left out and counted, nothing else is forgiven.
 */
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { Fault, toFault } from "../fault.ts";

export const traceMaxBytes = 16 * 1024 * 1024;

const header = z.strictObject({
  type: z.literal("trace"),
  version: z.literal(1),
  durationMs: z.number().positive().optional(),
});

const edge = z.strictObject({
  atMs: z.number().min(0),
  line: z.enum(["button", "pir"]),
  active: z.boolean(),
});

export type TraceEdge = z.output<typeof edge>;

export interface Trace {
  readonly durationMs: number | null;
  /** In order of time. */
  readonly edges: readonly TraceEdge[];
  /** 1 when the last line was cut off and left out. */
  readonly cutLines: number;
}

export function tracePath(video: string): string {
  return `${video}.trace.jsonl`;
}

/** Rejects with a Fault: `not-found`, `exhausted` (too large), `corrupt` or `invalid` naming the line. */
export async function readTrace(file: string): Promise<Trace> {
  try {
    const { size } = await stat(file);
    if (size > traceMaxBytes) {
      throw new Fault("exhausted", `trace of ${size} bytes is larger than ${traceMaxBytes}`);
    }
    return parseTrace(await readFile(file, "utf8"));
  } catch (error) {
    const fault = toFault(error);
    const hint = "a trace lies beside its video as <video>.trace.jsonl; without one, set the driver to none";
    throw new Fault(fault.kind, `${file}: ${fault.message}`, { hint, cause: error });
  }
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
  return { durationMs, edges, cutLines: cut ? 1 : 0 };
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
