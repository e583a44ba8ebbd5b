/**
 * DiskThread: the main thread's end of the worker. `ask` resolves with the answer or rejects with
 * its Fault; when the thread dies, everything that waits is `unavailable`, `onLost` is called, and
 * the next question (which must be `open`) starts a new thread.
 */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { Fault } from "../../../hal/fault.ts";
import { faultOf, type Answer, type QuestionName, type Questions } from "./protocol.ts";

/** Beside this file, as a source or bundled (scripts/bundle.ts). */
const workerFile = new URL(`worker${extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  resolve(value: unknown): void;
  reject(fault: Fault): void;
}

export class DiskThread {
  #worker: Worker | null = null;
  #number = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onLost: () => void;

  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]["ask"],
  ): Promise<Questions[Name]["answer"]> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, {
        resolve: (value) => resolve(value as Questions[Name]["answer"]),
        reject,
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ number, name, ask });
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await this.ask("close", null);
    this.#worker = null;
    await worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(workerFile);
    worker.on("message", (answer: Answer) => this.#handle(answer));
    worker.on("error", (error) => this.#lost(worker, error));
    worker.on("exit", () => this.#lost(worker, null));
    return worker;
  }

  #handle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ("fault" in answer) waiting?.reject(faultOf(answer.fault));
    else waiting?.resolve(answer.value);
  }

  #lost(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const fault = new Fault("unavailable", "the store's thread ended", {
      cause,
      hint: "it is started again",
    });
    for (const waiting of this.#waiting.values()) waiting.reject(fault);
    this.#waiting.clear();
    this.#onLost();
  }
}
