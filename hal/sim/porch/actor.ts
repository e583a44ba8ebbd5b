/**
 * Actor: somebody or something that moves on the porch, where it is and how it holds itself; and plain spans of time.
 */
import type { VisitorKind } from "./settings.ts";
import type { Place } from "./track.ts";

export type Actor =
  | {
      readonly kind: "person";
      readonly id: string;
      readonly look: number;
      readonly role: "visitor" | "courier" | "resident" | "walker" | "prowler";
      readonly place: Place;
      readonly reach: number;
      readonly bend: number;
      readonly carries: number | null;
      /** 0..1: how far up to the lens. */
      readonly raised: number;
      /** How a visitor behaves; the others are plain. */
      readonly manner: VisitorKind;
    }
  | {
      readonly kind: "vehicle";
      readonly id: string;
      readonly look: number;
      readonly place: Place;
      readonly lorry?: "white" | "black";
    }
  | { readonly kind: "animal"; readonly id: string; readonly look: number; readonly place: Place }
  | {
      readonly kind: "thing";
      readonly id: string;
      readonly look: number;
      readonly place: Place;
      readonly what: "bin" | "bicycle";
    }
  | { readonly kind: "parcel"; readonly id: string; readonly look: number; readonly place: Place };

export interface PirPlan {
  readonly atMs: number;
  readonly active: boolean;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}
