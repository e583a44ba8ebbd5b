/**
 * Watch: all that is made of what a detector said, in one place: tracks, happenings, parcels, the event they belong to.
 *
 * Looks, scenes, presses and events go in, in media time; `told` says what is known of the event that is open. No clock, no
 * picture, no chance: the same goes in, the same comes out. One event is open at a time, as in the event machine.
 */
import type { FrameGeometry } from "../../../hal/frame.ts";
import type { Polygon } from "../../../hal/geometry.ts";
import { overlap, shareIn, type Box } from "./box.ts";
import { crossed } from "./crossing.ts";
import { edgeOf, type Edge } from "./edge.ts";
import { Parcels, type ParcelTold } from "./parcels.ts";
import type { Scene } from "./scene.ts";
import type { Look } from "./seen.ts";
import { noStay, stayOf, staysAs, waitsAt, type Stay, type Staying, type StayingRules } from "./staying.ts";
import { placeAt, whatIs, type Track } from "./track.ts";
import { mostHeldUs, Tracks } from "./tracks.ts";
import { Visit, type Told } from "./visit.ts";

export interface WatchOptions extends FrameGeometry {
  /** As it lies in this picture. */
  readonly propertyLine: Polygon;
  readonly staying: StayingRules;
}

interface Mark {
  readonly stay: Stay;
  readonly crossed: boolean;
  /** What was said of it in some event. */
  readonly told: ReadonlySet<Staying>;
}

/** Not seen for so long, it does not move any more. */
const stillUs = 700_000;
/** Who stands still is looked at once a second: seen this lately, he is there. */
const momentUs = 2_500_000;
/** What was put down in an event that is over for longer is no news of it. */
const lateUs = 60_000_000;
const noMark: Mark = { stay: noStay, crossed: false, told: new Set() };
/** Told as settled when the visit was looked at so often. */
const settledLooks = 4;

