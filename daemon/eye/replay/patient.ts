/**
 * Patient: a detector for a replay, where nothing is live and every question is worth an answer.
 *
 * A question that was not answered (the model's process died, or was ended) is asked again when the model is there again,
 * a few times. Where it never is, `fault` says why: the replay ends with it, instead of going on as if nothing more had come.
 */
import { Fault, toFault, type FaultKind } from "../../../hal/fault.ts";
import type { MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import type { Detector, Found } from "../../../models/detector.ts";

/** Of one question. */
const mostTries = 3;
/** Of itself, until it is there again; what fails rests longer each time (runner.ts). */
const mostStarts = 3;
/** Longer than its longest rest, of five minutes. */
const mostRests = 330;
/** Of the file: another start changes nothing. */
const refusals: ReadonlySet<FaultKind> = new Set(["invalid", "not-found", "denied"]);

export interface Restarting extends Detector {
  /** Resolves when it is there (again), rejects when a start of it has failed. */
  ready(): Promise<void>;
}

export interface PatientOptions {
  readonly detector: Restarting;
  /** About as long as it rests itself before it is started again: a second. */
  readonly rest: () => Promise<void>;
  readonly warn: (line: string) => void;
}

export class PatientDetector implements Detector {
  readonly name: string;
  readonly #options: PatientOptions;
  #fault: Fault | null = null;

  constructor(options: PatientOptions) {
    this.#options = options;
    this.name = options.detector.name;
  }

  /** Why it answers no more; null = it does. */
  get fault(): Fault | null {
    return this.#fault;
  }

  async detect(
    frame: MaskedFrame,
    regions: readonly BoxPx[],
    signal: AbortSignal,
  ): Promise<readonly Found[]> {
    const { detector, warn } = this.#options;
    for (let tries = 1; ; tries += 1) {
      try {
        return await detector.detect(frame, regions, signal);
      } catch (error) {
        const fault = toFault(error);
        if (fault.kind === "cancelled" || signal.aborted || this.#fault !== null) throw fault;
        if (tries === mostTries || !(await this.#back())) {
          this.#fault = new Fault("unavailable", `the model answers no more: ${fault.message}`, {
            cause: fault,
            hint: "try it with: sill models bench; without a model: --what.model=off",
          });
          throw this.#fault;
        }
        warn(`the model did not answer, and is asked again: ${fault.message}`);
      }
    }
  }

  async close(): Promise<void> {
    await this.#options.detector.close();
  }

  async #back(): Promise<boolean> {
    const { detector, rest } = this.#options;
    /** What it died of, and what each start failed of: the same one while it rests. */
    const faults = new Set<Fault>();
    for (let rests = 0; rests < mostRests; rests += 1) {
      await rest();
      const fault = await detector.ready().then(
        () => null,
        (error: unknown) => toFault(error), // its question says why
      );
      if (fault === null) return true;
      faults.add(fault);
      if (faults.size > mostStarts || refusals.has(fault.kind)) return false;
    }
    return false;
  }
}
