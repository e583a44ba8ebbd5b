/**
 * Alone door: camera and lines opened for the test, because no doorbell runs that holds them.
 *
 * Each is opened when a check asks for it and closed with the door. Presses are felt, and ring nowhere.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Clock, LightState, SensorDriver } from "../../../hal/sensors.ts";
import { examineAlone } from "../../eye/examine/alone.ts";
import { sensorDrivers } from "../../keeper/sensors/drivers.ts";
import type { Door } from "../../selftest/door.ts";
import { chimeHeard } from "../../selftest/microphone.ts";
import { PirPast, watchLine, type WatchedLine } from "../../selftest/watch-line.ts";

const settleMs = 700;

export interface AloneDoorOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly epochWallMs: number;
}

/** Opens a driver once, whoever asks first; null = off by settings. */
function once<T extends AsyncDisposable>(driver: SensorDriver<T> | null, stack: AsyncDisposableStack) {
  let opened: Promise<T> | null = null;
  return async (): Promise<T | null> => {
    if (driver === null) return null;
    opened ??= driver.open().then((device) => stack.use(device));
    return opened;
  };
}

export function aloneDoor({ settings, clock, epochWallMs }: AloneDoorOptions): Door & AsyncDisposable {
  const stack = new AsyncDisposableStack();
  const drivers = sensorDrivers(settings, { clock, epochWallMs });
  const openButton = once(drivers.button, stack);
  const openPir = once(drivers.pir, stack);
  const openChime = once(drivers.chime, stack);
  const openLight = once(drivers.light, stack);
  return {
    how: "this test alone",
    processes: () => [],
    camera: (forMs, signal) => examineAlone({ settings, clock, epochWallMs, forMs, signal }),
    async button(forMs, signal) {
      const button = await openButton();
      if (button === null) return null;
      const line: WatchedLine = {
        name: button.name,
        active: button.active ?? false,
        bounces: button.onBounce !== undefined,
        watch(handler) {
          const off = button.onPress(({ monoMs }) => handler({ what: "edge", active: true, monoMs }));
          const offBounce = button.onBounce?.((edge) => handler({ ...edge, what: "bounce" }));
          return () => {
            off();
            offBounce?.();
          };
        },
      };
      return watchLine(line, { clock, forMs, signal, settleMs });
    },
    async pir(forMs, signal) {
      const pir = await openPir();
      if (pir === null) return null;
      const openedMs = clock.monoMs();
      const past = new PirPast(openedMs, pir.active);
      const line: WatchedLine = {
        name: pir.name,
        active: pir.active,
        bounces: pir.onBounce !== undefined,
        watch(handler) {
          const off = pir.onEdge((edge) => {
            past.edge(edge.active, edge.monoMs);
            handler({ ...edge, what: "edge" });
          });
          const offBounce = pir.onBounce?.((edge) => handler({ ...edge, what: "bounce" }));
          return () => {
            off();
            offBounce?.();
          };
        },
      };
      const report = await watchLine(line, { clock, forMs, signal, settleMs: null });
      const nowMs = clock.monoMs();
      // its power has been on for longer than this test knows of
      return {
        ...report,
        ...past.at(nowMs),
        warmUpLeftMs: Math.max(0, settings.pir.warmUpMs - (nowMs - openedMs)),
      };
    },
    async chime(signal) {
      const chime = await openChime();
      return chime && chimeHeard({ settings, clock, chime, sound: () => chime.sound(), signal });
    },
    outside: async () => null,
    async light(state: LightState | null) {
      const light = await openLight();
      if (light === null) return null;
      await light.show(state ?? "off");
      return { name: light.name };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
