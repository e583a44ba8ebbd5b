/**
 * Process: the talk process as a child of the keeper, for as long as there is a call.
 *
 * What it says is checked: it has read what strangers sent. One that writes nonsense is ended. A crash is told once
 * (`onEnded`), and the next call starts another.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../../../hal/node-flags.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { encodeFrame, encodeWords, FrameReader, type CallFrame } from "../../wire/call-frames.ts";
import { talkReportSchema, type TalkOrder, type TalkReport } from "../../wire/call.ts";

/** An answer of 16 kB in JSON, and no more. */
const mostReportBytes = 40 * 1024;
const killAfterMs = 2_000;

/** Beside the keeper's file where that is bundled, in its own folder among the sources. */
const isBundled = extname(import.meta.url) === ".js";
const program = fileURLToPath(new URL(isBundled ? "talk.js" : "../../talk/talk.ts", import.meta.url));

export interface TalkProcessOptions {
  readonly clock: Clock;
  readonly onReport: (call: number, report: TalkReport) => void;
  readonly onSound: (call: number, packet: Uint8Array) => void;
  readonly onEnded: () => void;
}

export class TalkProcess {
  readonly #options: TalkProcessOptions;
  readonly #child: ChildProcess;
  readonly #over: Promise<void>;
  #ending = false;

  constructor(options: TalkProcessOptions) {
    this.#options = options;
    const args = [...nodeFlags, program];
    const env = { PATH: process.env["PATH"] ?? "", MALLOC_ARENA_MAX: "2" };
    this.#child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
    const reader = new FrameReader(mostReportBytes);
    this.#child.stdin?.on("error", () => {}); // its end tells
    this.#child.stdout?.on("data", (data: Buffer) => {
      try {
        for (const frame of reader.take(data)) this.#take(frame);
      } catch {
        this.#child.kill("SIGKILL"); // nonsense: what follows cannot be read
      }
    });
    this.#over = new Promise((resolve) => {
      const ended = (): void => {
        resolve();
        options.onEnded();
      };
      this.#child.once("close", ended);
      this.#child.once("error", () => this.#child.pid === undefined && ended());
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get unsentBytes(): number {
    return this.#child.stdin?.writableLength ?? 0;
  }

  order(call: number, order: TalkOrder): void {
    this.#write(encodeWords(call, order));
  }

  unit(call: number, bytes: Uint8Array): void {
    this.#write(encodeFrame({ kind: "unit", call, bytes }));
  }

  sound(call: number, bytes: Uint8Array): void {
    this.#write(encodeFrame({ kind: "sound", call, bytes }));
  }

  /** By the end of its input; by force if it does not listen. */
  async end(): Promise<void> {
    if (!this.#ending) {
      this.#ending = true;
      this.#child.stdin?.end();
    }
    const cancel = this.#options.clock.after(killAfterMs, () => this.#child.kill("SIGKILL"));
    await this.#over;
    cancel();
  }

  #write(bytes: Uint8Array): void {
    if (!this.#ending && this.#child.stdin?.writable === true) this.#child.stdin.write(bytes);
  }

  #take({ kind, call, bytes }: CallFrame): void {
    if (kind === "sound") return this.#options.onSound(call, bytes);
    this.#options.onReport(call, talkReportSchema.parse(JSON.parse(Buffer.from(bytes).toString())));
  }
}
