/**
 * Label fusion: what the PIR and a label have to say together before the label counts.
 *
 * A table: for each label, by what the PIR says of the event, how sure the model must be. A warm body that the sensor felt may be
 * taken for a person on less; one that fills the picture at the door and leaves the sensor cold (a spider, a poster, rain on
 * the lens) must be sure. Cars and parcels are not warm enough to ask the sensor about. What is less sure than asked is
 * something that moves, which nobody can name: it is recorded and listed, and told to who asked for that. So the table can hide no
 * recording and no ring. Where no PIR can be asked, or the house says that it does not see a zone (`fuse: picture`), the
 * house's threshold stands alone. Measured: docs/what.md.
 */
import type { Label } from "../../models/labels.ts";
import type { Fuse, PirSays } from "./fusion.ts";

/** The sensor counts for an event when it was active in it, or so shortly before: whoever came walked past it. */
export const pirBeforeMs = 5_000;

/** unasked = there is none that can be asked; near, far = it was silent, of something at the door, and further away. */
export const pirCases = ["unasked", "moved", "near", "far"] as const;
export type PirCase = (typeof pirCases)[number];

/** How sure: at least `least`, and so much less than the house's threshold. Hundredths, as scores are kept. */
export interface Ask {
  readonly least: number;
  readonly less: number;
}

const asSet: Ask = { least: 0, less: 0 };
/** More sure than not. */
const surely: Ask = { least: 60, less: 0 };
const warm: Ask = { least: 0, less: 15 };

const body = { unasked: asSet, moved: warm, near: surely, far: asSet } as const;
const cold = { unasked: asSet, moved: asSet, near: asSet, far: asSet } as const;

export const labelTable: Readonly<Record<Label, Readonly<Record<PirCase, Ask>>>> = {
  person: body,
  animal: body,
  vehicle: cold,
  parcel: cold,
  // something warm moved: that it is nothing that matters must be sure
  other: { ...cold, moved: surely },
};

/** What is known of a label beside its score. */
export interface Circumstances {
  readonly pir: PirSays;
  /** It was at the door (what/staying.ts). */
  readonly near: boolean;
}

export function pirCaseOf({ pir, near }: Circumstances): PirCase {
  switch (pir) {
    case "unknown":
      return "unasked";
    case "moved":
      return "moved";
    case "silent":
      return near ? "near" : "far";
  }
}

/** In hundredths: above it no model is sure of anything (what/belief.ts), nor does the sensor make one so: a higher threshold is never. */
export const mostSure = 97;

export function hundredthsOf(score: number): number {
  return Math.round(score * 100);
}

/** The highest threshold under which the label counts, in hundredths; null = under none. */
export function countsUpTo(label: Label, score: number, circumstances: Circumstances): number | null {
  const { least, less } = labelTable[label][pirCaseOf(circumstances)];
  const hundredths = hundredthsOf(score);
  return hundredths < least ? null : Math.min(mostSure, hundredths + less);
}

/** `threshold` 0..1, of the house; 0 = none. */
export function isCertain(
  { label, score }: { readonly label: Label; readonly score: number },
  threshold: number,
  circumstances: Circumstances,
): boolean {
  const upTo = countsUpTo(label, score, circumstances);
  return upTo !== null && upTo >= hundredthsOf(threshold);
}

/** While it is not over: moved once is moved; silent only who was asked all the time. */
export function pirOver(before: PirSays, now: PirSays): PirSays {
  if (before === "moved" || now === "moved") return "moved";
  return before === "unknown" || now === "unknown" ? "unknown" : "silent";
}

/** Zones that the house says the sensor does not see. */
export function blindZones(
  zones: readonly { readonly name: string; readonly fuse?: Fuse | undefined }[],
): ReadonlySet<string> {
  return new Set(zones.filter(({ fuse }) => fuse === "picture").map(({ name }) => name));
}

/** Of an event in these zones. */
export function pirIn(pir: PirSays, zones: readonly string[], blind: ReadonlySet<string>): PirSays {
  return zones.length > 0 && zones.every((zone) => blind.has(zone)) ? "unknown" : pir;
}
