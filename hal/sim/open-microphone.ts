/**
 * Simulated open microphone: the porch hums one note for ever, so that a test knows what to listen for.
 */
import { gstOpenMicrophone } from "../gst/open-microphone.ts";
import type { OpenMicrophone } from "../open-microphone.ts";
import type { Clock, SensorDriver } from "../sensors.ts";

/** The A that orchestras tune to. */
export const porchHertz = 440;

export function simOpenMicrophone({ clock }: { readonly clock: Clock }): SensorDriver<OpenMicrophone> {
  const source =
    `audiotestsrc is-live=true wave=sine volume=0.3 samplesperbuffer=960 freq=${porchHertz}`.split(" ");
  return gstOpenMicrophone({ clock, name: "sim microphone", source });
}
