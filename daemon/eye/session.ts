/**
 * Session: one open camera, from its first frame to its loss.
 *
 * Runs pipelines one after the other while the camera lasts: a new policy ends the current one
 * and begins the next (see pipeline.ts). From the moment of `setPolicy` on no frame passes under
 * the old policy, and nothing made under it is shown or recorded anew. A policy that was drawn on a
 * picture of another shape than the camera's masks everything (`maskFault`), and so does a camera that no longer
 * stands where it stood when the line was confirmed (`sentry`): the frame that shows it is the first
 * that is closed, and what was made before is not shown or recorded anew. While the house has closed its sight (privacy
 * now) there is no pipeline at all: frames are let go as they came, and nothing looks at them.
 * Ends by a Fault of the camera or encoder, or by `stop`, which does not wait for a frame.
 */
import type { Settings } from "../../config/schema.ts";
import type { Camera } from "../../hal/camera.ts";
import { Fault } from "../../hal/fault.ts";
import type { RawFrame } from "../../hal/frame.ts";
import type { Clock } from "../../hal/sensors.ts";
import { pictureFault } from "../policy/picture.ts";
import type { Policy } from "../policy/policy.ts";
import type { MaskShape } from "../policy/shape.ts";
import { shapeInView } from "../policy/view.ts";
import { settingsInView } from "../sight/in-view.ts";
import type { Verdict } from "../sight/verdict.ts";
import { localMinutes } from "../sight/local-time.ts";
import { newId } from "../wire/id.ts";
import type { EyeToKeeper } from "../wire/messages.ts";
import type { Detector } from "../../models/detector.ts";
import type { AlertPictures } from "./alert-pictures.ts";
import { buildPipeline, type Built, type ClipOutput } from "./build.ts";
import type { ExamineDesk } from "./examine/desk.ts";
import type { Sentry } from "./guard/sentry.ts";
import type { FrameTimings } from "./frame-timings.ts";
import type { HeatFeed } from "./heat-feed.ts";
import type { MotionResult } from "./motion/motion.ts";
import type { MotionJournal } from "./motion-journal/journal.ts";
import type { PirState } from "../sight/pir-track.ts";
import type { MotionSettings } from "../sight/zones.ts";
import type { Stages } from "./stages.ts";
import type { StillDesk } from "./still-desk.ts";
import type { TracePictures } from "./trace-pictures.ts";

export interface SessionOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly stages: Stages;
  readonly clips: ClipOutput;
  /** Watches over the camera's place; null = nobody does (tests of other things). */
  readonly sentry: Sentry | null;
  readonly stills: Pick<StillDesk, "handleRaw" | "handleMasked" | "outdate"> | null;
  /** Keeps what motion said; absent = nobody does. */
  readonly journal?: Pick<MotionJournal, "begin"> | null;
  /** Who is asked what moved; absent = nobody. */
  readonly detector?: Detector | null;
  /** Measures for the self-test; absent = nobody does. */
  readonly examine?: Pick<ExamineDesk, "begin" | "end" | "proof" | "handleMasked">;
  /** For who calibrates; absent = nobody does. */
  readonly heat?: Pick<HeatFeed, "handle">;
  /** For who records a trace; absent = nobody does. */
  readonly timings?: Pick<FrameTimings, "see">;
  readonly pictures?: Pick<TracePictures, "handleMasked" | "outdate">;
  /** For alerts that may show one; absent = nobody does. */
  readonly alertPictures?: Pick<AlertPictures, "handleMasked" | "outdate">;
  readonly report: (message: EyeToKeeper) => void;
  /** From this frame on a policy or a closed sight is obeyed, and what is said of the mask is of it. */
  readonly onRenewed?: () => void;
}

/** What is in force when the camera opens. */
export interface SessionStart {
  readonly policy: Policy | null;
  /** Privacy now; absent = open. */
  readonly closed?: boolean;
  /** Somebody watches live. */
  readonly watched: boolean;
  /** Where motion counts; those of the settings when absent. */
  readonly zones?: MotionSettings;
  /** Absent = no PIR can be asked. */
  readonly pir?: PirSaid;
}

/** What the PIR's output became, and when. */
export interface PirSaid {
  readonly state: PirState;
  readonly monoMs: number;
}

/** Movement as tall as this part of the picture is somebody at the door. */
const closeFrac = 0.36;

