/**
 * Microphone: which one `selftest.microphone` means, and how much louder it gets while something sounds.
 *
 * Opened for that moment only. What it hears is one number for every 20 ms, in memory, and a difference in the report.
 */
import type { Settings } from "../../config/schema.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { gstMicrophone } from "../../hal/gst/microphone.ts";
import { levelMs, silenceDb, type Microphone } from "../../hal/microphone.ts";
import type { Chime, Clock, SensorDriver } from "../../hal/sensors.ts";
import { simMicrophone } from "../../hal/sim/microphone.ts";
import type { ChimeReport } from "../wire/examine.ts";

const quietMs = 800;
/** Of speaker, air and sound card. */
const latenessMs = 500;
const longestMs = 5_000;

export interface ListenOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly chime: Chime;
  /** Sounds the chime. */
  readonly sound: () => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** Sounds the chime, listens where there is a microphone. Rejects with the chime's Fault; a microphone that fails is words. */
export async function chimeHeard(options: ListenOptions): Promise<ChimeReport> {
  const { settings, clock, chime, sound } = options;
  const report = (heardDb: number | null, microphone: string): ChimeReport => ({
    name: chime.name.slice(0, 200),
    heardDb,
    microphone: microphone.slice(0, 400),
  });
  const driver = microphoneDriver(settings, { clock, chime });
  if (driver === null) {
    await sound();
    return report(null, "selftest.microphone is empty");
  }
  let microphone: Microphone;
  try {
    microphone = await driver.open();
  } catch (error) {
    const { message, hint } = toFault(error);
    await sound();
    return report(null, hint === undefined ? message : `${message}; ${hint}`);
  }
  await using ear = microphone;
  return report(await rise(ear, options), ear.name);
}

export interface HeardBy {
  readonly clock: Clock;
  /** A simulated one is heard by the simulated microphone. */
  readonly chime: Chime;
}

/** Null = none is set. */
function microphoneDriver(
  { selftest }: Settings,
  { clock, chime }: HeardBy,
): SensorDriver<Microphone> | null {
  const [, kind = "", , device = ""] = /^([a-z]*)(:(.*))?$/u.exec(selftest.microphone) ?? [];
  if (kind === "") return null;
  if (kind === "sim") {
    const audible = (): boolean => "audible" in chime && chime.audible === true;
    return { open: async () => simMicrophone({ clock, audible }) };
  }
  return gstMicrophone({ clock, source: kind === "pulse" ? "pulsesrc" : "alsasrc", device });
}

async function rise(microphone: Microphone, options: ListenOptions): Promise<number> {
  const { settings, clock, sound, signal } = options;
  const soundMs = Math.min(settings.chime.soundMs, longestMs);
  const [quiet, loud]: [number[], number[]] = [[], []];
  let into = quiet;
  const stop = microphone.onLevel(({ db }) => into.push(db));
  try {
    await wait(clock, quietMs, signal);
    into = loud;
    const sounded = sound();
    await wait(clock, soundMs + latenessMs, signal);
    await sounded;
  } finally {
    stop();
  }
  return riseDb(quiet, loud, soundMs);
}

/** How much louder the loudest half of the sound's length is than what is usual without it. Pure. */
export function riseDb(quiet: readonly number[], loud: readonly number[], soundMs: number): number {
  const usual = quiet.toSorted((a, b) => a - b)[Math.floor(quiet.length / 2)] ?? silenceDb;
  const count = Math.max(1, Math.floor(soundMs / levelMs / 2));
  const loudest = loud.toSorted((a, b) => b - a).slice(0, count);
  if (loudest.length === 0) return 0;
  const mean = loudest.reduce((sum, db) => sum + Math.max(silenceDb, db), 0) / loudest.length;
  return mean - Math.max(silenceDb, usual);
}

function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      cancel();
      reject(new Fault("cancelled", "the self-test was ended"));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", end);
      resolve();
    });
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
  });
}
