/**
 * Launched: a GStreamer pipeline as a process of its own, with pipes on standard input and output.
 *
 * GStreamer's own launcher and not Node with koffi as for pictures: it takes 15 MB and starts in a tenth of a second,
 * where Node takes 45 MB and three, and sound is needed within a ring. A crash in a decoder of foreign sound ends
 * that process alone. Its last words become a Fault.
 */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Fault, type FaultKind } from "../fault.ts";
import type { Clock } from "../sensors.ts";

const mostSaid = 4_000;
const killAfterMs = 1_000;

export interface Launched {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when it ended by itself or was ended, rejects with a Fault when it failed. */
  readonly over: Promise<void>;
  /** At once. */
  kill(): void;
}

export interface LaunchOptions {
  readonly clock: Clock;
  /** Words of a pipeline, each an argument of its own. */
  readonly pipeline: readonly string[];
  /** For the Fault. */
  readonly name: string;
  readonly hint: string;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export function launch({ clock, pipeline, name, hint }: LaunchOptions): Launched {
  const child: Child = spawn("gst-launch-1.0", ["-q", ...pipeline], {
    stdio: ["pipe", "pipe", "pipe"],
    // nothing of ours is its business
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "/",
      // the list of plugins: made anew it takes half a second each time
      ...passed("XDG_CACHE_HOME"),
      ...passed("GST_REGISTRY"),
      XDG_RUNTIME_DIR: process.env["XDG_RUNTIME_DIR"] ?? "",
    },
  });
  let killed = false;
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => (said = (said + bytes.toString()).slice(-mostSaid)));
  child.stdin.on("error", () => {}); // its end tells
  const over = new Promise<void>((resolve, reject) => {
    child.once("error", () => reject(notInstalled()));
    child.once("close", (code) => {
      if (killed || code === 0) resolve();
      else reject(faultIn(said, name, hint));
    });
  });
  over.catch(() => {}); // whoever waits hears it
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    over,
    kill() {
      if (killed) return;
      killed = true;
      child.stdin.end();
      child.kill("SIGTERM");
      const cancel = clock.after(killAfterMs, () => child.kill("SIGKILL"));
      child.once("close", cancel);
    },
  };
}

function passed(name: string): Record<string, string> {
  const value = process.env[name];
  return value === undefined ? {} : { [name]: value };
}

function notInstalled(): Fault {
  return new Fault("not-found", "gst-launch-1.0 is missing", {
    hint: "sudo apt-get install --no-install-recommends gstreamer1.0-tools",
  });
}

const kinds: readonly (readonly [RegExp, FaultKind])[] = [
  [/no element "(?:alsa|pulse)/u, "not-found"],
  [/does not exist|no such (?:device|file)/iu, "not-found"],
  [/permission denied/iu, "denied"],
];

/** The launcher's words, for a person. */
export function faultIn(said: string, name: string, hint: string): Fault {
  const missing = /no element "(alsa|pulse)/u.exec(said)?.[1];
  const what =
    /(?:ERROR: from element [^:]+: |erroneous pipeline: )(.+)/u.exec(said)?.[1]?.trim() ?? "it ended";
  const kind = kinds.find(([words]) => words.test(said))?.[1] ?? "unavailable";
  const plugin = missing === "alsa" ? "gstreamer1.0-alsa" : "gstreamer1.0-pulseaudio";
  return new Fault(kind, `${name}: ${what.replace(/\.$/u, "").slice(0, 200)}`, {
    hint: missing === undefined ? hint : `sudo apt-get install --no-install-recommends ${plugin}`,
  });
}
