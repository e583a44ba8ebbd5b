/**
 * Guard: does the fixed scene still stand where it stood when the owner confirmed the line?
 *
 * Looks at a masked picture every 400 ms: sketch -> compare with the reference -> pose -> verdict
 * -> judge. `closed` = show nothing. A pure function of the pictures in order and the reference
 * it began with: no clock, no randomness. The reference never moves with the camera, so a
 * slow creep adds up until it passes the limit.
 *
 * Without a reference it learns one from the first seconds, while it already watches with what the first
 * look gave. A scene without enough edges cannot be guarded: the state is `blind`, and learning goes on.
 */
import type { FrameGeometry, MaskedFrame } from "../../../hal/frame.ts";
import type { PlaneSpans } from "../../policy/opening.ts";
import type { GuardStatus } from "../../wire/messages.ts";
import { createComparer, type Comparer } from "./compare.ts";
import { firstState, isClosed, isFinal, judge, type JudgeState, type TripReason } from "./judge.ts";
import { Learner } from "./learn.ts";
import { isPartlyHere } from "./part.ts";
import { sight, type Sighting } from "./pose.ts";
import type { Reference } from "./reference.ts";
import { createSketcher, sketchGrid, type SketchGrid, type Sketcher } from "./sketch.ts";
import { tuning } from "./tuning.ts";
import { verdictOf } from "./verdict.ts";

export interface GuardOptions {
  readonly size: FrameGeometry;
  /** The opening of the policy in force, for luma. */
  readonly visible?: PlaneSpans | undefined;
  /** What an earlier run learnt under the same policy; nothing is shown until it is recognised. */
  readonly reference: Reference | null;
  /** That run ended with the picture closed for good. */
  readonly tripped?: TripReason | null;
}

interface Post {
  readonly comparer: Comparer;
  readonly reference: Reference;
}

export class Guard {
  readonly #grid: SketchGrid;
  readonly #sketcher: Sketcher;
  #learner: Learner | null;
  #post: Post | null = null;
  #judge: JudgeState;
  /** The post of a first look counts only once a second look has known it again. */
  #recognised = false;
  #nextUs = Number.NEGATIVE_INFINITY;
  /** Of the last look, for the bench. */
  sighting: Sighting | null = null;

  constructor({ size, visible, reference, tripped = null }: GuardOptions) {
    this.#grid = sketchGrid(size, visible);
    this.#sketcher = createSketcher(this.#grid);
    this.#learner = reference === null ? new Learner(this.#grid) : null;
    const fits = reference === null || isOf(reference, this.#grid);
    const closed = fits ? tripped : "changed";
    const first = firstState(reference === null, reference?.clear ?? 0);
    this.#judge = closed === null ? first : { ...first, state: "tripped", reason: closed };
    if (reference !== null && fits) this.#take(reference);
  }

  /** The picture must not be shown. */
  get closed(): boolean {
    return isClosed(this.#judge);
  }

  /** Why it is closed. A scene that was not recognised yet counts as covered: it may come back. */
  get reason(): TripReason | null {
    return this.closed ? (this.#judge.reason ?? "covered") : null;
  }

  /** Why it is closed for good; null while a look may still open it. */
  get finalReason(): TripReason | null {
    return isFinal(this.#judge) ? this.#judge.reason : null;
  }

  /** The last look saw the scene in its place. */
  get seesScene(): boolean {
    return this.#judge.here > 0;
  }

  get state(): GuardStatus["state"] {
    const { state } = this.#judge;
    if (isClosed(this.#judge)) return "tripped";
    if (this.#learner !== null) return this.#learner.looks < tuning.learnLooks ? "learning" : "blind";
    return state === "blind" ? "blind" : "watching";
  }

  /** What was learnt, to be kept; null while learning, unless that has closed the picture for good. */
  get reference(): Reference | null {
    const isKept = this.#learner === null || isFinal(this.#judge);
    return isKept ? (this.#post?.reference ?? null) : null;
  }

  /** Is a frame of this time worth masking and handing over? */
  due(ptsUs: number): boolean {
    return ptsUs >= this.#nextUs && !isFinal(this.#judge); // nothing that is seen changes a final word
  }

  /** Throws Fault `bug` when the frame's size is not the guard's. */
  handle(frame: MaskedFrame): void {
    if (!this.due(frame.ptsUs)) return;
    this.#nextUs = frame.ptsUs + tuning.lookEveryMs * 1_000 - slackUs;
    this.#sketcher.take(frame.y);
    if (this.#post !== null) this.#look(this.#post);
    if (this.#learner !== null && !this.closed) this.#learn(this.#learner);
  }

  #look({ comparer, reference }: Post): void {
    const sighting = this.#sightingOf(comparer);
    const whole = verdictOf(sighting, this.#grid);
    const hidden = whole === "unseen" && sighting.clear < tuning.nowhereClear;
    const verdict = hidden && isPartlyHere(comparer.zones) ? "here" : whole;
    this.sighting = sighting;
    this.#recognised ||= this.#learner === null || verdict === "here";
    if (!this.#recognised) return;
    this.#judge = judge(this.#judge, {
      verdict,
      clear: hidden ? this.#judge.lately : sighting.clearHere,
      learntClear: reference.clear,
      bare: this.#sketcher.structure < tuning.bareFrac * reference.structure,
    });
  }

  #learn(learner: Learner): void {
    learner.add(this.#sketcher);
    if (!this.#recognised && learner.looks === 1) this.#take(this.#learnt(learner));
    if (learner.looks < tuning.learnLooks || this.#judge.lost > 0) return;
    const learnt = this.#learnt(learner);
    const { clear } = learnt;
    this.#learner = clear >= tuning.sureClear ? null : new Learner(this.#grid);
    if (this.#learner === null) this.#take(learnt);
  }

  #learnt(learner: Learner): Reference {
    const reference = learner.reference();
    const { clear } = this.#sightingOf(createComparer(reference, this.#grid));
    return { ...reference, clear, structure: this.#sketcher.structure };
  }

  #sightingOf(comparer: Comparer): Sighting {
    comparer.compare(this.#sketcher.directions);
    return sight(comparer.zones);
  }

  #take(reference: Reference): void {
    this.#post = { reference, comparer: createComparer(reference, this.#grid) };
    this.#judge = { ...this.#judge, lately: reference.clear };
  }
}

/** Every size of picture of one shape has the same sketch, unless it is tiny. */
function isOf(reference: Reference, grid: SketchGrid): boolean {
  return reference.cols === grid.cols && reference.rows === grid.rows;
}

/** Half a frame at 15 a second: a look that is due a little later is taken now. */
const slackUs = 33_000;
