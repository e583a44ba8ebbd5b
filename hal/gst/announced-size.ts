/**
 * Announced size: how large does a file say its picture is, before anything is decoded?
 *
 * A decoder takes memory for several pictures before the first one is out, so a file that
 * announces an absurd size is refused here. Files that announce none are limited after decoding.
 */
import { Fault, type FaultKind } from "../fault.ts";
import type { Gst } from "./bindings.ts";
import { readSize } from "./caps.ts";
import { FrameQueue, type SessionOptions } from "./frame-queue.ts";
import { Pipeline } from "./pipeline.ts";

/** A file that is silent now will be silent for the decoder too. */
const final: ReadonlySet<FaultKind> = new Set(["exhausted", "cancelled", "timeout"]);

/** Throws Fault `exhausted` when too large, `cancelled`, `timeout`; any other problem is left to the decoder. */
export async function refuseLargeFile(
  gst: Gst,
  description: string,
  options: SessionOptions & { signal?: AbortSignal | undefined },
): Promise<void> {
  const { source, maxFramePx, signal } = options;
  const pipeline = new Pipeline(gst, description, source);
  for (const [name, value] of Object.entries(source.properties)) pipeline.setText("source", name, value);
  const frames = new FrameQueue(gst, pipeline, options);
  try {
    pipeline.play();
    const first = await frames.next(signal);
    if (first === null) return;
    frames.putBack(first);
    const { width, height } = readSize(gst, gst.sampleCaps(first.sample));
    if (width * height > maxFramePx) throw tooLarge(source.name, `${width}x${height}`, maxFramePx);
  } catch (error) {
    if (error instanceof Fault && final.has(error.kind)) throw error;
  } finally {
    frames.close();
  }
}

export function tooLarge(name: string, size: string, maxFramePx: number): Fault {
  return new Fault("exhausted", `${name}: picture of ${size} is larger than ${maxFramePx} pixels`, {
    hint: "use a source with a smaller picture",
  });
}
