/**
 * Gesture state: what the fingers on the stage are doing, and what one pointer event brings.
 */
import type { Point } from "../../hal/geometry.ts";
import type { Act, Desk } from "./desk.ts";
import type { Hit } from "./hit.ts";
import type { View } from "./view.ts";

export interface PointerStep {
  readonly type: "down" | "move" | "up" | "cancel";
  readonly pointer: number;
  /** On the stage, CSS pixels. */
  readonly at: Point;
  readonly touch: boolean;
}

export interface Finger {
  readonly pointer: number;
  readonly at: Point;
}

export type Gesture =
  | { readonly kind: "idle" }
  | { readonly kind: "press"; readonly finger: Finger; readonly hit: Hit | null }
  /** `grab`: from the finger to the corner, CSS pixels, so that it does not jump under it. */
  | {
      readonly kind: "corner";
      readonly finger: Finger;
      readonly grab: Point;
      readonly run: string;
      readonly shape: number;
      readonly corner: number;
    }
  /** `from`: finger and first corner as the drag began, fractions. */
  | {
      readonly kind: "shape";
      readonly finger: Finger;
      readonly from: { readonly finger: Point; readonly first: Point };
      readonly run: string;
      readonly shape: number;
    }
  | { readonly kind: "aim"; readonly finger: Finger }
  | { readonly kind: "pan"; readonly finger: Finger }
  | { readonly kind: "pinch"; readonly fingers: readonly [Finger, Finger] };

export interface Scene {
  readonly desk: Desk;
  readonly view: View;
  /** Where a corner goes that is dropped here. */
  readonly snap: (place: Point) => Point;
  /** Names one drag; another one each time. */
  readonly run: string;
}

export interface Outcome {
  readonly gesture: Gesture;
  readonly acts: readonly Act[];
  readonly view: View;
}

export const idle: Gesture = { kind: "idle" };
