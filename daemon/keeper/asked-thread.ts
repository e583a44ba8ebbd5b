/**
 * Asked thread: the main thread's end of a worker that answers questions by their number.
 *
 * `ask` resolves with the answer or rejects with its Fault; when the thread dies, everything that waits
 * is `unavailable`, `onLost` is called, and the next question starts a new thread. Faults travel as plain
 * fields, because a class does not survive the way between threads.
 */
import { Worker, type ResourceLimits } from "node:worker_threads";
import { Fault, systemCode, type FaultKind } from "../../hal/fault.ts";

/** `Table`: question by name, what it takes and what it answers. */
export type QuestionOf<Table> = {
  [Name in keyof Table]: Table[Name] extends { ask: infer Ask }
    ? { readonly number: number; readonly name: Name; readonly ask: Ask }
    : never;
}[keyof Table];

export interface PlainFault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly hint: string | undefined;
  /** Of the cause: "ENOSPC". */
  readonly code: string | undefined;
}

export type Answer =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly fault: PlainFault }
  /** Not an answer: how far it is. */
  | { readonly told: unknown };

export function plainFault(fault: Fault): PlainFault {
  const { kind, message, hint } = fault;
  return { kind, message, hint, code: systemCode(fault) };
}

function faultOf({ kind, message, hint, code }: PlainFault): Fault {
  const cause = code === undefined ? undefined : Object.assign(new Error(message), { code });
  return new Fault(kind, message, { hint, cause });
}

interface Waiting {
  resolve(value: unknown): void;
  reject(fault: Fault): void;
}

export interface AskedThreadOptions {
  readonly file: URL;
  /** "the store": whose thread it is, for words. */
  readonly name: string;
  readonly limits?: ResourceLimits;
  readonly onLost?: () => void;
  readonly onTold?: (told: unknown) => void;
}

export class AskedThread<Table extends { [Name in keyof Table]: { ask: unknown; answer: unknown } }> {
  readonly #options: AskedThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #number = 0;

  constructor(options: AskedThreadOptions) {
    this.#options = options;
  }

  ask<Name extends keyof Table>(name: Name, ask: Table[Name]["ask"]): Promise<Table[Name]["answer"]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ number, name, ask });
    });
  }

  get running(): boolean {
    return this.#worker !== null;
  }

  /** Ends the thread; what waits is `unavailable`. */
  async end(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    this.#rejectAll(null);
    await worker.terminate();
  }

  #start(): Worker {
    const { file, limits } = this.#options;
    const worker = new Worker(file, limits === undefined ? {} : { resourceLimits: limits });
    worker.on("message", (answer: Answer) => this.#handle(answer));
    worker.on("error", (error) => this.#lost(worker, error));
    worker.on("exit", () => this.#lost(worker, null));
    return worker;
  }

  #handle(answer: Answer): void {
    if ("told" in answer) return this.#options.onTold?.(answer.told);
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ("fault" in answer) waiting?.reject(faultOf(answer.fault));
    else waiting?.resolve(answer.value);
  }

  #lost(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#rejectAll(cause);
    this.#options.onLost?.();
  }

  #rejectAll(cause: unknown): void {
    const message = `${this.#options.name}'s thread ended`;
    const fault = new Fault("unavailable", message, { cause, hint: "it is started again" });
    for (const waiting of this.#waiting.values()) waiting.reject(fault);
    this.#waiting.clear();
  }
}
