/**
 * Child: one process of the house, started again whenever it dies.
 *
 * Back-off doubles from firstRetryMs and starts over after a run of calmMs. A child that fails
 * `patience` times without ever having `worked` will not get better by trying: `onHopeless`, where
 * its owner wants to hear that; else it is tried for ever. How long it ran says nothing: a busy
 * machine takes long to fail.
 */
import { spawn, type ChildProcess } from "node:child_process";
import type { Clock } from "../hal/sensors.ts";

const firstRetryMs = 200;
const lastRetryMs = 5_000;
const calmMs = 5_000;
const patience = 3;
const killAfterMs = 8_000;

export interface ChildOptions {
  readonly name: string;
  /** Arguments for the same Node that runs this process. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly onMessage: (message: unknown) => void;
  readonly onExit: (line: string) => void;
  readonly onHopeless: ((exitCode: number) => void) | null;
}

export class Child {
  readonly #options: ChildOptions;
  #process: ChildProcess | null = null;
  #retryMs = firstRetryMs;
  #failures = 0;
  #hasWorked = false;
  #stopping = false;
  #cancelRetry: () => void = () => {};
  #gone: Promise<void> = Promise.resolve();

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const { args, env, clock, onMessage } = this.#options;
    const startedMs = clock.monoMs();
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#process = child;
    child.on("message", onMessage);
    this.#gone = new Promise((resolve) => {
      const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
        if (this.#process !== child) return;
        this.#process = null;
        resolve();
        this.#ended({ code, signal, ranMs: clock.monoMs() - startedMs });
      };
      child.once("exit", ended);
      child.on("error", () => child.pid === undefined && ended(1, null)); // it never began
    });
  }

  /** It does what it is there for: from now on it is never given up. */
  worked(): void {
    this.#hasWorked = true;
  }

  /** It is not started again when it ends: everybody is about to be stopped. */
  retire(): void {
    this.#stopping = true;
    this.#cancelRetry();
  }

  /** SIGTERM, then SIGKILL for one that does not listen. */
  async stop(): Promise<void> {
    this.retire();
    const child = this.#process;
    if (child === null) return;
    child.kill("SIGTERM");
    const cancel = this.#options.clock.after(killAfterMs, () => child.kill("SIGKILL"));
    await this.#gone;
    cancel();
  }

  #ended({
    code,
    signal,
    ranMs,
  }: {
    code: number | null;
    signal: NodeJS.Signals | null;
    ranMs: number;
  }): void {
    if (this.#stopping) return;
    const { name, clock, onExit, onHopeless } = this.#options;
    if (ranMs >= calmMs) this.#retryMs = firstRetryMs;
    this.#failures += 1;
    const hopeless = !this.#hasWorked && signal === null && this.#failures >= patience;
    if (hopeless && onHopeless !== null) return onHopeless(code ?? 1);
    onExit(`${name} ended (${signal ?? `exit ${code}`}); it starts again in ${this.#retryMs} ms`);
    this.#cancelRetry = clock.after(this.#retryMs, () => this.start());
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }
}