export class Session {
  readonly #options: SessionOptions;
  readonly #camera: Camera;
  #policy: Policy | null;
  #closed: boolean;
  #watched: boolean;
  #zones: MotionSettings;
  #running: Built | null = null;
  #renew = false;
  #stopping = false;
  #reading = false;
  #anchor = { ptsUs: 0, wallMs: 0, monoMs: 0 };
  #pir: PirSaid;
  #seen = { moved: false, close: false };
  /** Why the policy in force shows nothing on this camera's picture. */
  maskFault: Fault | null = null;
  motion: Pick<MotionResult, "motion" | "score"> = { motion: false, score: 0 };
  /** The camera's picture came to its end (a file that is not played again). */
  atEnd = false;

  constructor(camera: Camera, start: SessionStart, options: SessionOptions) {
    this.#camera = camera;
    this.#policy = start.policy;
    this.#closed = start.closed ?? false;
    this.#watched = start.watched;
    this.#pir = start.pir ?? { state: "unknown", monoMs: 0 };
    this.#options = options;
    this.#zones = start.zones ?? options.settings.motion;
  }

  get recording(): string | null {
    return this.#running?.pipeline.recording ?? null;
  }

  get encoder(): string {
    return this.#running?.output?.encoder.name ?? "";
  }

  get visibleFrac(): number {
    return this.#running?.masker.opening.visibleFrac ?? 0;
  }

  setPolicy(policy: Policy | null): void {
    this.#policy = policy;
    this.#replace();
  }

  /** From the moment it is called no frame is looked at, until it is called again. */
  setClosed(closed: boolean): void {
    this.#closed = closed;
    this.#replace();
  }