export class Watch {
  readonly edge: Edge;
  readonly #options: WatchOptions;
  readonly #tracks: Tracks;
  readonly #parcels = new Parcels();
  #marks = new Map<number, Mark>();
  #visit: Visit | null = null;
  /** The event that was over last, for what turns out about it a little later. */
  #past: { readonly visit: Visit; readonly overUs: number } | null = null;
  #looks = 0;
  #pressUs: number | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.edge = edgeOf(options.propertyLine, options);
    this.#tracks = new Tracks(this.edge);
  }

  get tracks(): readonly Track[] {
    return this.#tracks.all;
  }

  /** Somebody who matters was seen a moment ago, moving or not. */
  holdsAt(atUs: number): boolean {
    return this.#tracks.all.some((track) => matters(track) && atUs - track.lastUs < momentUs);
  }

  /** A thing waits for a verdict: the event should not be over before. */
  get wonders(): boolean {
    return this.#parcels.wonders;
  }

  /** Nothing was put down, as far as the scene can tell. */
  get isAsBefore(): boolean {
    return this.#parcels.isAsBefore;
  }

  opened(event: string, atUs: number): void {
    this.#visit = new Visit(event, atUs);
    this.#looks = 0;
  }

  closed(atUs: number): Told | null {
    const told = this.told(true);
    if (this.#visit !== null) this.#past = { visit: this.#visit, overUs: atUs };
    this.#visit = null;
    return told;
  }

  /** Of an event that is over since a moment: what a look just now said of its parcels; null = there is none. */
  late(atUs: number): Told | null {
    return this.#visit === null ? (this.#pastAt(atUs)?.told(true) ?? null) : null;
  }

  press(atUs: number): void {
    this.#pressUs = atUs;
  }

  /** Where it is worth looking beside what moves: people who stand still, things that were put down. */
  wanted(atUs: number): Box[] {
    const isStill = ({ lastUs }: Track): boolean => atUs - lastUs >= stillUs && atUs - lastUs <= mostHeldUs;
    const still = this.#tracks.all.filter((track) => matters(track) && isStill(track));
    return [...this.#parcels.asks(atUs), ...still.map(({ box }) => box)];
  }

  /** `asked`: what of `wanted` was asked in this look. What parcels came of it is told back, for their pictures. */
  look(look: Look, asked: readonly Box[] = []): ParcelTold[] {
    const seen = look.seen.map((one) => {
      if (!isAnswer(one.box, asked) && liesIn(one.box, look.moving)) return one;
      return { ...one, begins: false, still: !movesIn(one.box, look.moving) };
    });
    const { ended } = this.#tracks.see(
      withoutStrangers({ ...look, seen }, [...asked, ...this.#places(look.atUs)]),
    );
    this.#looks += 1;
    this.#visit?.see(this.#tracks.all, ended);
    this.#mark(look.atUs);
    const told = this.#parcels.answered(look.seen, asked, look.atUs);
    const visit = this.#visit ?? this.#pastAt(look.atUs);
    for (const { kind, atUs, score } of told) {
      visit?.happened(kind, atUs);
      if (kind === "parcel-left") visit?.lies({ label: "parcel", score });
    }
    return told;
  }

  /** The scene now and then while anything happens, and while nothing does. */
  scene(scene: Scene, atUs: number, moving: readonly Box[]): void {
    this.#parcels.scene({ atUs, scene, busy: [...moving, ...this.#places(atUs)] });
  }

  /** null = no event is open. */
  told(settled = this.#looks >= settledLooks): Told | null {
    return this.#visit?.told(settled) ?? null;
  }

  #pastAt(atUs: number): Visit | null {
    return this.#past !== null && atUs - this.#past.overUs <= lateUs ? this.#past.visit : null;
  }

  /** Of those that matter: a leaf is nobody. */
  #places(atUs: number): Box[] {
    return this.#tracks.all.filter(matters).map((track) => placeAt(track, atUs));
  }

  #mark(atUs: number): void {
    const now = { atUs, pressUs: this.#pressUs, rules: this.#options.staying };
    const marks = new Map<number, Mark>();
    for (const track of this.#tracks.all) {
      const before = this.#marks.get(track.id) ?? noMark;
      const stay = stayOf(before.stay, track, now);
      const isIn = before.crossed || crossed(track, this.edge);
      if (isIn && !before.crossed) this.#visit?.happened("crossed", atUs);
      const told = this.#staying(staysAs(stay, track, now), before.told, atUs);
      marks.set(track.id, { stay, crossed: isIn, told });
    }
    this.#marks = marks;
    this.#visit?.waits([...marks.values()].some(({ stay }) => waitsAt(stay, atUs)));
  }

  /** An event that became too long is followed by another one: who stayed before and still does is known there. */
  #staying(kinds: readonly Staying[], before: ReadonlySet<Staying>, atUs: number): ReadonlySet<Staying> {
    const visit = this.#visit;
    if (visit === null || kinds.length === 0) return before;
    for (const kind of kinds) visit.happened(kind, atUs, before.has(kind) ? { known: true } : {});
    return new Set([...before, ...kinds]);
  }
}

function matters(track: Track): boolean {
  const what = whatIs(track);
  return what !== null && what.label !== "other" && what.label !== "parcel";
}

/** Of a thing that is seen, at least so much lies where something moved, or was asked for. */
const leastMoving = 0.2;

/** A model that looks at the whole picture also sees what was there all the time: a parked car did not come. */
function withoutStrangers(look: Look, places: readonly Box[]): Look {
  return { ...look, seen: look.seen.filter(({ box }) => liesIn(box, [...look.moving, ...places])) };
}

function liesIn(box: Box, places: readonly Box[]): boolean {
  return places.some((place) => shareIn(box, place) >= leastMoving);
}

/** Who stands may move no more than a hand: of some movement, the larger part lies in his box. */
function movesIn(box: Box, moving: readonly Box[]): boolean {
  return moving.some((one) => shareIn(one, box) >= 0.5);
}

/** The answer of a model that judges the boxes it is given. */
function isAnswer(box: Box, asked: readonly Box[]): boolean {
  return asked.some((one) => overlap(box, one) > 0.9);
}
