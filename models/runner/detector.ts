/**
 * RunnerDetector: the detector that the eye has, with its model in a process of its own.
 *
 * A frame is cut at once and asked about when its turn comes; a newer one takes the place of one that waits. Without
 * a model that answers (it is being read, it rests, it was refused) every question is answered at once: `unavailable`.
 */
import { Fault, toFault } from "../../hal/fault.ts";
import type { MaskedFrame } from "../../hal/frame.ts";
import type { BoxPx } from "../../hal/geometry.ts";
import type { Detector, Found } from "../detector.ts";
import type { Shot } from "./reading.ts";
import { Runner, type Ready, type RunnerOptions } from "./runner.ts";
import type { RunnerStatus } from "./status.ts";
import { Turn } from "./turn.ts";

/** Of one frame; the caller picks. */
const mostRegions = 16;

export class RunnerDetector implements Detector {
  readonly name: string;
  readonly #runner: Runner;
  readonly #turn = new Turn();

  constructor(options: RunnerOptions) {
    this.name = options.model;
    this.#runner = new Runner(options);
  }

  status(): RunnerStatus {
    return { ...this.#runner.status, dropped: this.#turn.dropped };
  }

  /** Of its process; undefined = there is none. */
  get pid(): number | undefined {
    return this.#runner.process?.pid;
  }

  /** It was shown a picture and has not answered yet. */
  get waits(): boolean {
    return this.#runner.process?.waits ?? false;
  }

  /** Resolves when it is ready, rejects with the Fault of its first failure: for who has nothing else to do. */
  ready(): Promise<void> {
    return this.#runner.settled();
  }

  async detect(
    frame: MaskedFrame,
    regions: readonly BoxPx[],
    signal: AbortSignal,
  ): Promise<readonly Found[]> {
    const { ready } = this.#runner;
    if (ready === null) throw this.#away();
    const shots = ready.reading.shots(frame, regions.slice(0, mostRegions));
    if (shots.length === 0) return [];
    const turn = await this.#turn.take(signal);
    const answers = shots.map((shot) => this.#ask(ready, shot));
    void Promise.allSettled(answers).finally(turn);
    return (await orAborted(Promise.all(answers), signal)).flat();
  }

  async close(): Promise<void> {
    await this.#runner.close();
  }

  async #ask({ process, reading }: Ready, shot: Shot): Promise<Found[]> {
    const given = await process.run(shot.samples).catch((error: unknown) => {
      this.#runner.refused(toFault(error));
      throw error;
    });
    try {
      const found = reading.found(given, shot);
      this.#runner.worked(given.ms);
      return found;
    } catch (error) {
      const fault = toFault(error);
      this.#runner.refused(fault);
      throw fault;
    }
  }

  #away(): Fault {
    const { state, fault } = this.#runner.status;
    return new Fault("unavailable", `no model says what moved: ${fault?.message ?? state}`, {
      hint: fault?.hint,
    });
  }
}

function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(new Fault("cancelled", "nobody wants to know any more"));
    if (signal.aborted) aborted();
    signal.addEventListener("abort", aborted, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}
