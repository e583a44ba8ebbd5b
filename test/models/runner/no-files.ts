/**
 * No files: a program for a test. It opens files until there is none left to open, asks for a detector, gives the
 * files back, and says as JSON what became of it.
 */
import { closeSync, openSync } from "node:fs";
import { SimClock } from "../../../hal/sim/clock.ts";
import { checkModel } from "../../../models/check.ts";
import { RunnerDetector } from "../../../models/runner/detector.ts";
import { files, manifestFor } from "./models.ts";

const bytes = files.honest();
const manifest = manifestFor(bytes);
const model = { ...checkModel(manifest, bytes, 2 ** 20), manifest, bytes };
const clock = new SimClock();
const taken: number[] = [];
try {
  for (;;) taken.push(openSync("/dev/null", "r"));
} catch {}
const limits = { memoryMb: 512, timeoutMs: 60_000, loadMs: 60_000 };
const load = () => Promise.resolve(model);
const detector = new RunnerDetector({ model: "honest", clock, limits, threads: 1, load });
await detector.ready().catch(() => {});
const { state, fault } = detector.status();
for (const each of taken) closeSync(each);
await clock.advance(1_000);
await detector.ready();
const after = detector.status().state;
await detector.close();
process.stdout.write(JSON.stringify({ opened: taken.length > 0, state, kind: fault?.kind, after }));
