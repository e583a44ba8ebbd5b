/**
 * Parcels: was one left, was one taken?
 *
 * A scene is remembered while nothing happens. After somebody came, scenes are compared with it: what differs, where
 * nobody is and nothing moves, for some seconds in a row, is a thing that was put down. The detector is asked what it
 * is (`asks`), and only a parcel is told: with no model nothing is. A parcel that is known is looked at again after each
 * visit: when its place looks as it did before it came, and the detector sees no parcel there, it was taken.
 *
 * Known parcels are few and live as long as the pipeline: after a restart, or under another line, they are part of the scene.
 */
import { grown, shareIn, sharedArea, union, type Box } from "./box.ts";
import { changesBetween, isSameThing } from "./changes.ts";
import { likeness, patched, type Scene } from "./scene.ts";
import type { Seen } from "./seen.ts";

export const mostParcels = 8;
const mostThings = 8;
/** Nothing may change there for so long, and in so many looks, before it is asked for. */
const settleUs = 2_500_000;
const settleLooks = 3;
/** Answers that make up a verdict. */
const answers = 2;
const parcelScore = 0.5;
/** In doubt it is not told: after so many answers a thing is part of the scene. */
const mostAnswers = 6;
/** Nobody said what it is for so long (there is no model): it is part of the scene. */
const unansweredUs = 60_000_000;
/** Nothing at all happened for so long: this is the scene to compare with. */
const restUs = 5_000_000;
/** The light is another one for so long: so is the scene. */
const blindUs = 20_000_000;

interface Thing {
  readonly kind: "left" | "taken";
  readonly box: Box;
  readonly firstUs: number;
  /** Nothing changed and nobody was there since. */
  readonly sinceUs: number;
  readonly looks: number;
  readonly yes: number;
  readonly no: number;
  /** Of each answer, how surely it is a parcel; all of them together. */
  readonly sure: number;
}

interface Parcel {
  readonly box: Box;
  readonly without: Scene;
  readonly with: Scene;
}

export interface ParcelTold {
  readonly kind: "parcel-left" | "parcel-taken";
  readonly atUs: number;
  readonly box: Box;
  /** How surely a parcel is, or was, there: the mean of what was said. */
  readonly score: number;
}

export interface SceneNow {
  readonly atUs: number;
  readonly scene: Scene;
  /** Where something moves, or somebody is. */
  readonly busy: readonly Box[];
}

export class Parcels {
  #base: Scene | null = null;
  #latest: Scene | null = null;
  #things: readonly Thing[] = [];
  #parcels: readonly Parcel[] = [];
  #restSinceUs: number | null = null;
  #blindSinceUs: number | null = null;
  #isAsBefore = false;

  get known(): readonly Box[] {
    return this.#parcels.map(({ box }) => box);
  }

  /** A thing that stays waits for a verdict. */
  get wonders(): boolean {
    return this.#things.some(({ looks }) => looks > 1);
  }

  /** Nothing at all is other than it was before somebody came, as of the latest scene: also nothing that is too new to be asked for. */
  get isAsBefore(): boolean {
    return this.#isAsBefore && this.#things.length === 0;
  }

  /** What the detector should be asked about now. */
  asks(atUs: number): Box[] {
    return this.#things.filter((thing) => isRipe(thing, atUs)).map(({ box }) => box);
  }

