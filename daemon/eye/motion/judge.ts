/**
 * Judge: is this movement? From the cells' evidence alone, frame by frame.
 *
 * A cell is worth what it can prove: it must differ from the background, stir, have a neighbour
 * that does too, and be joined to such cells in every picture of the last quarter second, each
 * overlapping the one before. Rain and insects jump further than they are long; a switched lamp,
 * a moved chair or the digits of a clock stir once and stand still; a body overlaps itself. What
 * has proved itself is held, a little weaker, while it stays changed and something near it lives.
 *
 * No threshold enters: `worth` is the highest threshold that the cell would pass (everything is a
 * minimum or a maximum of evidence), so that sensitivities and zones are compared at the very end.
 * More sensitivity can therefore never lose a motion frame, and stored evidence can be judged
 * again under other settings with the same answer.
 */
import { cover, emptyCover, type Cover, type Scene } from "./cover.ts";
import { emptyHold, hold, holdPlan, type Hold, type HoldPlan } from "./hold.ts";
import type { CellOps } from "./kernel/ops.ts";
import { emptyRestless, rest, type Restless, type RestlessPlan } from "./restless.ts";
import type { Tuning } from "./tuning.ts";

export interface Judge {
  /** Per cell, the highest threshold passed in the latest picture, 0..255. */
  readonly worth: Uint8Array;
  /** links[j]: the same had persistence asked for j + 1 pictures only. */
  readonly links: readonly Uint8Array[];
  /** What a good part of the picture proved at once, in the latest pictures (a shift register). */
  readonly mass: Uint8Array;
  readonly restless: Restless;
  readonly hold: Hold;
  readonly cover: Cover;
  /** Stir of all cells together, usually; and how many repeats of a picture came in a row. */
  usualStir: number;
  repeats: number;
}

/** Change and stir of one picture, 0..255 per cell: all that a decision needs. */
export interface CellEvidence {
  readonly change: Uint8Array;
  readonly stir: Uint8Array;
}

export interface JudgePlan {
  readonly ops: CellOps;
  readonly tuning: Tuning;
  /** 255 per cell in which anything can be judged, 0 behind the mask. */
  readonly shown: Uint8Array;
  readonly repeatPictures: number;
  readonly hold: HoldPlan;
  readonly restless: RestlessPlan;
  /** Room for intermediate results; says nothing from one picture to the next. */
  readonly room: Readonly<Record<"change" | "stir" | "proof" | "near", Uint8Array>> & {
    readonly counts: Uint16Array;
  };
}

interface Pace {
  readonly tuning: Tuning;
  readonly fps: number;
}

interface JudgedWith extends Pace, Pick<JudgePlan, "ops" | "shown"> {}

/** `bytes` gives an array of a byte per cell in the kernel's memory. */
export function emptyJudge(bytes: () => Uint8Array, { tuning, fps }: Pace): Judge {
  const worth = bytes();
  const pictures = 1 + Math.max(1, Math.round((tuning.persistMs * fps) / 1_000));
  return {
    worth,
    links: Array.from({ length: pictures }, bytes),
    mass: new Uint8Array(1 + Math.max(1, Math.round((tuning.stirMs * fps) / 1_000))),
    restless: emptyRestless(bytes),
    hold: emptyHold(worth.length),
    cover: emptyCover(worth.length, { tuning, fps }),
    usualStir: 0,
    repeats: 0,
  };
}

export function judgePlan(bytes: () => Uint8Array, { ops, shown, tuning, fps }: JudgedWith): JudgePlan {
  return {
    ops,
    tuning,
    shown,
    repeatPictures: Math.max(1, Math.round((tuning.repeatMs * fps) / 1_000)),
    hold: holdPlan(tuning, fps),
    restless: { ops, tuning, second: Math.max(1, Math.round(fps)) },
    room: {
      change: bytes(),
      stir: bytes(),
      proof: bytes(),
      near: bytes(),
      counts: new Uint16Array(256),
    },
  };
}

