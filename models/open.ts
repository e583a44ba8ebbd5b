/**
 * Open: the detector that the settings ask for.
 */
import { join } from "node:path";
import type { Settings } from "../config/schema.ts";
import type { Clock } from "../hal/sensors.ts";
import { loadModel, noModel } from "./load.ts";
import { RunnerDetector } from "./runner/detector.ts";
import type { ProcessLimits } from "./runner/process.ts";

/** Reading a file of 256 MB takes a small board some seconds. */
const loadMs = 60_000;

/** Where the owner's models lie below the data folder. */
export function modelsFolder(data: string): string {
  return join(data, "models");
}

export function limitsOf({ memoryMb, timeoutMs }: Settings["what"]): ProcessLimits {
  return { memoryMb, timeoutMs, loadMs };
}

/** Null where none is wanted. Does not wait: it says itself when it is ready. `changed`: its state is another one. */
export function openDetector(
  settings: Pick<Settings, "data" | "what">,
  clock: Clock,
  changed?: () => void,
): RunnerDetector | null {
  const { model, threads } = settings.what;
  if (model === noModel) return null;
  return new RunnerDetector({
    model,
    clock,
    threads,
    limits: limitsOf(settings.what),
    load: () => loadModel(model, { own: modelsFolder(settings.data) }),
    changed,
  });
}
