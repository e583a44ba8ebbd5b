/**
 * Privacy watch: is the camera's sight closed (privacy now)? Read by the eye itself, now and at every change.
 *
 * Fails closed: a file that is broken, unreadable, or gone after there was one is closed, and `fault` says why. The
 * keeper may close at once by word (`hold`), before its file is written; only the file opens. The end counts in running
 * time: the wall clock is never asked, and after another start of the machine it stays closed until the keeper has counted anew.
 */
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import type { RunningTime } from "../../hal/running-time.ts";
import type { Clock } from "../../hal/sensors.ts";
import { readableFolder } from "../files/modes.ts";
import { writeDurableJson } from "../seal/durable.ts";
import { leftMs, privacyFileSchema, type Closure } from "../wire/privacy.ts";
import { Rereader } from "./trust/rereader.ts";
import { watchFolder } from "./trust/watch-folder.ts";

export interface PrivacyState {
  readonly closed: boolean;
  /** By the keeper's word; the file may not say it yet. */
  readonly byWord: boolean;
  readonly fault: Fault | null;
}

export interface PrivacyWatchOptions {
  readonly path: string;
  /** Where the eye remembers that there was such a file. */
  readonly seenPath: string;
  readonly clock: Clock;
  readonly runningTime: () => RunningTime;
  readonly onChange: (state: PrivacyState) => void;
}

export class PrivacyWatch implements AsyncDisposable {
  readonly #options: PrivacyWatchOptions;
  readonly #rereader = new Rereader(() => this.#read());
  #file: Omit<PrivacyState, "byWord"> = { closed: true, fault: null };
  #hold = false;
  /** How often it was closed by word. */
  #holds = 0;
  #seen = false;
  #told = "";
  #stop = (): void => {};
  #cancelEnd = (): void => {};

  constructor(options: PrivacyWatchOptions) {
    this.#options = options;
  }

  /** Closed until the file was read. */
  get state(): PrivacyState {
    return { closed: this.#hold || this.#file.closed, byWord: this.#hold, fault: this.#file.fault };
  }

  /** Resolves when the file was read for the first time. */
  async start(): Promise<void> {
    const { path, seenPath, clock } = this.#options;
    // a memory that cannot be read is no proof that there never was one
    this.#seen = await readFile(seenPath).then(
      () => true,
      (error: unknown) => toFault(error).kind !== "not-found",
    );
    this.#stop = watchFolder({
      folder: dirname(path),
      clock,
      concerns: (name) => name === basename(path),
      onStir: () => void this.reload(),
    });
    await this.reload();
  }

  /** true: closed from now on, whatever the file says. false: the file counts, once it was read anew. */
  async hold(on: boolean): Promise<void> {
    if (on) {
      this.#hold = true;
      this.#holds += 1;
      return this.#tell();
    }
    const holds = this.#holds;
    await this.#rereader.again();
    if (holds !== this.#holds) return; // closed anew meanwhile
    this.#hold = false;
    this.#tell();
  }

  reload(): Promise<void> {
    return this.#rereader.again();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    this.#cancelEnd();
    await this.#rereader.idle();
  }

  async #read(): Promise<void> {
    this.#cancelEnd();
    this.#file = await this.#judge();
    this.#tell();
  }

  async #judge(): Promise<Omit<PrivacyState, "byWord">> {
    try {
      const closure = await this.#closure();
      const left = closure === null ? 0 : leftMs(closure, this.#options.runningTime());
      if (left > 0 && left !== Infinity)
        this.#cancelEnd = this.#options.clock.after(Math.ceil(left), () => void this.reload());
      return { closed: left > 0, fault: null };
    } catch (error) {
      return { closed: true, fault: toFault(error) };
    }
  }

  async #closure(): Promise<Closure | null> {
    const { path } = this.#options;
    try {
      const { closure } = privacyFileSchema.parse(JSON.parse(await readFile(path, "utf8")));
      await this.#remember();
      return closure;
    } catch (error) {
      const fault = toFault(error, "the privacy state cannot be read");
      if (fault.kind === "not-found" && !this.#seen) return null;
      throw new Fault(...wordsOf(fault), { cause: error, hint });
    }
  }

  /** A full disk must not close the camera: tried again at the next reading. */
  async #remember(): Promise<void> {
    if (this.#seen) return;
    const { seenPath } = this.#options;
    this.#seen = await mkdir(dirname(seenPath), { recursive: true, mode: readableFolder })
      .then(() => writeDurableJson(seenPath, { seen: true }))
      .then(
        () => true,
        () => false,
      );
  }

  #tell(): void {
    const { state } = this;
    const text = JSON.stringify([state.closed, state.fault?.message]);
    if (text === this.#told) return;
    this.#told = text;
    this.#options.onChange(state);
  }
}

const hint = "somebody of the house opens it on the page; that writes it anew";

function wordsOf({ kind, message }: Fault): [Fault["kind"], string] {
  if (kind === "not-found") return ["corrupt", "the privacy state is gone: everything stays masked"];
  // not JSON, or not what it should say
  if (kind === "bug") return ["corrupt", "the privacy state is broken: everything stays masked"];
  return [kind, message];
}
