/**
 * What: the stage that asks a detector what moved, and tells the keeper. It never makes anybody wait.
 *
 * Sees every masked frame with what motion said of it, asks now and then (while something moves, a few times after a
 * ring, now and then for who stands still and for things that were put down), one question at a time: a frame that is due
 * while the last answer is still awaited is dropped and counted, and the next one is newer. What comes of the answers is
 * decided by daemon/sight/what. A detector that fails, hangs or is away costs words in the status and nothing else.
 */
import type { Detector, Found } from "../../../models/detector.ts";
import { labels } from "../../../models/labels.ts";
import { toFault, type Fault } from "../../../hal/fault.ts";
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import type { EventWhat } from "../../wire/what.ts";
import type { MotionResult } from "../motion/motion.ts";
import type { Stage } from "../stages.ts";
import { gridOf, type Grid } from "../../sight/grid.ts";
import { pictureWorth } from "../../sight/what/best.ts";
import { boxFrom, boxInPx, overlap, type Box } from "../../sight/what/box.ts";
import { middleRegion, mostRegions, regionsOf } from "../../sight/what/regions.ts";
import { whatIs } from "../../sight/what/track.ts";
import { Watch } from "../../sight/what/watch.ts";
import type { StayingRules } from "../../sight/what/staying.ts";
import { createSceneMaker, type SceneMaker } from "./scene-of.ts";
import type { ParcelPictures } from "./pictures.ts";
import { Reporter } from "./reporter.ts";
import { sharpnessIn } from "./sharpness.ts";

export interface WhatOptions {
  /** A question at most so often while something moves. */
  readonly everyUs: number;
  readonly staying: StayingRules;
  readonly size: FrameGeometry;
  /** As it lies in this picture. */
  readonly propertyLine: Polygon;
  readonly opening: PlaneSpans;
  readonly detector: Detector;
  readonly stage: Stage;
  /** Null = no pictures of parcels are kept (a replay that only looks). */
  readonly pictures: ParcelPictures | null;
  /** A moment that may be a better picture of the visit than those before. */
  readonly offer: ((frame: MaskedFrame, worth: number) => void) | null;
  readonly wallMsAt: (ptsUs: number) => number;
  readonly report: (message: EventWhat) => void;
}

/** After a ring it is looked so often, whatever moves. */
const ringLooks = 3;
/** Who stands still, and what was put down, is asked for so often. */
const wantedEveryUs = 1_000_000;
const sceneEveryUs = 1_000_000;
/** Nothing happens: the scene is looked at so often. */
const restEveryUs = 5_000_000;
/** Nothing moved for so long: nothing happens. */
const restUs = 5_000_000;
/** An event waits no longer for what a thing is that was put down. */
const wonderUs = 6_000_000;
/** An answer that takes longer is none: the next question is asked. */
const patienceUs = 10_000_000;
/** More things than that are in no picture of a door. */
const mostFound = 100;

export class What {
  readonly #options: WhatOptions;
  readonly #watch: Watch;
  readonly #grid: Grid;
  readonly #scenes: SceneMaker;
  readonly #reporter: Reporter;
  #asking: { readonly atUs: number; readonly abort: AbortController } | null = null;
  #pending: Promise<void> = Promise.resolve();
  #lookUs = -Infinity;
  #sceneUs = -Infinity;
  #movedUs = -Infinity;
  #ringLooks = 0;
  /** The latest question was answered, or was not; null = none was asked yet. */
  #works: boolean | null = null;

  constructor(options: WhatOptions) {
    this.#options = options;
    const { size, propertyLine, staying, report, wallMsAt } = options;
    this.#watch = new Watch({ ...size, propertyLine, staying });
    this.#grid = gridOf(size);
    this.#scenes = createSceneMaker(size, options.opening);
    this.#reporter = new Reporter({ report, wallMsAt });
  }

