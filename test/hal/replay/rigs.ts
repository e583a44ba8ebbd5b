/**
 * Rigs: a folder with a video that is not there and the trace that lies beside it.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTrace, type TraceEdge, tracePath } from "../../../hal/replay/trace.ts";

export interface TraceFolder extends AsyncDisposable {
  readonly video: string;
}

export async function writeTrace(edges: readonly TraceEdge[], durationMs?: number): Promise<TraceFolder> {
  return writeTraceText(formatTrace(edges, durationMs));
}

export async function writeTraceText(text: string | Uint8Array): Promise<TraceFolder> {
  const folder = await mkdtemp(join(tmpdir(), "sill-trace-"));
  const video = join(folder, "porch.mp4");
  await writeFile(tracePath(video), text);
  return { video, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

export const edge = (atMs: number, line: "button" | "pir", active: boolean): TraceEdge => ({
  atMs,
  line,
  active,
});
