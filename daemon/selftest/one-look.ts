/**
 * One look: a door whose camera is examined once, however many checks ask about it.
 *
 * The first question decides how long is looked; who asks later gets the same report, or the same Fault.
 */
import type { CameraReport, Door } from "./door.ts";

export function oneLook(door: Door): Door {
  let look: Promise<CameraReport> | null = null;
  return {
    how: door.how,
    processes: () => door.processes(),
    camera: (forMs, signal) => (look ??= door.camera(forMs, signal)),
    button: (forMs, signal) => door.button(forMs, signal),
    pir: (forMs, signal) => door.pir(forMs, signal),
    chime: (signal) => door.chime(signal),
    outside: (signal) => door.outside(signal),
    light: (state) => door.light(state),
  };
}
