/**
 * Child: a program with three pipes, in a process group of its own, from its start to its end.
 *
 * `over` is told once, whatever becomes of it, and nothing is thrown where nobody hears it: no descriptor left to start
 * it with, no such program. It is over when the process is, not when its pipes are: what it started may hold those
 * for ever. That is ended with it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import type { Clock } from "../../hal/sensors.ts";
import type { StartCommand } from "./command.ts";

/** Where not even root can make a file: neither a core nor a log of a library is left there. */
const nowhere = "/proc";
const mostSaid = 2_000;
/** On standard error, in its whole life: who says more means no good. */
const mostSaidBytes = 1024 * 1024;
/** For its last words, when it is gone. */
const graceMs = 1_000;

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Its last words on standard error. */
  readonly said: string;
  /** Why it never began. */
  readonly error?: unknown;
}

export interface ChildEvents {
  readonly clock: Clock;
  readonly heard: (bytes: Buffer) => void;
  /** It talks without end. */
  readonly noisy: () => void;
  readonly over: (end: End) => void;
}

export class Child {
  readonly #child: ChildProcess | null;
  readonly #events: ChildEvents;
  #said = "";
  #saidBytes = 0;
  #isGone = false;
  #isOver = false;
  #cancelGrace = (): void => {};

  constructor(command: StartCommand, events: ChildEvents) {
    this.#events = events;
    const child = this.#start(command);
    this.#child = child;
    if (child === null) return;
    // first of all: what cannot be started has no pipes, and says why in the next turn
    child.on("error", (error) => {
      if (child.pid === undefined) this.#over({ code: null, signal: null, error });
    });
    child.stdin?.on("error", () => {}); // its end tells
    child.stderr?.on("data", (bytes: Buffer) => this.#hear(bytes));
    child.stdout?.on("data", events.heard);
    child.once("exit", (code, signal) => {
      this.kill();
      this.#isGone = true;
      this.#cancelGrace = events.clock.after(graceMs, () => this.#over({ code, signal }));
    });
    child.once("close", (code, signal) => this.#over({ code, signal }));
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  write(bytes: Uint8Array): void {
    this.#child?.stdin?.write(bytes);
  }

  /** It has nothing more to wait for. */
  endInput(): void {
    this.#child?.stdin?.end();
  }

  /** It, and what it started. */
  kill(): void {
    const { pid } = this;
    if (pid === undefined || this.#isGone) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {} // nobody is left
  }

  #start({ file, args, env }: StartCommand): ChildProcess | null {
    try {
      return spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env, cwd: nowhere, detached: true });
    } catch (error) {
      process.nextTick(() => this.#over({ code: null, signal: null, error }));
      return null;
    }
  }

  #hear(bytes: Buffer): void {
    this.#said = (this.#said + bytes.toString()).slice(-mostSaid);
    this.#saidBytes += bytes.length;
    if (this.#saidBytes > mostSaidBytes) this.#events.noisy();
  }

  #over(end: Omit<End, "said">): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelGrace();
    for (const pipe of [this.#child?.stdin, this.#child?.stdout, this.#child?.stderr]) pipe?.destroy();
    this.#events.over({ ...end, said: this.#said });
  }
}
