/**
 * `npm run check`: everything that can be said about the code without running it.
 */
import { join } from "node:path";
import { runChecks } from "./checks.ts";
import { checkSummary } from "./report.ts";

const results = await runChecks(join(import.meta.dirname, "../.."));
process.stdout.write(`${checkSummary(results)}\n`);
process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
