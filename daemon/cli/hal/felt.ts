/**
 * Felt: what a command hears of lines, whoever holds them: the running doorbell or itself.
 */
import type { Fault } from "../../../hal/fault.ts";
import type { LightState } from "../../../hal/sensors.ts";
import type { MomentOf, TraceLine } from "../../../hal/trace/format.ts";
import type { StampedEdge } from "../../../hal/trace/recorder.ts";

export type Felt =
  | { readonly type: "edge"; readonly line: string; readonly edge: StampedEdge }
  | { readonly type: "outcome"; readonly line: string; readonly edge: StampedEdge }
  | { readonly type: "missed"; readonly line: string; readonly count: number }
  | { readonly type: "lost"; readonly line: string; readonly fault: Fault }
  | { readonly type: "opened"; readonly line: string; readonly active: boolean | null }
  | { readonly type: "output"; readonly line: string; readonly active: boolean; readonly light?: LightState }
  | ({ readonly type: "frame"; readonly ns: bigint } & Omit<MomentOf<"frame">, "type" | "atNs">)
  | ({ readonly type: "camera"; readonly ns: bigint } & Omit<MomentOf<"camera">, "type" | "atNs">)
  /** A masked frame, sealed by the eye. */
  | {
      readonly type: "picture";
      readonly ns: bigint;
      readonly sequence: number;
      readonly sealed: Uint8Array;
    }
  /** So much was told faster than it could be taken. */
  | { readonly type: "left"; readonly count: number };

/** A line that is being felt. */
export interface FeltLine extends TraceLine {
  /** For people: "gpio pinctrl-rp1 17", "sim button". */
  readonly name: string;
  /** "this command", or the running doorbell. */
  readonly holder: "command" | "house";
}

export interface Feeling extends AsyncDisposable {
  readonly lines: readonly FeltLine[];
  readonly by: "house" | "standalone";
  /** Resolves when nothing more can come, with why. */
  readonly over: Promise<Fault | null>;
}