  /** The pipeline ends before the next frame passes; another one goes on. */
  #replace(): void {
    this.#renew = true;
    this.#running?.output?.live?.turn(false);
    this.#liveIsOver();
    this.#options.stills?.outdate();
    this.#options.pictures?.outdate();
    this.#options.alertPictures?.outdate();
    this.#options.examine?.end();
  }

  /** The keeper holds the last second for who joins; nobody watches = it holds none. */
  #liveIsOver(): void {
    if (this.#watched) this.#options.report({ type: "live-over" });
  }

  /** From the next frame on; nothing that was learnt or is being recorded ends. */
  setZones(zones: MotionSettings): void {
    this.#zones = zones;
    this.#running?.pipeline.retune(this.#zonesInView());
  }

  /** From the next frame on, with the edge's own time. */
  pir(said: PirSaid): void {
    this.#pir = said;
    if (!this.#renew) this.#tellPir(this.#running);
  }

  #tellPir(built: Built | null): void {
    const { state, monoMs } = this.#pir;
    const { ptsUs, monoMs: nowMs } = this.#anchor;
    built?.pipeline.pir(state, Math.round(ptsUs + (monoMs - nowMs) * 1_000));
  }

  /** What moved in the picture since it was asked last; null = nothing can be seen. */
  takeSeen(): { moved: boolean; close: boolean } | null {
    const seen = this.#seen;
    this.#seen = { moved: false, close: false };
    return this.visibleFrac > 0 ? seen : null;
  }

  watch(on: boolean): void {
    this.#watched = on;
    if (!this.#renew) this.#running?.output?.live?.turn(on);
  }

  /** False: there is no pipeline right now; ask again after the next frame. */
  press(event: string): boolean {
    if (this.#running === null || this.#renew) return false;
    this.#running.pipeline.press(event);
    return true;
  }

  /** The PIR woke the camera: that is an event. After the first frame; false = nothing can be seen. */
  wake(): boolean {
    if (this.#running === null || this.#renew || this.visibleFrac === 0) return false;
    this.#running.pipeline.wake();
    return true;
  }

  stop(): void {
    this.#stopping = true;
    // ends the read; a frame that is in hand must stay, and run() sees the flag after it
    if (this.#reading) void this.#camera.close().catch(() => {}); // its owner closes it again and hears
  }

  /** Resolves after `stop`; throws the Fault that ended it otherwise. */
  async run(onFrame: () => void): Promise<void> {
    try {
      while (!this.#stopping) {
        const raw = await this.#read();
        if (raw === null) break;
        await this.#handle(raw);
        onFrame();
      }
      await this.#end("stopped");
    } catch (error) {
      await this.#end("camera-lost");
      throw error;
    }
  }

  /** null after `stop`. */
  async #read(): Promise<RawFrame | null> {
    this.#reading = true;
    const raw = await this.#camera.read().finally(() => (this.#reading = false));
    if (raw !== null) this.#options.timings?.see(raw, this.#camera.counters.framesDropped);
    if (raw !== null || this.#stopping) return raw;
    this.atEnd = true;
    throw new Fault("unavailable", "the camera's picture ended");
  }

  async #handle(raw: RawFrame): Promise<void> {
    const { stages, stills } = this.#options;
    const stage = stages.at("camera");
    stage.in = this.#camera.counters.framesIn;
    stage.dropped = this.#camera.counters.framesDropped;
    stage.out += 1;
    if (this.#closed) return this.#end("stopped");
    const { clock } = this.#options;
    this.#anchor = { ptsUs: raw.ptsUs, wallMs: clock.wallMs(), monoMs: clock.monoMs() };
    stills?.handleRaw(raw);
    if (this.#lookAt(raw)) this.#replace();
    while (this.#running === null || this.#renew) {
      await this.#renewed(raw);
      if (this.#closed) return this.#end("stopped");
    }
    this.#options.examine?.proof?.before(raw);
    const seen = this.#running.pipeline.handle(raw);
    this.motion = seen;
    this.#notice(seen.alone, raw.height);
    const { ptsUs, wallMs } = this.#anchor;
    if (this.visibleFrac > 0) this.#options.heat?.handle(seen, { ptsUs, wallMs, size: raw });
  }

  #notice({ motion, boxes }: Verdict, height: number): void {
    if (!motion) return;
    const close = boxes.some(([, , , tall]) => tall >= closeFrac * height);
    this.#seen = { moved: true, close: close || this.#seen.close };
  }

  /** They are drawn in fractions of the sensor's picture, as the policy is. */
  #zonesInView(): MotionSettings {
    return settingsInView(this.#zones, this.#camera.info.view);
  }

  /** A pipeline of the policy in force; that may change again while one is being made. */
  async #renewed(raw: RawFrame): Promise<void> {
    await this.#end("stopped");
    this.#running = await this.#begin(raw);
    if (!this.#renew) this.#options.onRenewed?.();
  }

  async #begin(raw: RawFrame): Promise<Built> {
    this.#renew = false;
    const {
      settings,
      clock,
      stages,
      clips,
      detector,
      journal,
      stills,
      pictures,
      alertPictures,
      examine,
      report,
    } = this.#options;
    const { width, height, fps, view } = this.#camera.info;
    const shape = await this.#shapeFor(raw);
    const built = await buildPipeline({
      size: { width, height },
      fps,
      settings,
      shape,
      stages,
      clips,
      detector: detector ?? null,
      journal: journal ?? null,
      view,
      minuteAt: localMinutes(),
      onMasked: (frame) => {
        stills?.handleMasked(frame);
        pictures?.handleMasked(frame);
        alertPictures?.handleMasked(frame);
        examine?.handleMasked(frame);
      },
      newId: () => newId(clock.wallMs()),
      // never before 1970, where a clock that was not set yet begins
      wallMsAt: (ptsUs) => Math.max(0, this.#anchor.wallMs + (ptsUs - this.#anchor.ptsUs) / 1_000),
      report,
    });
    built.pipeline.retune(this.#zonesInView()); // they may have changed meanwhile
    if (this.#pir.state !== "unknown") this.#tellPir(built);
    built.output?.live?.turn(this.#watched);
    examine?.begin({
      camera: this.#camera,
      shape,
      opening: built.masker.opening,
      policyVersion: this.#policy?.version ?? null,
      fault: this.maskFault?.message ?? null,
    });
    return built;
  }

  /** True when the guard has opened or closed the picture. */
  #lookAt(raw: RawFrame): boolean {
    const { sentry } = this.#options;
    const look = sentry?.lookAt(raw.ptsUs) ?? null;
    return look !== null && sentry?.handle(look.masker.apply(raw, look.memory)) === true;
  }

  /** What may be seen from this frame on; null = nothing. */
  async #shapeFor(raw: RawFrame): Promise<MaskShape | null> {
    const { sentry } = this.#options;
    const { width, height, view } = this.#camera.info;
    const policy = this.#policy;
    this.maskFault = policy === null ? null : pictureFault(policy, view?.sensor ?? { width, height });
    const confirmed = this.maskFault === null ? policy : null;
    await sentry?.follow(confirmed, this.#camera.info);
    this.#lookAt(raw); // a guard that has just been posted sees the scene before anybody else does
    if (confirmed === null || sentry?.closed === true) return null;
    return view === undefined ? confirmed : shapeInView(confirmed, view);
  }

  async #end(reason: "camera-lost" | "stopped"): Promise<void> {
    const running = this.#running;
    this.#running = null;
    this.motion = { motion: false, score: 0 };
    this.#options.examine?.end();
    if (running === null) return;
    await running.pipeline.end(reason);
    if (reason === "camera-lost") this.#liveIsOver();
    await running.output?.encoder.close();
  }
}
