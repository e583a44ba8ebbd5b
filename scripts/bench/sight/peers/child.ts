/**
 * Child: a peer in a process of its own. Frames go in through a pipe, answers come out of another.
 */
import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { Fault } from "../../../../hal/fault.ts";
import type { Watched, Watching } from "../watcher.ts";

export interface PeerChild {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Descriptors of the child: frames in, answers out. */
  readonly framesIn: 0 | 3;
  readonly answersOut: 1 | 4;
  readonly parse: (answers: string) => Watched;
}

export function watchingChild({ name, command, env, framesIn, answersOut, parse }: PeerChild): Watching {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"],
  });
  const frames = child.stdio[framesIn];
  if (!(frames instanceof Writable)) throw new Fault("bug", `${name} has no pipe for frames`);
  let [answers, complaints] = ["", ""];
  child.stdio[answersOut]?.on("data", (chunk: Buffer) => void (answers += chunk.toString()));
  child.stderr.on(
    "data",
    (chunk: Buffer) => void (complaints = (complaints + chunk.toString()).slice(-2_000)),
  );
  if (answersOut !== 1) child.stdout.resume();
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      complaints += error.message;
      resolve(null);
    });
    child.once("close", resolve);
  });
  frames.on("error", () => {}); // it ended: `end` says why
  return {
    async show({ bytes }) {
      const written = new Promise<void>((resolve) => frames.write(bytes, () => resolve()));
      await Promise.race([written, ended]);
    },
    async end() {
      frames.end();
      const code = await ended;
      if (code !== 0) throw new Fault("unavailable", `${name} ended with ${code}: ${complaints.slice(-500)}`);
      return parse(answers);
    },
  };
}

/** "cpu MS FRAMES" anywhere in the answers. */
export function frameMsIn(answers: string): number {
  const [, ms, frames] = /^cpu ([\d.]+) (\d+)$/m.exec(answers) ?? [];
  return Number(ms) / Number(frames);
}
