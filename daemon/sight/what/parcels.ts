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
import { Before } from "./before.ts";
import { grown, shareIn, sharedArea, union, type Box } from "./box.ts";
import { isSameThing } from "./changes.ts";
import { likeness, type Scene } from "./scene.ts";
import type { Seen } from "./seen.ts";
import { isRipe, isUnanswered, judge, newThing, scoreOf, verdictOf, type Thing } from "./thing.ts";

export const mostParcels = 8;
const mostThings = 8;

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
  readonly #before = new Before();
  #things: readonly Thing[] = [];
  #parcels: readonly Parcel[] = [];
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
    const changes = this.#before.changes(scene);
    this.#isAsBefore = changes !== null && changes.length === 0;
    if (changes === null) {
      if (this.#before.blind(scene, atUs)) this.#things = [];
      return;
    }
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
    for (const thing of this.#things) if (isUnanswered(thing, atUs)) this.#settle(thing, false);
    this.#things = this.#things.filter((thing) => !isUnanswered(thing, atUs));
    if (busy.length === 0 && this.#things.length === 0) this.#before.rest(scene, atUs);
    else this.#before.stir();
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
    return known === undefined ? newThing(kind, box, atUs) : { ...known, looks: known.looks + 1 };
  }

  /** It is part of the scene from now on, as what it turned out to be. */
  #settle({ kind, box }: Thing, verdict: boolean): void {
    const { scene: without, latest } = this.#before;
    if (without === null || latest === null) return;
    const around = grown(box, 0.25);
    const parcel = this.#parcels.find((one) => isSameThing(one.box, box));
    if (kind === "left" && verdict)
      this.#parcels = [...this.#parcels, { box, without, with: latest }].slice(-mostParcels);
    if (kind === "taken" && verdict) this.#parcels = this.#parcels.filter((one) => one !== parcel);
    if (kind === "taken" && !verdict && parcel !== undefined)
      this.#parcels = this.#parcels.map((one) => (one === parcel ? { ...one, with: latest } : one));
    this.#before.take(parcel === undefined ? around : union(around, grown(parcel.box, 0.25)));
  }
}

/** More like the place without the parcel than like the place with it. */
function isGone({ box, without, with: there }: Parcel, scene: Scene): boolean {
  return likeness(scene, without, box) > likeness(scene, there, box) + 0.15;
}
