/** A parent for orphan.test.ts: starts a process with a model that hangs, says its number, and never ends it. */
import { systemClock } from "../../../hal/clock.ts";
import { RunnerProcess } from "../../../models/runner/process.ts";
import { files, samplesOf, words } from "./models.ts";

const limits = { memoryMb: 512, timeoutMs: 600_000, loadMs: 600_000 };
const runner = new RunnerProcess({ clock: systemClock, limits, ended: () => {} });
await runner.load(words, files.hangs());
void runner.run(samplesOf(1, 1, 1)).catch(() => {});
process.stdout.write(`${runner.pid}\n`);
