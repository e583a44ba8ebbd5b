/**
 * Process: one runner, from its start to its end. Who starts it again is runner.ts.
 *
 * Pictures go in one after another and answers come back in that order; each has its time, counted from the answer
 * before. What ends it: that time is over, more memory than it may have, words that are none, its own crash. Then
 * everything that waits is told why, and `ended` is called once when it is gone; where its end is decided before that,
 * `ending` is called first of all.
 */
import { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { mostAnswerBytes } from "../runtime-limits.ts";
import type { Tensor } from "../tensor.ts";
import { Child } from "./child.ts";
import { runnerCommand, type StartCommand } from "./command.ts";
import {
  crashFault,
  noisyFault,
  refusedFault,
  senselessFault,
  slowFault,
  startFault,
  tooBigFault,
} from "./faults.ts";
import { encodeFrame, FrameReader, mostHeadBytes, type Frame, type FrameKind } from "./frames.ts";
import { takenBy } from "./memory.ts";
import { readOutputs } from "./outputs.ts";
import { answerSchema, failedSchema, loadedSchema, type LoadWords } from "./words.ts";

/** While something is asked, and while nothing is. */
const lookMs = 250;
const idleLookMs = 5_000;
const endMs = 1_000;
const mib = 1024 * 1024;

export interface ProcessLimits {
  readonly memoryMb: number;
  /** For one picture. */
  readonly timeoutMs: number;
  /** For a start, and for reading the file. */
  readonly loadMs: number;
}

export interface ProcessOptions {
  readonly clock: Clock;
  readonly limits: ProcessLimits;
  readonly ended: (fault: Fault) => void;
  /** From now on it answers nothing. */
  readonly ending?: (fault: Fault) => void;
  /** Another program than the runner: for tests of what ours never does. */
  readonly command?: StartCommand;
}

export interface Given {
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** In the runner, without the way there. */
  readonly ms: number;
}

interface Waiting {
  readonly kind: FrameKind;
  readonly patienceMs: number;
  readonly resolve: (frame: Frame) => void;
  readonly reject: (fault: Fault) => void;
}

export class RunnerProcess {
  readonly #options: ProcessOptions;
  readonly #child: Child;
  readonly #reader = new FrameReader(mostAnswerBytes + mostHeadBytes);
  readonly #over: Promise<void>;
  #waiting: Waiting[] = [];
  #fault: Fault | null = null;
  #ending = false;
  #rssBytes = 0;
  #cancelWait = (): void => {};
  #cancelLook = (): void => {};

  constructor(options: ProcessOptions) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#over = promise;
    this.#child = new Child(options.command ?? runnerCommand(options.limits.memoryMb), {
      clock: options.clock,
      heard: (bytes) => this.#take(bytes),
      noisy: () => this.fail(noisyFault()),
      over: (end) => {
        this.#stopWatching();
        const fault = (this.#fault ??= end.error === undefined ? crashFault(end) : startFault(end.error));
        this.#rejectAll(fault);
        resolve();
        if (!this.#ending) options.ended(fault);
      },
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** A picture was shown and is not answered yet. */
  get waits(): boolean {
    return this.#waiting[0]?.kind === "answer";
  }

  /** As it was last looked at; 0 before that. */
  get rssBytes(): number {
    return this.#rssBytes;
  }

  /** Resolves when the model is in. Rejects with a Fault, `invalid` where onnxruntime refused the file. */
  async load(words: LoadWords, file: Uint8Array): Promise<void> {
    const { loadMs } = this.#options.limits;
    const frame = await this.#ask("load", { words, parts: [file], answer: "loaded", patienceMs: loadMs });
    this.#readOrEnd(() => loadedSchema.parse(frame.words));
  }

  /** `samples`: one picture, 0..255 in the input's order. */
  async run(samples: Uint8Array, patienceMs = this.#options.limits.timeoutMs): Promise<Given> {
    const frame = await this.#ask("picture", { words: {}, parts: [samples], answer: "answer", patienceMs });
    const { ms, outputs } = this.#readOrEnd(() => answerSchema.parse(frame.words));
    return { ms, outputs: this.#readOrEnd(() => readOutputs(outputs, frame.bytes)) };
  }

  /** At once, and told as `fault`. */
  fail(fault: Fault): void {
    if (this.#fault === null) {
      this.#fault = fault;
      this.#options.ending?.(fault);
    }
    this.#rejectAll(this.#fault);
    this.#child.kill();
  }

  /** Without a word to `ended`. */
  async end(): Promise<void> {
    this.#ending = true;
    this.#fault ??= new Fault("cancelled", "the model's process is being ended");
    this.#rejectAll(this.#fault);
    this.#child.endInput();
    const cancel = this.#options.clock.after(endMs, () => this.#child.kill());
    await this.#over;
    cancel();
  }

  #ask(
    kind: FrameKind,
    {
      words,
      parts,
      answer,
      patienceMs,
    }: { words: object; parts: Uint8Array[]; answer: FrameKind; patienceMs: number },
  ): Promise<Frame> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind: answer, patienceMs, resolve, reject });
      if (this.#waiting.length === 1) this.#watch();
      for (const part of encodeFrame(kind, words, parts)) this.#child.write(part);
    });
  }

  /** Called by the pipe, so it throws nothing. What comes once the end was decided is heard by nobody. */
  #take(bytes: Buffer): void {
    try {
      for (const frame of this.#reader.take(bytes)) {
        if (this.#fault !== null) return;
        this.#answer(frame);
      }
    } catch (error) {
      this.fail(senselessFault(error));
    }
  }

  #answer(frame: Frame): void {
    const [first] = this.#waiting;
    if (first === undefined) throw new Fault("corrupt", "an answer that nobody asked for");
    if (frame.kind !== first.kind && frame.kind !== "failed")
      throw new Fault("corrupt", `${frame.kind} where ${first.kind} was asked for`);
    const refused = frame.kind === "failed" ? refusedFault(failedSchema.parse(frame.words).message) : null;
    // from here on it does not wait any more: before, nonsense is told to it too
    this.#waiting.shift();
    this.#stopWatching();
    if (refused === null) first.resolve(frame);
    else first.reject(refused);
    this.#look();
    if (this.#fault === null) this.#watch();
  }

  /** The first that waits; or, while nobody does, only how large it is. */
  #watch(): void {
    this.#stopWatching();
    const { clock } = this.#options;
    const [first] = this.#waiting;
    this.#cancelLook = clock.every(first === undefined ? idleLookMs : lookMs, () => this.#look());
    if (first === undefined) return;
    // one turn more: where this process itself was held up, the answer lies in the pipe
    this.#cancelWait = clock.after(first.patienceMs, () => setImmediate(() => this.#late(first)));
  }

  #late(first: Waiting): void {
    if (this.#waiting[0] === first) this.fail(slowFault(first.kind, first.patienceMs));
  }

  #stopWatching(): void {
    this.#cancelWait();
    this.#cancelLook();
  }

  #look(): void {
    const { pid } = this.#child;
    const taken = pid === undefined ? null : takenBy(pid);
    if (taken === null) return;
    this.#rssBytes = taken.rssBytes;
    const { memoryMb } = this.#options.limits;
    if (taken.rssBytes > memoryMb * mib) this.fail(tooBigFault(taken.rssBytes, memoryMb));
  }

  #rejectAll(fault: Fault): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#stopWatching();
    for (const { reject } of waiting) reject(fault);
  }

  /** It has read a stranger's file: nonsense ends it, because what follows cannot be read. */
  #readOrEnd<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const fault = senselessFault(error);
      this.fail(fault);
      throw fault;
    }
  }
}