  scene({ atUs, scene, busy }: SceneNow): void {
    this.#latest = scene;
    const base = (this.#base ??= scene);
    const changes = changesBetween(base, scene);
    this.#isAsBefore = changes !== null && changes.length === 0;
    if (changes === null) return this.#blind(scene, atUs);
    this.#blindSinceUs = null;
    const free = (box: Box): boolean => busy.every((one) => sharedArea(grown(one, 0.1), box) === 0);
    const taken = this.#parcels
      .filter((parcel) => free(parcel.box) && isGone(parcel, scene))
      .map(({ box }) => box);
    const left = changes.filter(
      (box) => free(box) && !this.#parcels.some((one) => shareIn(box, one.box) > 0.5),
    );
    this.#things = [
      ...taken.map((box) => this.#again("taken", box, atUs)),
      ...left.map((box) => this.#again("left", box, atUs)),
      ...this.#things.filter(({ box }) => !free(box)).map((thing) => ({ ...thing, sinceUs: atUs, looks: 0 })),
    ].slice(0, mostThings);
    for (const thing of this.#things) if (atUs - thing.firstUs > unansweredUs) this.#settle(thing, false);
    this.#things = this.#things.filter(({ firstUs }) => atUs - firstUs <= unansweredUs);
    this.#rest(busy.length === 0 && this.#things.length === 0, { atUs, scene });
  }

  /** What the detector said, of whatever it was asked; the answers to `asks` are among it. */
  answered(seen: readonly Seen[], asked: readonly Box[], atUs: number): ParcelTold[] {
    const told: ParcelTold[] = [];
    const open: Thing[] = [];
    for (const thing of this.#things) {
      const judged = asked.some((box) => isSameThing(box, thing.box)) ? judge(thing, seen) : thing;
      const verdict = verdictOf(judged);
      if (verdict === null) {
        open.push(judged);
        continue;
      }
      if (verdict) told.push({ kind: `parcel-${thing.kind}`, atUs, box: thing.box, score: scoreOf(judged) });
      this.#settle(thing, verdict);
    }
    this.#things = open;
    return told;
  }

  #again(kind: Thing["kind"], box: Box, atUs: number): Thing {
    const known = this.#things.find((thing) => thing.kind === kind && isSameThing(thing.box, box));
    if (known === undefined)
      return { kind, box, firstUs: atUs, sinceUs: atUs, looks: 1, yes: 0, no: 0, sure: 0 };
    return { ...known, looks: known.looks + 1 };
  }

  /** It is part of the scene from now on, as what it turned out to be. */
  #settle({ kind, box }: Thing, verdict: boolean): void {
    const [base, latest] = [this.#base, this.#latest];
    if (base === null || latest === null) return;
    const around = grown(box, 0.25);
    const parcel = this.#parcels.find((one) => isSameThing(one.box, box));
    if (kind === "left" && verdict)
      this.#parcels = [...this.#parcels, { box, without: base, with: latest }].slice(-mostParcels);
    if (kind === "taken" && verdict) this.#parcels = this.#parcels.filter((one) => one !== parcel);
    if (kind === "taken" && !verdict && parcel !== undefined)
      this.#parcels = this.#parcels.map((one) => (one === parcel ? { ...one, with: latest } : one));
    this.#base = patched(
      base,
      latest,
      parcel === undefined ? around : union(around, grown(parcel.box, 0.25)),
    );
  }

  #rest(quiet: boolean, { atUs, scene }: Pick<SceneNow, "atUs" | "scene">): void {
    if (!quiet) return void (this.#restSinceUs = null);
    this.#restSinceUs ??= atUs;
    if (atUs - this.#restSinceUs >= restUs) this.#base = scene;
  }

  #blind(scene: Scene, atUs: number): void {
    this.#restSinceUs = null;
    this.#blindSinceUs ??= atUs;
    if (atUs - this.#blindSinceUs < blindUs) return;
    this.#base = scene;
    this.#things = [];
    this.#blindSinceUs = null;
  }
}

function isRipe({ sinceUs, looks }: Thing, atUs: number): boolean {
  return looks >= settleLooks && atUs - sinceUs >= settleUs;
}

/** More like the place without the parcel than like the place with it. */
function isGone({ box, without, with: there }: Parcel, scene: Scene): boolean {
  return likeness(scene, without, box) > likeness(scene, there, box) + 0.15;
}

function judge(thing: Thing, seen: readonly Seen[]): Thing {
  const here = seen.filter(({ box }) => shareIn(thing.box, box) >= 0.5 || shareIn(box, thing.box) >= 0.6);
  const score = Math.max(0, ...here.flatMap((one) => (one.label === "parcel" ? [one.score] : [])));
  const isParcel = score >= parcelScore;
  return {
    ...thing,
    yes: thing.yes + (isParcel ? 1 : 0),
    no: thing.no + (isParcel ? 0 : 1),
    sure: thing.sure + score,
  };
}

function scoreOf({ yes, no, sure }: Thing): number {
  return yes + no === 0 ? 0 : sure / (yes + no);
}

/** Is it told (true), is it nothing (false), or not known yet (null)? */
function verdictOf({ kind, yes, no }: Thing): boolean | null {
  const [fors, against] = kind === "left" ? [yes, no] : [no, yes];
  if (fors >= answers && fors > against) return true;
  return against >= answers + 1 || fors + against >= mostAnswers ? false : null;
}
