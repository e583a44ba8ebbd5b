/**
 * Guard watch: a guard fed pictures look by look, and what became of it.
 */
import { Guard } from "../../daemon/eye/guard/guard.ts";
import type { Reference } from "../../daemon/eye/guard/reference.ts";
import { tuning } from "../../daemon/eye/guard/tuning.ts";
import { createMasker, type Masker } from "../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { Fault } from "../../hal/fault.ts";
import type { FrameGeometry, FrameMemory, I420 } from "../../hal/frame.ts";
import { warp, type Bump } from "../rigs/warp.ts";

export const lookMs = tuning.lookEveryMs;
/** A bump must be seen within these looks: 2 s. */
export const looksAllowed = 2_000 / lookMs;

interface Post {
  readonly guard: Guard;
  readonly masker: Masker;
  readonly memory: FrameMemory;
}

/** Its size is that of the first picture. */
export class GuardWatch {
  readonly #shape: MaskShape;
  readonly #reference: Reference | null;
  #post: Post | null = null;
  #looks = 0;

  constructor(shape: MaskShape, reference: Reference | null = null) {
    this.#shape = shape;
    this.#reference = reference;
  }

  /** Of after the last look; null before the first. */
  get guard(): Guard | null {
    return this.#post?.guard ?? null;
  }

  /** Is the picture closed now? */
  look(picture: I420): boolean {
    this.#post ??= this.#posted(picture);
    const { guard, masker, memory } = this.#post;
    const timing = { ptsUs: this.#looks * lookMs * 1_000, sequence: this.#looks };
    this.#looks += 1;
    guard.handle(masker.apply({ ...picture, ...timing }, memory));
    return guard.closed;
  }

  #posted({ width, height }: FrameGeometry): Post {
    const masker = createMasker(rasteriseOpening({ width, height }, this.#shape));
    const visible = masker.opening.luma;
    const guard = new Guard({ size: { width, height }, visible, reference: this.#reference });
    return { guard, masker, memory: createPlainMemory(width, height) };
  }
}

/** What the first pictures teach; null = too little. */
export function learn(shape: MaskShape, pictureAt: (look: number) => I420): Reference | null {
  const watch = new GuardWatch(shape);
  for (let look = 0; look <= tuning.learnLooks; look += 1) watch.look(pictureAt(look));
  return watch.guard?.reference ?? null;
}

export interface Trial {
  readonly bump: Bump;
  /** From the bump to the first picture that is closed; null = not within 2 s. */
  readonly tookMs: number | null;
}

export interface Trying {
  readonly shape: MaskShape;
  readonly reference: Reference;
  readonly bump: Bump;
  readonly pictureAt: (look: number) => I420;
}

/** One look at the scene as it was, then the bump. */
export function trial({ shape, reference, bump, pictureAt }: Trying): Trial {
  const watch = new GuardWatch(shape, reference);
  if (watch.look(pictureAt(0)))
    throw new Fault("bug", "the guard did not recognise the scene before the bump");
  for (let look = 1; look <= looksAllowed; look += 1) {
    if (watch.look(warp(pictureAt(look), bump))) return { bump, tookMs: look * lookMs };
  }
  return { bump, tookMs: null };
}

/** 2 % of the width in a random direction, or 1 degree of roll, in turns. */
export function bumpOf(index: number, random: () => number): Bump {
  if (index % 2 === 1) return { rollDeg: random() < 0.5 ? 1 : -1 };
  const angle = 2 * Math.PI * random();
  return { right: 0.02 * Math.cos(angle), down: 0.02 * Math.sin(angle) };
}

/** The same numbers in every run. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
