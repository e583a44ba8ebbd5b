/**
 * Bars: how tall then and preview stand beside each other. Pure.
 */
import type { Cause, Preview } from "../../../daemon/wire/api-calibration.ts";
import { words } from "../../words.ts";

export interface Pair {
  readonly was: number;
  readonly preview: number;
}

/** Of the tallest, 0..1; something is never nothing. */
export function shareOf(value: number, most: number): number {
  return value === 0 || most === 0 ? 0 : Math.max(0.04, value / most);
}

export function mostOf(pairs: readonly Pair[]): number {
  return Math.max(0, ...pairs.flatMap(({ was, preview }) => [was, preview]));
}

/** Every cause, in the order in which its words stand. */
const causes = Object.keys(words.calibrate.causes) as Cause[];

/** Causes that occur, in their fixed order. */
export function causePairs({ byCause }: Pick<Preview, "byCause">): (Pair & { readonly cause: Cause })[] {
  return causes.flatMap((cause) => {
    const pair = byCause[cause];
    return pair === undefined || pair.was + pair.preview === 0 ? [] : [{ cause, ...pair }];
  });
}
