/**
 * Pipeline: what happens to a frame, as a list.
 *
 *   frame -> mask -> motion -> what -> event -> encode -> record
 *                                                      -> live
 *
 * One pipeline lives as long as its camera's picture size and its policy: when either changes it
 * ends and a new one begins, so that no unit made under an old mask can be predicted from, kept
 * or sent under a new one. Everything after `mask` takes the MaskedFrame and nothing else.
 * `what` only asks a detector and goes on at once: its answers come later, and nothing waits for them.
 * The same pipeline serves the doorbell and `sill replay`.
 */
import type { Encoder, EncodedUnit } from "../../hal/encoder.ts";
import type { FrameGeometry, FrameMemory, MaskedFrame, RawFrame } from "../../hal/frame.ts";
import type { EyeToKeeper } from "../wire/messages.ts";
import {
  initialMachine,
  step,
  type EventTiming,
  type MachineAction,
  type MachineInput,
  type MotionState,
} from "../sight/machine.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { Masker } from "./mask/apply.ts";
import type { Keeping } from "./motion-journal/keeping.ts";
import type { Motion, MotionResult } from "./motion/motion.ts";
import { noPir, pirSaysAt, pirStep, type PirState } from "../sight/pir-track.ts";
import { pirWindowUs, type MotionSettings } from "../sight/zones.ts";
import type { Preroll } from "./record/preroll.ts";
import type { Recorder } from "./record/recorder.ts";
import type { Stages } from "./stages.ts";
import type { Thumbnailer } from "./thumbnailer.ts";
import type { GuardedWhat } from "./what/guarded.ts";

/** What turns decisions into files and pictures; absent in a replay that only looks. */
export interface Output {
  readonly encoder: Encoder;
  readonly preroll: Preroll;
  readonly recorder: Recorder;
  readonly thumbnailer: Thumbnailer | null;
  readonly live: LiveFeed | null;
}

export interface PipelineOptions {
  readonly size: FrameGeometry;
  readonly masker: Masker;
  readonly motion: Motion;
  /** Null = nobody is asked what moved. */
  readonly what: GuardedWhat | null;
  /** How long the PIR counts after it fell, until `retune` says otherwise. */
  readonly pirWindowUs: number;
  readonly timing: EventTiming;
  readonly stages: Stages;
  /** Every masked frame, before it is encoded; who wants pixels copies them at once. */
  readonly onMasked: ((frame: MaskedFrame) => void) | null;
  readonly output: Output | null;
  /** What motion said is kept for days; null = it is not (a replay, motion.journalDays 0). */
  readonly keeping: Keeping | null;
  /** Of the local day, for rules that ask for it; null = no such time is known (a replay). */
  readonly minuteAt: ((wallMs: number) => number) | null;
  /** Lent when there is no encoder to lend any. */
  readonly spareMemory: () => FrameMemory;
  readonly newId: () => string;
  /** At least 0. */
  readonly wallMsAt: (ptsUs: number) => number;
  readonly report: (message: EyeToKeeper) => void;
}

