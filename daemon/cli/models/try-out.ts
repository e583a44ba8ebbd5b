/**
 * Try out: a model in a process of its own, as the eye has it, shown the porch's picture.
 */
import type { Settings } from "../../../config/schema.ts";
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Found } from "../../../models/detector.ts";
import type { LoadedModel } from "../../../models/load.ts";
import { limitsOf } from "../../../models/open.ts";
import { RunnerDetector } from "../../../models/runner/detector.ts";
import type { RunnerStatus } from "../../../models/runner/status.ts";
import { porchFrame, type PorchFrame } from "./porch-frame.ts";

export interface Tried {
  readonly found: readonly Found[];
  readonly status: RunnerStatus;
}

const nobody = new AbortController().signal;

/** `work` has the model while it is there. Throws the Fault for which it is not taken. */
export async function withDetector<T>(
  model: LoadedModel,
  { what }: Pick<Settings, "what">,
  work: (detector: RunnerDetector) => Promise<T>,
): Promise<T> {
  const detector = new RunnerDetector({
    model: model.manifest.name,
    clock: systemClock,
    threads: what.threads,
    limits: limitsOf(what),
    load: async () => model,
  });
  try {
    await detector.ready();
    return await work(detector);
  } finally {
    await detector.close();
  }
}

/** Twice the same picture: the answers must be the same. */
export function tryOut(model: LoadedModel, settings: Pick<Settings, "what">): Promise<Tried> {
  return withDetector(model, settings, async (detector) => {
    const porch = porchFrame();
    const found = await lookOnce(detector, porch);
    const again = await lookOnce(detector, porch);
    if (JSON.stringify(found) !== JSON.stringify(again))
      throw new Fault("corrupt", "the model says two things of the same picture", {
        hint: "it has something random in it: export it for use, not for training",
      });
    return { found, status: detector.status() };
  });
}

export function lookOnce(detector: RunnerDetector, { frame, region }: PorchFrame): Promise<readonly Found[]> {
  return detector.detect(frame, [region], nobody);
}
