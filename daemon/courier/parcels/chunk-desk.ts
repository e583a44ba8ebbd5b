/**
 * ChunkDesk: asks the keeper for one chunk and waits for it, or for the gate's no.
 *
 * One question for each parcel, so one chunk of it in memory. What nobody asked for is dropped and counted. The
 * keeper hands out whole chunks; the bytes before the offset are cut off here (a dock may hold a part of one).
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { decodeChunk, type Chunk } from "../../wire/chunk.ts";
import type { GateRefusal } from "../../wire/messages.ts";
import type { Stages } from "../stages.ts";

/** The keeper reads and hashes a chunk, and waits until its ledger is on the disk. */
const answerMs = 60_000;

/** The gate's no. */
export class Refusal extends Fault {
  readonly reason: GateRefusal;

  constructor(reason: GateRefusal) {
    super("denied", `the gate hands over nothing: ${reason}`);
    this.reason = reason;
  }
}

interface Question {
  readonly offset: number;
  readonly answer: (bytes: Uint8Array) => void;
  readonly fail: (error: unknown) => void;
}

export interface ChunkDeskOptions {
  readonly clock: Clock;
  readonly ask: (grant: string, offset: number) => void;
  readonly stages: Stages;
}

export class ChunkDesk {
  readonly #options: ChunkDeskOptions;
  readonly #questions = new Map<string, Question>();

  constructor(options: ChunkDeskOptions) {
    this.#options = options;
  }

  /** From `offset` to the end of its chunk. Rejects with a Refusal, a timeout or the signal's reason. */
  async take(grant: string, offset: number, signal: AbortSignal): Promise<Uint8Array> {
    signal.throwIfAborted();
    const { clock, ask, stages } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const question = { offset, answer: resolve, fail: reject };
    const onAbort = (): void => reject(signal.reason);
    this.#questions.set(grant, question);
    signal.addEventListener("abort", onAbort);
    const cancel = clock.after(answerMs, () =>
      reject(new Fault("timeout", "the keeper hands over no chunk")),
    );
    stages.at("chunks").in += 1;
    ask(grant, offset);
    try {
      return await promise;
    } finally {
      cancel();
      signal.removeEventListener("abort", onAbort);
      if (this.#questions.get(grant) === question) this.#questions.delete(grant);
    }
  }

  /** A binary frame of the keeper. */
  handle(frame: Uint8Array): void {
    const chunk = orNull(frame);
    const question = chunk === null ? undefined : this.#questions.get(chunk.grant);
    if (chunk === null || question === undefined || !holds(chunk, question.offset)) {
      this.#options.stages.at("chunks").dropped += 1;
      return;
    }
    question.answer(chunk.bytes.subarray(question.offset - chunk.offset));
  }

  refused(grant: string, offset: number, reason: GateRefusal): void {
    const question = this.#questions.get(grant);
    if (question?.offset !== offset) return;
    const refusal = new Refusal(reason);
    this.#options.stages.failed("chunks", refusal);
    question.fail(refusal);
  }
}

function holds({ offset, bytes }: Chunk, at: number): boolean {
  return offset <= at && at < offset + bytes.length;
}

function orNull(frame: Uint8Array): Chunk | null {
  try {
    return decodeChunk(frame);
  } catch {
    return null; // counted as dropped
  }
}
