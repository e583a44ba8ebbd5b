/**
 * Microphone: a sound card through GStreamer, heard by a process of its own (ear.ts).
 */
import { spawn, type ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault, faultKinds } from "../fault.ts";
import type { Loudness, Microphone } from "../microphone.ts";
import type { Clock, SensorDriver } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import type { EarSource } from "./ear.ts";

/** A sound card that has not said anything by then never will. */
const firstLevelMs = 15_000;
/** More text than that without an end of line is no level. */
const longestLine = 2_000;

/** Beside this file, whether both are sources or bundled. */
const ear = fileURLToPath(new URL(`ear${extname(import.meta.url)}`, import.meta.url));

export interface GstMicrophoneOptions {
  readonly clock: Clock;
  readonly source: EarSource;
  /** Empty = the system's own choice. */
  readonly device: string;
}

export function gstMicrophone(options: GstMicrophoneOptions): SensorDriver<Microphone> {
  return { open: () => openEar(options) };
}

async function openEar({ clock, source, device }: GstMicrophoneOptions): Promise<Microphone> {
  const levels = new Subscribers<Loudness>();
  const losses = new Subscribers<Error>();
  const child = spawn(process.execPath, [ear, source, device], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}); // it ended first, which is told by its exit
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => (said = (said + bytes.toString()).slice(-longestLine)));
  const first = Promise.withResolvers<void>();
  const gone = new Promise<void>((resolve) => {
    const ended = (): void => {
      const fault = faultIn(said);
      first.reject(fault);
      losses.tell(fault);
      losses.clear();
      resolve();
    };
    child.once("close", ended);
    child.once("error", ended);
  });
  first.promise.catch(() => {}); // its opener hears
  lines(child, (line) => {
    const db = Number.parseFloat(line);
    if (Number.isNaN(db)) return;
    first.resolve();
    levels.tell({ monoMs: clock.monoMs(), db });
  });
  const close = async (): Promise<void> => {
    levels.clear();
    losses.clear();
    child.stdin.end();
    const cancel = clock.after(2_000, () => child.kill("SIGKILL"));
    await gone;
    cancel();
  };
  const cancel = clock.after(firstLevelMs, () =>
    first.reject(new Fault("timeout", `${source}: no sound within ${firstLevelMs / 1_000} s`)),
  );
  try {
    await first.promise;
  } catch (error) {
    await close();
    throw error;
  } finally {
    cancel();
  }
  return {
    name: device === "" ? source : `${source} ${device}`,
    onLevel: (handler) => levels.on(handler),
    onLost: (handler) => losses.on(handler),
    [Symbol.asyncDispose]: close,
  };
}

function lines({ stdout }: ChildProcess, handle: (line: string) => void): void {
  let rest = "";
  stdout?.on("data", (bytes: Buffer) => {
    const parts = (rest + bytes.toString()).split("\n");
    rest = (parts.pop() ?? "").slice(-longestLine);
    for (const part of parts) handle(part);
  });
}

function faultIn(said: string): Fault {
  const missing = /element (alsa|pulse)src is missing/u.exec(said)?.[1];
  const plugin = missing === "alsa" ? "gstreamer1.0-alsa" : "gstreamer1.0-pulseaudio";
  const hint =
    missing !== undefined
      ? `sudo apt-get install --no-install-recommends ${plugin}`
      : "arecord -l lists the microphones; selftest.microphone names one";
  try {
    const { kind, message }: { kind?: unknown; message?: unknown } = JSON.parse(
      said.trim().split("\n").at(-1) ?? "",
    );
    const known = faultKinds.find((each) => each === kind) ?? "unavailable";
    return new Fault(known, String(message), { hint });
  } catch {
    return new Fault("unavailable", "the microphone ended", { hint });
  }
}
