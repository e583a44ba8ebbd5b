/**
 * Thing: what differs from before and stays, until it is known what it is.
 *
 * It is asked for once nothing has changed there for some seconds. Some answers that agree make a verdict; in doubt, and
 * when nobody answers, it is part of the scene and not told.
 */
import { shareIn, type Box } from "./box.ts";
import type { Seen } from "./seen.ts";

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

export interface Thing {
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

export function newThing(kind: Thing["kind"], box: Box, atUs: number): Thing {
  return { kind, box, firstUs: atUs, sinceUs: atUs, looks: 1, yes: 0, no: 0, sure: 0 };
}

export function isRipe({ sinceUs, looks }: Thing, atUs: number): boolean {
  return looks >= settleLooks && atUs - sinceUs >= settleUs;
}

export function isUnanswered({ firstUs }: Thing, atUs: number): boolean {
  return atUs - firstUs > unansweredUs;
}

export function judge(thing: Thing, seen: readonly Seen[]): Thing {
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

/** How surely a parcel is, or was, there: the mean of what was said. */
export function scoreOf({ yes, no, sure }: Thing): number {
  return yes + no === 0 ? 0 : sure / (yes + no);
}

/** Is it told (true), is it nothing (false), or not known yet (null)? */
export function verdictOf({ kind, yes, no }: Thing): boolean | null {
  const [fors, against] = kind === "left" ? [yes, no] : [no, yes];
  if (fors >= answers && fors > against) return true;
  return against >= answers + 1 || fors + against >= mostAnswers ? false : null;
}
