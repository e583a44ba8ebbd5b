/**
 * Open: the detector that the settings ask for.
 */
import { join } from "node:path";
import type { Settings } from "../config/schema.ts";
import type { Clock } from "../hal/sensors.ts";
import { loadModel, noModel } from "./load.ts";
import { RunnerDetector } from "./runner/detector.ts";

/** Reading a file of 256 MB takes a small board some seconds. */
const loadMs = 60_000;

/** Where the owner's models lie below the data folder. */
export function modelsFolder(data: string): string {
  return join(data, "models");
}

/** Null where none is wanted. Does not wait: it says itself when it is ready. */
export function openDetector(settings: Pick<Settings, "data" | "what">, clock: Clock): RunnerDetector | null {
  const { model, memoryMb, timeoutMs, threads } = settings.what;
  if (model === noModel) return null;
  return new RunnerDetector({
    model,
    clock,
    threads,
    limits: { memoryMb, timeoutMs, loadMs },
    load: () => loadModel(model, { own: modelsFolder(settings.data) }),
  });
}
