/**
 * Look: some seconds of one camera under one mask, measured.
 *
 * Takes masked frames in order; the camera's own picture passes by `proof` alone. What comes out are counts
 * and means. Everything but pace and mask is 0 when nothing is visible.
 */
import type { Camera } from "../../../hal/camera.ts";
import type { FrameTiming, MaskedFrame } from "../../../hal/frame.ts";
import type { Opening } from "../../policy/opening.ts";
import type { MaskShape } from "../../policy/shape.ts";
import type { CameraReport } from "../../wire/examine.ts";
import { Detail } from "./detail.ts";
import { Levels } from "./levels.ts";
import { LightWatch } from "./light-watch.ts";
import { MaskProof } from "./mask-proof.ts";
import { pacingOf } from "./pacing.ts";
import { regionsOf, type Regions } from "./regions.ts";
import { Stillness } from "./stillness.ts";

/** What is looked at, and through what. */
export interface Scene {
  readonly camera: Pick<Camera, "info" | "counters">;
  /** In force on this picture; null = everything is hidden. */
  readonly shape: MaskShape | null;
  /** What the mask made of it. */
  readonly opening: Opening;
  readonly policyVersion: number | null;
  /** Why nothing is visible though a line is in force. */
  readonly fault: string | null;
}

export type Measured = Pick<
  CameraReport,
  "frames" | "gapMs" | "droppedFrames" | "luma" | "contrast" | "change" | "covered" | "light" | "lightChanges"
> & { readonly sharpness: number };

/** Levels and detail are taken from so many frames in a second, at most. */
const betweenUs = 200_000;
/** A picture whose blocks differ by less than so many grey levels shows nothing. */
const leastContrast = 3;

export class Look {
  readonly scene: Scene;
  readonly proof: MaskProof;
  readonly #regions: Regions;
  readonly #levels = new Levels();
  readonly #detail: Detail;
  readonly #stillness: Stillness;
  readonly #light: LightWatch;
  readonly #times: FrameTiming[] = [];
  #droppedBefore = 0;
  #nextUs = Number.NEGATIVE_INFINITY;

  constructor(scene: Scene) {
    const { shape, opening } = scene;
    const { width, height } = opening;
    this.scene = scene;
    this.#regions = regionsOf({ width, height }, shape);
    this.proof = new MaskProof(this.#regions);
    this.#detail = new Detail(this.#regions);
    this.#stillness = new Stillness(this.#regions);
    this.#light = new LightWatch({ width, height, visible: opening.luma });
  }

  get frames(): number {
    return this.#times.length;
  }

  /** From the first frame to the last one. */
  get spanMs(): number {
    return ((this.#times.at(-1)?.ptsUs ?? 0) - (this.#times[0]?.ptsUs ?? 0)) / 1_000;
  }

  add(frame: MaskedFrame): void {
    if (this.#times.length === 0) this.#droppedBefore = this.scene.camera.counters.framesDropped;
    this.#times.push({ ptsUs: frame.ptsUs, sequence: frame.sequence });
    this.proof.after(frame);
    this.#stillness.add(frame);
    this.#light.add(frame);
    if (frame.ptsUs < this.#nextUs) return;
    this.#nextUs = frame.ptsUs + betweenUs;
    this.#levels.add(frame.y, this.#regions);
    this.#detail.add(frame.y);
  }

  get measured(): Measured {
    const { gapMs, skipped } = pacingOf(this.#times);
    const dropped = this.scene.camera.counters.framesDropped - this.#droppedBefore;
    const { sharpness, contrast } = this.#detail.found;
    return {
      frames: this.frames,
      gapMs,
      // a driver that drops leaves a hole in the count as well: the same frames, seen twice
      droppedFrames: Math.max(skipped, dropped),
      luma: this.#levels.found,
      contrast,
      sharpness,
      change: this.#stillness.found,
      covered: this.#regions.shownPx > 0 && contrast < leastContrast,
      light: this.#light.light,
      lightChanges: this.#light.changes,
    };
  }
}
