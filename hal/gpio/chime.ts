/**
 * GPIO chime: holds a line active for `soundMs` (a relay, a buzzer, a chime's trigger).
 *
 * `sound` resolves when the line is back at rest; a call meanwhile resolves at once and changes
 * nothing. Closing in mid-sound silences it.
 */
import type { Chime, Clock, SensorDriver } from "../sensors.ts";
import { type LineOptions, openOutputLine, writeLine } from "./line.ts";

export interface ChimeOptions extends LineOptions {
  readonly soundMs: number;
  readonly clock: Clock;
}

export function gpioChime(options: ChimeOptions): SensorDriver<Chime> {
  return {
    async open() {
      const line = await openOutputLine(options);
      let open = true;
      let silence: (() => void) | null = null;

      const sound = async (): Promise<void> => {
        if (silence !== null || !open) return;
        writeLine(line, true);
        await new Promise<void>((resolve) => {
          const cancel = options.clock.after(options.soundMs, resolve);
          silence = () => {
            cancel();
            resolve();
          };
        });
        silence = null;
        if (open) writeLine(line, false);
      };
      return {
        name: line.name,
        sound,
        async [Symbol.asyncDispose]() {
          if (!open) return;
          open = false;
          try {
            if (silence !== null) writeLine(line, false);
          } catch {
            // the chip is gone, and the sound with it
          }
          silence?.();
          line.kernel.close(line.fd);
        },
      };
    },
  };
}
