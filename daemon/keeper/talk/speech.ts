/**
 * Speech: words as sound, by espeak-ng where it is installed.
 *
 * Its own process, told by standard input, with a time limit; what it writes is read as any other WAVE file.
 */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { readWav, type Pcm } from "../../../hal/pcm.ts";
import type { VoiceName } from "../../wire/reply-limits.ts";

const program = "espeak-ng";
const longestMs = 10_000;
const mostBytes = 2 * 1024 * 1024;
/** Words a minute: a little slower than it would by itself, for a street. */
const pace = "150";

export function canSpeak(): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Throws Fault `unavailable` (not installed, no such voice), `timeout`, `exhausted`. */
export async function speak(words: string, voice: VoiceName): Promise<Pcm> {
  const child = spawn(program, ["--stdin", "--stdout", "-v", voice, "-s", pace], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8" },
    timeout: longestMs,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(notInstalled()));
    child.once("close", resolve);
  });
  ended.catch(() => {}); // heard below
  child.stdin.on("error", () => {}); // its end tells
  child.stdin.end(words);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of child.stdout) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) {
      child.kill("SIGKILL");
      throw new Fault("exhausted", "these words take too long to say", { hint: "use fewer" });
    }
  }
  if ((await ended) !== 0) throw new Fault("unavailable", `${program} could not say this in ${voice}`);
  return readWav(Buffer.concat(parts), true);
}

function notInstalled(): Fault {
  return new Fault("unavailable", `${program} is not installed`, {
    hint: "record the reply instead, or: sudo apt-get install --no-install-recommends espeak-ng",
  });
}