  /** Somebody is known to stand where nothing moves, or a thing waits for a verdict: the event goes on. */
  holdsAt(ptsUs: number): boolean {
    if (this.#works !== true) return false;
    return this.#watch.holdsAt(ptsUs) || (this.#watch.wonders && ptsUs - this.#movedUs < wonderUs);
  }

  handle(frame: MaskedFrame, seen: MotionResult): void {
    const { ptsUs } = frame;
    const { size, pictures } = this.#options;
    const moving = seen.motion
      ? regionsOf(
          seen.boxes.map((box) => boxFrom(box, size)),
          this.#grid,
        )
      : [];
    if (seen.motion) this.#movedUs = ptsUs;
    this.#lookAtScene(frame, moving);
    pictures?.frame(frame);
    if (this.#due(seen, ptsUs))
      this.#ask(frame, seen.motion && moving.length === 0 ? [middleRegion] : moving);
    this.#tell(ptsUs);
  }

  opened(event: string, atUs: number): void {
    this.#watch.opened(event, atUs);
  }

  /** Before the keeper hears that the event is over. */
  closed(atUs: number): void {
    const told = this.#watch.closed(atUs);
    if (told !== null) this.#reporter.last(told, atUs);
  }

  press(atUs: number): void {
    this.#watch.press(atUs);
    this.#ringLooks = ringLooks;
  }

  /** Resolves when no answer is awaited: a replay waits after every frame, so that it is the same each time. */
  async idle(): Promise<void> {
    await this.#pending;
    await this.#options.pictures?.idle();
  }

  /** No frame will come any more, or none under this mask. */
  end(): void {
    this.#asking?.abort.abort();
    this.#asking = null;
    this.#options.pictures?.end();
  }

  #due({ motion, analysed }: MotionResult, ptsUs: number): boolean {
    const sinceUs = ptsUs - this.#lookUs;
    const { everyUs } = this.#options;
    if (this.#ringLooks > 0) return sinceUs >= Math.min(everyUs, 400_000);
    if (motion && analysed) return sinceUs >= everyUs;
    return sinceUs >= Math.max(everyUs, wantedEveryUs) && this.#watch.wanted(ptsUs).length > 0;
  }

  #lookAtScene(frame: MaskedFrame, moving: readonly Box[]): void {
    const { ptsUs } = frame;
    const rests = ptsUs - this.#movedUs >= restUs && !this.holdsAt(ptsUs);
    if (ptsUs - this.#sceneUs < (rests ? restEveryUs : sceneEveryUs)) return;
    this.#sceneUs = ptsUs;
    this.#watch.scene(this.#scenes.of(frame), ptsUs, moving);
    // what was put down is in it from the first look on, until it is known what that is
    if (rests && this.#watch.isAsBefore) this.#options.pictures?.rest(frame);
  }

  #ask(frame: MaskedFrame, moving: readonly Box[]): void {
    const { ptsUs } = frame;
    const { size, stage, detector } = this.#options;
    stage.in += 1;
    if (this.#asking !== null && ptsUs - this.#asking.atUs < patienceUs) {
      stage.dropped += 1;
      this.#lookUs = ptsUs;
      return;
    }
    this.#asking?.abort.abort();
    this.#lookUs = ptsUs;
    const isRing = this.#ringLooks > 0;
    if (isRing) this.#ringLooks -= 1;
    const wanted = this.#watch.wanted(ptsUs).slice(0, moving.length === 0 ? mostRegions : mostRegions / 2);
    const movement = moving.length === 0 && isRing && wanted.length === 0 ? [middleRegion] : moving;
    const regions = [...wanted, ...movement].slice(0, mostRegions);
    this.#offerPicture(frame, movement);
    const abort = new AbortController();
    const asking = { atUs: ptsUs, abort };
    this.#asking = asking;
    const question = { atUs: ptsUs, moving: movement, wanted };
    const boxes = regions.map((region) => boxInPx(region, size));
    const answer = (async () => detector.detect(frame, boxes, abort.signal))(); // takes the pixels first; throws nothing here
    this.#pending = answer
      .then((found) => {
        if (this.#asking === asking) this.#answered(found, question);
      })
      .catch((error: unknown) => {
        if (this.#asking === asking) this.#failed(toFault(error, "what moved"));
      })
      .finally(() => {
        if (this.#asking === asking) this.#asking = null;
      });
  }

  #answered(found: readonly Found[], { atUs, moving, wanted }: Question): void {
    const { size, stage, pictures } = this.#options;
    const seen = found
      .filter(isSound)
      .slice(0, mostFound)
      .map((one) => ({ ...one, box: boxFrom(one.box, size) }));
    const told = this.#watch.look({ atUs, seen, moving }, wanted);
    stage.out += 1;
    this.#works = true;
    if (told.length === 0) return;
    const late = this.#watch.late(atUs);
    if (late !== null) this.#reporter.last(late, atUs);
    const about = late ?? this.#watch.told();
    if (about === null) return; // nothing that is remembered is about it
    for (const { kind } of told) pictures?.told(about.event, kind);
  }

  #failed(fault: Fault): void {
    const { stage } = this.#options;
    if (fault.kind === "cancelled") return;
    stage.dropped += 1;
    stage.lastError = fault.message;
    this.#works = false;
  }

  #tell(atUs: number): void {
    const told = this.#watch.told(this.#works === false ? true : undefined);
    if (told !== null && (told.what.length > 0 || told.happenings.length > 0 || told.settled))
      this.#reporter.tell(told, atUs);
  }

  #offerPicture(frame: MaskedFrame, moving: readonly Box[]): void {
    const { size, offer } = this.#options;
    if (offer === null || this.#works !== true) return;
    const worths = moving.map((box) => {
      const track = this.#watch.tracks.find((one) => overlap(one.box, box) > 0.2);
      const what = track === undefined ? null : whatIs(track);
      return pictureWorth({ box, what, sharp: sharpnessIn(frame, boxInPx(box, size)) }, this.#watch.edge);
    });
    if (worths.length > 0) offer(frame, Math.max(...worths));
  }
}

/** What is no figure, and no place in a picture, is no answer. */
function isSound({ label, score, box }: Found): boolean {
  return labels.includes(label) && Number.isFinite(score) && box.every(Number.isFinite);
}

interface Question {
  readonly atUs: number;
  readonly moving: readonly Box[];
  readonly wanted: readonly Box[];
}