export function judge(state: Judge, evidence: CellEvidence & Scene, plan: JudgePlan): void {
  const { ops, tuning, room } = plan;
  ops.support(evidence.change, room.change);
  ops.spread(evidence.stir, room.stir);
  ops.least(room.change, room.stir, room.proof);
  for (let k = 0; k < room.proof.length; k += 1) if ((room.proof[k] ?? 0) < tuning.least) room.proof[k] = 0;
  const { toll } = state.restless;
  rest(state.restless, room.proof, state.worth, plan.restless);
  for (let k = 0; k < room.proof.length; k += 1) {
    const left = (room.proof[k] ?? 0) - (toll[k] ?? 0);
    room.proof[k] = left < tuning.least ? 0 : left;
  }
  weighMass(state, plan);
  if (!isRepeat(state, evidence.stir, plan)) persist(state, plan);
  settle(state, plan);
  seeCover(state, evidence, plan);
}

/** Nothing moves and nothing is held. */
export function forget({ worth, links, mass, hold: held }: Judge): void {
  for (const cells of [worth, ...links, mass, held.alive]) cells.fill(0);
}

/**
 * A camera that stutters sends a picture twice (or almost): it says nothing new, and must not
 * break the chain. Only a few in a row are passed over: after that standing still is the news.
 */
function isRepeat(state: Judge, stir: Uint8Array, { tuning, repeatPictures }: JudgePlan): boolean {
  let total = 0;
  for (let k = 0; k < stir.length; k += 1) total += stir[k] ?? 0;
  const repeat = total < state.usualStir * tuning.repeatFrac && state.repeats < repeatPictures;
  state.repeats = repeat ? state.repeats + 1 : 0;
  if (!repeat) state.usualStir += (total - state.usualStir) / 16;
  return repeat;
}

/**
 * What is large and quick (somebody steps right in front of the lens) need not overlap itself: it
 * is enough that a good part of the picture proves movement for longer than any switch takes.
 */
function weighMass({ mass }: Judge, { tuning, room }: JudgePlan): void {
  const { counts, proof } = room;
  counts.fill(0);
  for (let k = 0; k < proof.length; k += 1) counts[proof[k] ?? 0] = (counts[proof[k] ?? 0] ?? 0) + 1;
  const enough = proof.length * tuning.massFrac;
  let level = 255;
  for (let cells = counts[level] ?? 0; cells < enough && level > 0; cells += counts[level] ?? 0) level -= 1;
  mass.copyWithin(1, 0);
  mass[0] = level;
}

/** Every link asks for one picture more than the link before it did a picture ago. */
function persist({ links }: Judge, { ops, room }: JudgePlan): void {
  const { near, proof } = room;
  for (let j = links.length - 1; j > 0; j -= 1) {
    const [link, shorter] = [links[j], links[j - 1]];
    if (link === undefined || shorter === undefined) continue;
    ops.spread(shorter, near);
    ops.least(near, proof, link);
  }
  links[0]?.set(proof);
}

function settle(state: Judge, { ops, room, ...plan }: JudgePlan): void {
  const { worth, links, mass, restless } = state;
  const { near, proof } = room;
  ops.spread(worth, near);
  hold(state.hold, { ...room, toll: restless.toll }, { to: worth, ...plan.hold });
  const proven = links[links.length - 1] ?? worth;
  const massive = mass.reduce((least, level) => Math.min(least, level), 255);
  for (let k = 0; k < worth.length; k += 1) {
    const large = Math.min(massive, proof[k] ?? 0);
    worth[k] = Math.max(proven[k] ?? 0, large, worth[k] ?? 0);
  }
}

/** Where it stirs while a body covers or uncovers the scene, that is what moves; never behind the mask. */
function seeCover(state: Judge, scene: Scene, { tuning, room, shown }: JudgePlan): void {
  const covered = cover(state.cover, scene, tuning);
  if (covered < tuning.least) return;
  const { worth } = state;
  for (let k = 0; k < worth.length; k += 1)
    worth[k] = Math.max(worth[k] ?? 0, Math.min(covered, room.stir[k] ?? 0, shown[k] ?? 0));
}
