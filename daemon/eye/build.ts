/**
 * Build: one pipeline from settings, mask shape and picture size; the doorbell's and the replay's.
 */
import type { Settings } from "../../config/schema.ts";
import type { Encoder, JpegEncoder } from "../../hal/encoder.ts";
import type { FrameGeometry, MaskedFrame } from "../../hal/frame.ts";
import type { ViewGeometry } from "../../hal/view.ts";
import { openH264Encoder } from "../../hal/gst/encoder.ts";
import type { MaskShape } from "../policy/shape.ts";
import type { Recipient } from "../seal/age/keys.ts";
import type { EyeToKeeper } from "../wire/messages.ts";
import type { PictureName } from "../wire/paths.ts";
import type { Detector } from "../../models/detector.ts";
import { LiveFeed } from "./live-feed.ts";
import { createMasker, type Masker } from "./mask/apply.ts";
import { createPlainMemory } from "./mask/memory.ts";
import { rasteriseOpening } from "../policy/opening.ts";
import { pirWindowUs } from "../sight/zones.ts";
import { gridOf } from "../sight/grid.ts";
import { createMotion } from "./motion/motion.ts";
import { visibleCells } from "./motion/visible.ts";
import type { MotionJournal } from "./motion-journal/journal.ts";
import { Pipeline, type Output } from "./pipeline.ts";
import type { Keeping } from "./motion-journal/keeping.ts";
import type { DiskQueue } from "./record/disk-queue.ts";
import { Preroll } from "./record/preroll.ts";
import { Recorder } from "./record/recorder.ts";
import type { Stages } from "./stages.ts";
import { Thumbnailer } from "./thumbnailer.ts";
import { ParcelPictures } from "./what/pictures.ts";
import { GuardedWhat } from "./what/guarded.ts";
import { What } from "./what/what.ts";

/** Keyframes this often: a fragment is two of these GOPs. */
const gopSeconds = 1;

export interface BuildOptions {
  readonly size: FrameGeometry;
  readonly fps: number;
  readonly settings: Settings;
  /** null = everything is masked. */
  readonly shape: MaskShape | null;
  readonly stages: Stages;
  /** Where clips go; null = only look, encode nothing. */
  readonly clips: ClipOutput | null;
  /** Who is asked what moved; absent = nobody. */
  readonly detector?: Detector | null;
  /** Where what motion said is kept; absent = nowhere. */
  readonly journal?: Pick<MotionJournal, "begin"> | null;
  /** Of the sensor's picture, absent = all of it; the journal says so. */
  readonly view?: ViewGeometry | undefined;
  /** Absent = no time of day is known. */
  readonly minuteAt?: (wallMs: number) => number;
  /** Every masked frame (snapshots). */
  readonly onMasked?: (frame: MaskedFrame) => void;
  readonly newId: () => string;
  readonly wallMsAt: (ptsUs: number) => number;
  readonly report: (message: EyeToKeeper) => void;
}

export interface ClipOutput {
  readonly queue: DiskQueue;
  /** Whom a file is sealed to that is written now; nobody = no clips. */
  readonly viewers: () => readonly Recipient[];
  readonly jpeg: JpegEncoder | null;
  readonly folderOf: (clip: string, startWallMs: number) => string;
  readonly sendLive: ((bytes: Uint8Array) => void) | null;
}

export interface Built {
  readonly pipeline: Pipeline;
  readonly masker: Masker;
  readonly output: Output | null;
}

export async function buildPipeline(options: BuildOptions): Promise<Built> {
  const { size, fps, settings, shape, stages, newId, wallMsAt, report } = options;
  const { postRollMs, cooldownMs, maxClipMs } = settings.recording;
  const masker = createMasker(rasteriseOpening(size, shape));
  const output = options.clips === null ? null : await buildOutput(options, options.clips);
  const what = whatOf(options, { masker, output });
  const spare = output === null ? createPlainMemory(size.width, size.height) : null;
  const pipeline = new Pipeline({
    size,
    masker,
    motion: createMotion({
      ...size,
      fps,
      settings: settings.motion,
      visible: masker.opening.luma,
    }),
    what,
    pirWindowUs: pirWindowUs(settings.motion),
    timing: { postRollUs: postRollMs * 1_000, cooldownUs: cooldownMs * 1_000, maxClipUs: maxClipMs * 1_000 },
    stages,
    onMasked: options.onMasked ?? null,
    keeping: keepingOf(options, masker),
    minuteAt: options.minuteAt ?? null,
    output,
    spareMemory: () => spare ?? createPlainMemory(size.width, size.height),
    newId,
    wallMsAt,
    report,
  });
  return { pipeline, masker, output };
}

function whatOf(
  options: BuildOptions,
  { masker, output }: Pick<Built, "masker" | "output">,
): GuardedWhat | null {
  const { size, settings, shape, stages, clips, wallMsAt, report } = options;
  const detector = options.detector ?? null;
  if (detector === null || shape === null) return null;
  const { everyMs, waitS, loiterS } = settings.what;
  const stage = stages.at("what");
  const jpeg = clips?.jpeg ?? null;
  const deliver = (event: string, name: PictureName, bytes: Uint8Array): void =>
    output?.recorder.picture(event, name, bytes);
  const what = new What({
    size,
    propertyLine: shape.propertyLine,
    opening: masker.opening.luma,
    detector,
    everyUs: everyMs * 1_000,
    staying: { waitUs: waitS * 1_000_000, loiterUs: loiterS * 1_000_000 },
    stage,
    pictures: jpeg === null ? null : new ParcelPictures({ jpeg, stage, deliver }),
    offer: (frame, worth) => output?.thumbnailer?.offer(frame, worth),
    wallMsAt,
    report,
  });
  return new GuardedWhat(what, stage);
}

function keepingOf({ size, fps, settings, view, journal }: BuildOptions, masker: Masker): Keeping | null {
  const { width, height, cols, rows } = gridOf(size);
  return (
    journal?.begin({
      grid: { width, height, cols, rows },
      fps,
      settings: settings.motion,
      view,
      visible: visibleCells(size, masker.opening.luma),
    }) ?? null
  );
}

async function buildOutput(options: BuildOptions, clips: ClipOutput): Promise<Output> {
  const { size, fps, settings, stages, wallMsAt, report } = options;
  const { queue, viewers, jpeg, folderOf, sendLive } = clips;
  const { bitrateKbps, preRollMs, preRollMaxBytes } = settings.recording;
  const encoder: Encoder = await openH264Encoder({
    ...size,
    fps,
    bitrateKbps,
    gopFrames: Math.max(1, Math.round(fps * gopSeconds)),
  });
  if (encoder.instead !== undefined) stages.at("encode").lastError = encoder.instead;
  const preroll = new Preroll({ durationUs: preRollMs * 1_000, maxBytes: preRollMaxBytes });
  const recorder = new Recorder({ size, encoder, preroll, queue, viewers, folderOf, wallMsAt, report });
  const deliver = (clip: string, bytes: Uint8Array): void => recorder.thumbnail(clip, bytes);
  const thumbnailer = jpeg === null ? null : new Thumbnailer({ jpeg, stage: stages.at("record"), deliver });
  const live =
    sendLive === null
      ? null
      : new LiveFeed({ size, encoder, preroll, stage: stages.at("live"), wallMsAt, send: sendLive });
  return { encoder, preroll, recorder, thumbnailer, live };
}
