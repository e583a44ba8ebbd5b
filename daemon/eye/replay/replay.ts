/**
 * Replay: the doorbell's own pipeline over a video file, as fast as it goes, the same every time.
 *
 * Times are media time, nothing is dropped, no clock is read, and answers about what moved are waited for, so two runs print identical
 * events. Without an output folder nothing is encoded: events do not depend on it.
 * A recorded video was unmasked before; without a policy the whole picture is looked at.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Camera } from "../../../hal/camera.ts";
import { Fault } from "../../../hal/fault.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Press } from "../../../hal/sensors.ts";
import type { MaskShape } from "../../policy/shape.ts";
import { buildPipeline } from "../build.ts";
import { Stages } from "../stages.ts";
import { EventCollector } from "./collect.ts";
import type { ReplayLine } from "./lines.ts";
import type { PatientDetector } from "./patient.ts";
import { countable, type Labels } from "./sweep/labels.ts";
import { Sweep } from "./sweep/sweep.ts";
import { gridOf } from "../../sight/grid.ts";
import { clipPrefix, replayClips, written, type ReplayOutput } from "./output.ts";

export interface ReplayOptions {
  readonly file: string;
  readonly settings: Settings;
  readonly shape: MaskShape;
  /** Presses by media time, from a trace beside the video. */
  readonly presses: readonly Pick<Press, "monoMs">[];
  readonly frames: boolean;
  /** Where clips go; null = only look. */
  readonly out: ReplayOutput | null;
  /** Asked what moved, and waited for after every frame; absent = nobody is. */
  readonly detector?: PatientDetector | null;
  readonly print: (line: ReplayLine) => void;
  /** Sees the levels of every frame as well; its rows are printed last. */
  readonly sweep?: SweepPlan;
  readonly progress: (doneFrac: number) => void;
  readonly signal?: AbortSignal;
}

export interface SweepPlan {
  readonly sensitivities: readonly number[];
  readonly labels: Labels | null;
}

/** Unwritten clips for which the video waits: nothing is dropped because a disk is slow. */
const waitBytes = 32 * 1024 * 1024;

/**
 * Prints events as they end (and frames as they come, when asked), then the summary. A video that
 * breaks off throws its Fault after the events and clips up to there, and so does a model that answers no more.
 */
export async function replayFile(camera: Camera, options: ReplayOptions): Promise<void> {
  const { settings, shape, print, out } = options;
  const { width, height, fps, durationMs } = camera.info;
  const collector = new EventCollector(print);
  const clips = out === null ? null : await replayClips(out);
  let ids = 0;
  const newId = (): string => `${clipPrefix}${String((ids += 1)).padStart(4, "0")}`;
  const { pipeline, output } = await buildPipeline({
    size: { width, height },
    fps,
    settings,
    shape,
    stages: new Stages(),
    clips,
    detector: options.detector ?? null,
    newId,
    wallMsAt: (ptsUs) => ptsUs / 1_000,
    report: (message) => collector.report(message),
  });

  const sweep = options.sweep === undefined ? null : sweepFor(options.settings, { width, height, fps });
  const presses = [...options.presses].sort((a, b) => a.monoMs - b.monoMs);
  const startCpu = process.cpuUsage();
  let frames = 0;
  let lastMs = 0;
  const end = async (reason: "stopped" | "camera-lost"): Promise<void> => {
    await pipeline.end(reason);
    await output?.encoder.close();
    if (clips !== null) await written(clips.queue);
  };
  const play = async (): Promise<void> => {
    for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
      if (options.signal?.aborted === true) throw new Fault("cancelled", "replay was stopped");
      const ptsMs = raw.ptsUs / 1_000;
      const seen = pipeline.handle(raw);
      await pipeline.looked();
      if (options.detector?.fault != null) throw options.detector.fault;
      sweep?.frame(raw.ptsUs, seen);
      for (; presses[0] !== undefined && presses[0].monoMs <= ptsMs; presses.shift()) {
        const event = newId();
        collector.ring(event, presses[0].monoMs);
        pipeline.press(event);
        sweep?.press(raw.ptsUs);
      }
      if (options.frames) {
        const { motion, score, boxes } = seen;
        print({ type: "frame", index: frames, ptsMs: round(ptsMs), motion, score: round(score), boxes });
      }
      frames += 1;
      lastMs = ptsMs + 1_000 / fps;
      if (durationMs !== undefined && frames % 10 === 0) options.progress(Math.min(1, ptsMs / durationMs));
      if (clips !== null && clips.queue.waitingBytes > waitBytes) await clips.queue.idle();
    }
  };
  try {
    await play();
  } catch (error) {
    await end("camera-lost").catch(() => {}); // the first error is the one to tell
    throw error;
  }
  await end("stopped");
  options.progress(1);
  const cpu = process.cpuUsage(startCpu);
  print({
    type: "summary",
    file: options.file,
    frames,
    durationMs: Math.round(lastMs),
    cpuMs: Math.round((cpu.user + cpu.system) / 1_000),
    events: collector.count,
    dropped: camera.counters.framesDropped,
  });
  if (sweep === null || options.sweep === undefined) return;
  const { sensitivities, labels } = options.sweep;
  print({
    type: "sweep",
    file: options.file,
    positives: labels === null ? null : countable(labels),
    rows: sweep.rows(sensitivities, labels),
  });
}

function sweepFor({ motion, recording }: Settings, picture: FrameGeometry & { fps: number }): Sweep {
  const { postRollMs, cooldownMs, maxClipMs } = recording;
  return new Sweep({
    grid: gridOf(picture),
    fps: picture.fps,
    settings: motion,
    timing: { postRollUs: postRollMs * 1_000, cooldownUs: cooldownMs * 1_000, maxClipUs: maxClipMs * 1_000 },
  });
}

export function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
