/**
 * Door: what a check may ask of camera, lines and the way out, whoever holds them.
 *
 * Two implementations: over a running house (the eye looks, the keeper feels its lines) and with
 * the hardware opened for the test alone. What comes back are measurements and sealed pictures;
 * an unmasked pixel never leaves the eye's code.
 */
import type { LightState } from "../../hal/sensors.ts";
import type { CameraReport, ChimeReport, LineReport, PirReport } from "../wire/examine.ts";
import type { HostReach } from "../wire/reach.ts";

export type { CameraReport, ChimeReport, LineReport, PirReport } from "../wire/examine.ts";

/** Each rejects with a Fault that says what is missing; `null` = off by settings. */
export interface Door {
  /** "a running house" or "this test alone", for the report. */
  readonly how: string;
  /** The other processes of the house that are there, each with its version of Sill where it told one. */
  processes(): readonly { readonly name: string; readonly sill: string | null }[];
  /** Many checks ask; whoever runs them wraps the door in `oneLook` (one-look.ts). */
  camera(forMs: number, signal: AbortSignal): Promise<CameraReport>;
  /** Until the first press has settled, or for so long. Presses still ring meanwhile. */
  button(forMs: number, signal: AbortSignal): Promise<LineReport | null>;
  pir(forMs: number, signal: AbortSignal): Promise<PirReport | null>;
  /** Sounds the chime, with the microphone of the settings listening. */
  chime(signal: AbortSignal): Promise<ChimeReport | null>;
  /** Has the courier call each host that the settings name; `null` = there is none that could be asked. */
  outside(signal: AbortSignal): Promise<readonly HostReach[] | null>;
  /** Shows a state until another one is asked for; `null` puts back what the house would show. */
  light(state: LightState | null): Promise<{ readonly name: string } | null>;
}
