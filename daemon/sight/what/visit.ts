/**
 * Visit: what is said of one event, from the tracks and happenings that fell into it.
 */
import { labels, type Label } from "../../../models/labels.ts";
import type { HappeningKind } from "../../wire/what.ts";
import { surest, type Believed } from "./belief.ts";
import { isAtDoor } from "./staying.ts";
import { whatIs, type Track } from "./track.ts";

export interface Happening {
  readonly kind: HappeningKind;
  readonly atUs: number;
  /** It was told of an event before, and is still so: no news. */
  readonly known?: true;
}

export interface Named extends Believed {
  /** It was at the door. */
  readonly near?: true;
}

/** What is known of an event so far. */
export interface Told {
  readonly event: string;
  /** Each label once, the most certain first; nothing that matters only where nothing else was seen. */
  readonly what: readonly Named[];
  readonly happenings: readonly Happening[];
  /** Whoever waited at the door is not there any more. */
  readonly gone?: true;
  /** Nothing better is to be expected soon. */
  readonly settled: boolean;
}

export class Visit {
  readonly event: string;
  readonly startUs: number;
  readonly #scores = new Map<Label, number>();
  /** What was at the door, while it was taken for that. */
  readonly #near = new Set<Label>();
  readonly #happenings: Happening[] = [];

  constructor(event: string, startUs: number) {
    this.event = event;
    this.startUs = startUs;
  }

  /** A track may change its mind: what is said is what is believed now, and what was believed of tracks that ended. */
  see(tracks: readonly Track[], ended: readonly Track[]): void {
    for (const track of ended) this.#add(this.#scores, track);
    this.#now = new Map(this.#scores);
    for (const track of tracks) this.#add(this.#now, track);
  }

  #now = new Map<Label, number>();
  #gone = false;

  happened(kind: HappeningKind, atUs: number, how: Pick<Happening, "known"> = {}): void {
    const at = this.#happenings.findIndex((one) => one.kind === kind);
    if (at === -1) this.#happenings.push({ kind, atUs, ...how });
    // somebody else does it too
    else if (this.#happenings[at]?.known === true && how.known !== true)
      this.#happenings[at] = { kind, atUs };
  }

  /** Whether anybody who waited at the door is there now. */
  waits(isThere: boolean): void {
    this.#gone = !isThere && this.#happenings.some(({ kind }) => kind === "waiting");
  }

  /** A thing that moves nothing, and so is no track; no surer than of a track. */
  lies({ label, score: said }: Believed): void {
    const score = Math.min(surest, said);
    for (const scores of [this.#scores, this.#now])
      scores.set(label, Math.max(score, scores.get(label) ?? 0));
  }

  told(settled: boolean): Told {
    const all = labels
      .flatMap((label): Named[] => {
        const score = this.#now.get(label);
        const near = this.#near.has(label) ? { near: true as const } : {};
        return score === undefined ? [] : [{ label, score, ...near }];
      })
      .sort((a, b) => b.score - a.score);
    const matters = all.filter(({ label }) => label !== "other");
    return {
      event: this.event,
      what: matters.length > 0 ? matters : all,
      happenings: [...this.#happenings],
      ...(this.#gone ? { gone: true as const } : {}),
      settled,
    };
  }

  #add(to: Map<Label, number>, track: Track): void {
    const what = track.lastUs >= this.startUs ? whatIs(track) : null;
    if (what === null) return;
    to.set(what.label, Math.max(what.score, to.get(what.label) ?? 0));
    if (isAtDoor(track.box)) this.#near.add(what.label);
  }
}
