/**
 * DiskThread: the main thread's end of the store's worker (asked-thread.ts). The first question to a new
 * thread must be `open`.
 */
import { extname } from "node:path";
import { AskedThread } from "../asked-thread.ts";
import type { QuestionName, Questions } from "./protocol.ts";

/** Beside this file, as a source or bundled (scripts/bundle.ts). */
const file = new URL(`worker${extname(import.meta.url)}`, import.meta.url);

export class DiskThread {
  readonly #thread: AskedThread<Questions>;

  constructor(onLost: () => void) {
    this.#thread = new AskedThread({ file, name: "the store", onLost });
  }

  ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]["ask"],
  ): Promise<Questions[Name]["answer"]> {
    return this.#thread.ask(name, ask);
  }

  async close(): Promise<void> {
    if (!this.#thread.running) return;
    await this.ask("close", null);
    await this.#thread.end();
  }
}
