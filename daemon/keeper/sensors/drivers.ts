/**
 * Drivers: which one each setting means. The only file of the keeper that names hal's drivers.
 *
 * The simulated button and PIR play the porch only when the camera shows it; with another camera
 * they do what /api/sim/... asks and nothing by themselves.
 */
import type { Settings } from "../../../config/schema.ts";
import { gpioButton } from "../../../hal/gpio/button.ts";
import { gpioChime } from "../../../hal/gpio/chime.ts";
import { gpioLight } from "../../../hal/gpio/light.ts";
import { gpioPir } from "../../../hal/gpio/pir.ts";
import { gstOpenMicrophone } from "../../../hal/gst/open-microphone.ts";
import { elementOf, gstSpeaker } from "../../../hal/gst/speaker.ts";
import { replayButton, replayPir } from "../../../hal/replay/sensors.ts";
import { simOpenMicrophone } from "../../../hal/sim/open-microphone.ts";
import { simSpeaker, type SimSpeaker } from "../../../hal/sim/speaker.ts";
import {
  simButton,
  simChime,
  simLight,
  simPir,
  type SimButton,
  type SimPir,
} from "../../../hal/sim/sensors.ts";
import type { OpenMicrophone } from "../../../hal/open-microphone.ts";
import type { Speaker } from "../../../hal/speaker.ts";
import type { SoundDrivers } from "../talk/door-sound.ts";
import type { Button, Chime, Clock, PirSensor, SensorDriver, StatusLight } from "../../../hal/sensors.ts";

/** null = off by settings. */
export interface SensorDrivers {
  readonly button: SensorDriver<Button> | null;
  readonly pir: SensorDriver<PirSensor> | null;
  readonly chime: SensorDriver<Chime> | null;
  readonly light: SensorDriver<StatusLight> | null;
}

export interface DriverOptions {
  readonly clock: Clock;
  /** Wall time at which the simulated porch is at 0. */
  readonly epochWallMs: number;
}

export function sensorDrivers(settings: Settings, options: DriverOptions): SensorDrivers {
  return {
    button: buttonDriver(settings, options),
    pir: pirDriver(settings, options),
    chime: chimeDriver(settings, options.clock),
    light: lightDriver(settings, options.clock),
  };
}

/** Only the simulated ones can be told to fire. */
export function asSimButton(button: Button): SimButton | null {
  return "press" in button ? (button as SimButton) : null;
}

export function asSimPir(pir: PirSensor): SimPir | null {
  return "edge" in pir ? (pir as SimPir) : null;
}

export function soundDrivers({ talk }: Settings, clock: Clock): SoundDrivers {
  return {
    speaker: speakerDriver(talk.speaker, clock),
    microphone: microphoneDriver(talk.microphone, clock),
  };
}

/** Only a simulated one keeps what it sounded. */
export function asSimSpeaker(speaker: Speaker | null): SimSpeaker | null {
  return speaker !== null && "heard" in speaker ? (speaker as SimSpeaker) : null;
}

function speakerDriver(name: string, clock: Clock): SensorDriver<Speaker> | null {
  if (name === "") return null;
  if (name === "sim") return opening(() => simSpeaker({ clock }));
  return gstSpeaker({ clock, name, sink: elementOf(name, "sink") });
}

function microphoneDriver(name: string, clock: Clock): SensorDriver<OpenMicrophone> | null {
  if (name === "") return null;
  if (name === "sim") return simOpenMicrophone({ clock });
  return gstOpenMicrophone({ clock, name, source: elementOf(name, "src") });
}

function simOptions({ camera, sim }: Settings, { clock, epochWallMs }: DriverOptions) {
  const common = { clock, epochWallMs, fault: sim.fault };
  return camera.driver === "sim" ? { ...common, porch: sim } : common;
}

function replayOptions({ camera }: Settings, { clock, epochWallMs }: DriverOptions) {
  return { video: camera.source, loop: camera.loop, clock, epochWallMs };
}

function opening<T>(open: () => T): SensorDriver<T> {
  return { open: async () => open() };
}

function buttonDriver(settings: Settings, options: DriverOptions): SensorDriver<Button> | null {
  switch (settings.button.driver) {
    case "sim":
      return opening(() =>
        simButton({ ...simOptions(settings, options), debounceMs: settings.button.debounceMs }),
      );
    case "gpio":
      return gpioButton({ ...settings.button, clock: options.clock });
    case "replay":
      return replayButton(replayOptions(settings, options));
    case "none":
      return null;
  }
}

function pirDriver(settings: Settings, options: DriverOptions): SensorDriver<PirSensor> | null {
  switch (settings.pir.driver) {
    case "sim":
      return opening(() => simPir(simOptions(settings, options)));
    case "gpio":
      return gpioPir({ ...settings.pir, clock: options.clock });
    case "replay":
      return replayPir(replayOptions(settings, options));
    case "none":
      return null;
  }
}

function chimeDriver({ chime, sim }: Settings, clock: Clock): SensorDriver<Chime> | null {
  switch (chime.driver) {
    case "sim":
      return opening(() => simChime({ clock, soundMs: chime.soundMs, fault: sim.fault }));
    case "gpio":
      return gpioChime({ ...chime, clock });
    case "speaker": // the house's own (build/door.ts)
    case "none":
      return null;
  }
}

function lightDriver({ light, sim }: Settings, clock: Clock): SensorDriver<StatusLight> | null {
  switch (light.driver) {
    case "sim":
      return opening(() => simLight({ fault: sim.fault }));
    case "gpio":
      return gpioLight({ ...light, clock });
    case "none":
      return null;
  }
}
