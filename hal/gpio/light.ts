/**
 * GPIO status light: one LED that tells five states by its rhythm.
 *
 * Whoever stands at the door can read it: steady = this is being recorded, slow blink = somebody
 * watches live, hurried blink = broken, a blip now and then = awake and idle, dark = off.
 */
import type { Fault } from "../fault.ts";
import { toFault } from "../fault.ts";
import type { Clock, LightState, SensorDriver, StatusLight } from "../sensors.ts";
import { type LineOptions, openOutputLine, writeLine } from "./line.ts";

/** Lit and dark in turns; a phase of 0 ms is left out, so [1, 0] is steady. */
export const rhythms: Readonly<Record<LightState, readonly [litMs: number, darkMs: number]>> = {
  off: [0, 1],
  idle: [60, 3_940],
  recording: [1, 0],
  live: [500, 500],
  fault: [120, 120],
};

export interface LightOptions extends LineOptions {
  readonly clock: Clock;
}

export function gpioLight(options: LightOptions): SensorDriver<StatusLight> {
  return {
    async open() {
      const line = await openOutputLine(options);
      let cancel = (): void => {};
      let broken: Fault | null = null;
      let open = true;
      let shown: LightState = "off";

      const blink = (lit: boolean, state: LightState): void => {
        const [litMs, darkMs] = rhythms[state];
        try {
          writeLine(line, lit);
          if (litMs === 0 || darkMs === 0) return;
          cancel = options.clock.after(lit ? litMs : darkMs, () => blink(!lit, state));
        } catch (error) {
          broken = toFault(error);
        }
      };
      return {
        name: line.name,
        /** A failure between two calls is told by the later one; open the light anew after that. */
        async show(state) {
          if (!open) return;
          if (state !== shown) {
            cancel();
            shown = state;
            blink(rhythms[state][0] > 0, state);
          }
          if (broken !== null) throw broken;
        },
        async [Symbol.asyncDispose]() {
          if (!open) return;
          open = false;
          cancel();
          blink(false, "off");
          line.kernel.close(line.fd);
        },
      };
    },
  };
}
