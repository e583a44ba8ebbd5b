/**
 * Ignored: is there nothing in an event that anybody wants? Then lists hide it, and it is kept for less time.
 *
 * Only of a movement that is over, was seen to its end, and of which every word is ruled `ignore` where it was, also words that
 * the house's thresholds take out: who doubts the model must lose nothing by it. What nobody could name is never ignored, nor
 * a parcel, nor what a person said anything about (a mark, another word, "keep it", shared), nor what somebody rang in. In
 * doubt an event is shown. Pure; asked again with every change.
 */
import type { Event } from "../wire/api.ts";
import { actionOn, judgedBy, wordOf, type WhatRules } from "./zone-actions.ts";

export type Judgeable = Pick<
  Event,
  "kind" | "state" | "zones" | "what" | "said" | "happenings" | "mark" | "corrected" | "spared"
>;

export function isIgnored(event: Judgeable, rules: WhatRules): boolean {
  const { kind, state, zones, what, said, happenings, mark, corrected, spared } = event;
  if (kind === "ring" || state !== "closed" || what.length === 0) return false;
  if (mark !== null || corrected !== null || spared !== null) return false;
  const named = [...what, ...said.map(({ label }) => label)];
  const words = [
    ...named.map((label) => [wordOf(label)].filter((word) => word !== null)),
    ...happenings.map((kind) => judgedBy(kind, event)),
  ];
  return words.every((each) => actionOn(each, zones, rules) === "ignore");
}
