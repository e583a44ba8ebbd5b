/**
 * Bench: how long a model takes for a picture on this machine, and what that means for the processor.
 */
import { readFile } from "node:fs/promises";
import type { Settings } from "../../../config/schema.ts";
import type { LoadedModel } from "../../../models/load.ts";
import { Times } from "../../../models/runner/times.ts";
import { porchFrame, type PorchFrame } from "./porch-frame.ts";
import { lookOnce, withDetector } from "./try-out.ts";

export interface BenchFigures {
  readonly runs: number;
  /** In the model's process, without the way there. */
  readonly pictureMs: { readonly median: number; readonly p95: number };
  /** Cut out, sent, answered and read: as the eye waits for it. */
  readonly frameMs: { readonly median: number; readonly p95: number };
  /** Of both processes, for one frame with one region. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Of one core, while something moves. */
  readonly coreFrac: number;
}

const warmUp = 5;
/** USER_HZ, which every Linux of ours has. */
const tickMs = 10;

export function benchModel(
  model: LoadedModel,
  settings: Pick<Settings, "what">,
  runs: number,
  porch: PorchFrame = porchFrame(),
): Promise<BenchFigures> {
  return withDetector(model, settings, async (detector) => {
    for (let run = 0; run < warmUp; run += 1) await lookOnce(detector, porch);
    const times = new Times();
    const own = process.cpuUsage();
    const theirs = await cpuMsOf(detector.pid);
    for (let run = 0; run < runs; run += 1) {
      const startMs = performance.now();
      await lookOnce(detector, porch);
      times.add(performance.now() - startMs);
    }
    const { user, system } = process.cpuUsage(own);
    const cpuMs = ((user + system) / 1_000 + (await cpuMsOf(detector.pid)) - theirs) / runs;
    const { msMedian, msP95, rssBytes } = detector.status();
    return {
      runs,
      pictureMs: { median: msMedian ?? 0, p95: msP95 ?? 0 },
      frameMs: { median: times.at(0.5) ?? 0, p95: times.at(0.95) ?? 0 },
      cpuMs,
      rssBytes,
      coreFrac: cpuMs / settings.what.everyMs,
    };
  });
}

async function cpuMsOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid ?? 0}/stat`, "utf8").catch(() => "");
  const fields = text.replace(/^.*\) /u, "").split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs;
}
