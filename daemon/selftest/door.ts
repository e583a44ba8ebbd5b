/**
 * Door: what a check may ask of camera and lines, whoever holds them.
 *
 * Two implementations: over a running house (the eye looks, the keeper feels its lines) and with
 * the hardware opened for the test alone. What comes back are measurements and masked pictures;
 * an unmasked pixel never leaves the eye's code.
 */
import type { LightState } from "../../hal/sensors.ts";
import type { Waveform } from "./waveform.ts";

/** What some seconds of camera showed. Luma 0..255 over visible pixels only. */
export interface CameraReport {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly askedFps: number;
  readonly frames: number;
  /** Time between frames, by media time. */
  readonly gapMs: { readonly median: number; readonly p99: number; readonly most: number };
  readonly droppedFrames: number;
  readonly luma: { readonly mean: number; readonly darkFrac: number; readonly brightFrac: number };
  /** Variance of the Laplacian over visible pixels, and the best this camera has ever had here. */
  readonly sharpness: { readonly now: number; readonly best: number };
  /** Mean difference of successive frames; 0 exactly = the very same picture. */
  readonly change: { readonly median: number; readonly identical: number };
  readonly covered: boolean;
  readonly light: "bright" | "dark" | "infrared";
  readonly mask: {
    readonly policyVersion: number | null;
    readonly visibleFrac: number;
    /** Pixels that should have been destroyed and were not, of all that were looked at. */
    readonly leaked: number;
    readonly looked: number;
  };
  readonly picture: Uint8Array | null;
}

export interface LineReport {
  readonly name: string;
  /** Level when the watch began. */
  readonly active: boolean;
  /** Before debounce. */
  readonly edges: Waveform["edges"];
  /** After debounce. */
  readonly presses: number;
  /** Lost because a queue overran. */
  readonly missed: number;
}

/** Each rejects with a Fault that says what is missing; `null` = off by settings. */
export interface Door {
  /** "a running house" or "this test alone", for the report. */
  readonly how: string;
  camera(forMs: number, signal: AbortSignal): Promise<CameraReport>;
  /** Until the first press has settled, or for so long. */
  button(forMs: number, signal: AbortSignal): Promise<LineReport | null>;
  pir(forMs: number, signal: AbortSignal): Promise<LineReport | null>;
  /** Sounds the chime; `heard`: how much louder the microphone was meanwhile, in dB; null = there is none. */
  chime(signal: AbortSignal): Promise<{ readonly heard: number | null } | null>;
  light(state: LightState): Promise<{ readonly name: string } | null>;
}