export class Pipeline {
  readonly #options: PipelineOptions;
  #machine = initialMachine;
  #lastPtsUs = 0;
  #pir = noPir;
  #pirWindowUs: number;
  /** Of the motion event that is open: its end is counted from here, whatever the wall clock does. */
  #motionWallMs = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#pirWindowUs = options.pirWindowUs;
  }

  get recording(): string | null {
    return this.#options.output?.recorder.clip ?? null;
  }

  handle(raw: RawFrame): MotionResult {
    const { masker, motion, what, output, onMasked, keeping, minuteAt, spareMemory, stages } = this.#options;
    const memory = output?.encoder.memory() ?? spareMemory();
    stages.at("mask").in += 1;
    const frame = masker.apply(raw, memory);
    stages.at("mask").out += 1;
    onMasked?.(frame);
    const { ptsUs } = frame;
    const wallMs = this.#options.wallMsAt(ptsUs);
    const minute = minuteAt?.(wallMs) ?? null;
    const seen = motion.handle(frame, minute, pirSaysAt(this.#pir, ptsUs, this.#pirWindowUs));
    stages.at("motion").in += 1;
    if (seen.motion) stages.at("motion").out += 1;
    this.#lastPtsUs = ptsUs;
    what?.handle(frame, seen);
    const held = what?.holdsAt(ptsUs) ?? false;
    keeping?.frame(seen, { ptsUs, wallMs, minute, held });
    this.#decide({
      type: "frame",
      ptsUs,
      motion: seen.motion,
      score: seen.score,
      zones: seen.zones,
      seer: seen.seer,
      warm: seen.warm,
      held,
    });
    if (output !== null) this.#encode(output, frame, memory);
    return seen;
  }

  /** A ring: record from the pre-roll on, whatever the picture shows. */
  press(event: string): void {
    this.#options.keeping?.press(this.#lastPtsUs);
    this.#options.what?.press(this.#lastPtsUs);
    this.#decide({ type: "press", ptsUs: this.#lastPtsUs, event });
  }

  /** What the PIR's output became, and when; it counts from the next frame on. Told late, it keeps its own time. */
  pir(state: PirState, atUs: number): void {
    this.#pir = pirStep(this.#pir, state, atUs);
    this.#options.keeping?.pir(state, atUs);
  }

  /** The camera was asleep until now: whoever woke it is an event, whatever the picture shows. After its first frame. */
  wake(): void {
    this.#options.keeping?.wake(this.#lastPtsUs);
    this.#decide({ type: "wake", ptsUs: this.#lastPtsUs });
  }

  /** Other zones or sensitivities from the next frame on; what was learnt stays. */
  retune(settings: MotionSettings): void {
    this.#options.motion.retune(settings);
    this.#pirWindowUs = pirWindowUs(settings);
    this.#options.keeping?.settings(settings);
  }

  /** Resolves when no answer about what moved is awaited (a replay; nobody else waits for it). */
  async looked(): Promise<void> {
    await this.#options.what?.idle();
  }

  /** No frame will come any more: drains the encoder, closes event and clip. */
  async end(reason: "camera-lost" | "stopped"): Promise<void> {
    const { output, keeping, what } = this.#options;
    keeping?.end(this.#lastPtsUs, reason);
    this.#decide({ type: "end", ptsUs: this.#lastPtsUs, reason });
    what?.end();
    if (output === null) return;
    const rest = await output.encoder.finish().catch((): EncodedUnit[] => []); // a dead codec has nothing left
    this.#deliver(output, rest);
    await output.thumbnailer?.idle();
    output.recorder.end(reason);
  }

  #encode(output: Output, frame: MaskedFrame, memory: FrameMemory): void {
    output.thumbnailer?.handle(frame);
    const stage = this.#options.stages.at("encode");
    stage.in += 1;
    const units = output.encoder.encode(frame, memory);
    stage.out += units.length;
    this.#deliver(output, units);
  }

  #deliver(output: Output, units: readonly EncodedUnit[]): void {
    for (const unit of units) {
      output.preroll.push(unit);
      output.recorder.push(unit);
      output.live?.push(unit);
    }
  }

  #decide(input: MachineInput): void {
    const { timing, newId } = this.#options;
    const { state, actions } = step(this.#machine, input, { timing, newId });
    const before = this.#machine.motion;
    this.#machine = state;
    for (const action of actions) this.#act(action);
    if (before !== null && state.motion?.event === before.event) this.#moreZones(before, state.motion);
  }

  /** Rules of a zone count as soon as something moves in it, not when the event is over. */
  #moreZones(before: MotionState, { event, zones }: MotionState): void {
    if (zones.length > before.zones.length)
      this.#options.report({ type: "event-zones", event, zones: [...zones] });
  }

  #act(action: MachineAction): void {
    const { output, what, report } = this.#options;
    const wallMs = (ptsUs: number): number => Math.round(this.#options.wallMsAt(ptsUs));
    switch (action.type) {
      case "open-event": {
        const { event, startUs, score, zones, seer, woke } = action.motion;
        this.#motionWallMs = wallMs(startUs);
        what?.opened(event, startUs);
        report({
          type: "event-opened",
          event,
          kind: "motion",
          startWallMs: this.#motionWallMs,
          score,
          zones: [...zones],
          seer,
          ...(woke ? { woke } : {}),
        });
        return;
      }
      case "close-event": {
        const { event, startUs, lastUs, score, zones, seer } = action.motion;
        what?.closed(this.#lastPtsUs);
        const endWallMs = Math.round(this.#motionWallMs + (lastUs - startUs) / 1_000);
        report({ type: "event-closed", event, endWallMs, score, zones: [...zones], seer });
        return;
      }
      case "open-clip": {
        const { clip, event, kind, atUs } = action;
        output?.recorder.open(clip, { event, kind, startWallMs: wallMs(atUs) }, atUs);
        output?.thumbnailer?.begin(clip, atUs);
        return;
      }
      case "join-clip": {
        const { clip, event, kind, atUs } = action;
        output?.recorder.join({ event, kind, startWallMs: wallMs(atUs) });
        // who rings stands at the door: a better picture than the one that motion began with
        if (kind === "ring") output?.thumbnailer?.begin(clip, atUs);
        return;
      }
      case "close-clip":
        output?.thumbnailer?.end();
        output?.recorder.close(action.atUs, action.reason);
    }
  }
}
