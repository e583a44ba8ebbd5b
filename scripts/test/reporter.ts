/**
 * The vitest reporter that counts, beside vitest's own that prints.
 *
 * A file that does not load and an error outside any test count as failed tests. The tally is
 * written to the file that TALLY_FILE names; no file = vitest died, which the caller counts.
 */
import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { addTallies, type Tally } from "./tally.ts";

export const tallyFileVariable = "TALLY_FILE";

type Unhandled = Parameters<NonNullable<Reporter["onTestRunEnd"]>>[1];

export function countModules(modules: readonly TestModule[], unhandled: Unhandled): Tally {
  const perModule = modules.map((module): Tally => {
    const tests = [...module.children.allTests()];
    const broken =
      module.errors().length + [...module.children.allSuites()].flatMap((suite) => suite.errors()).length;
    return {
      passed: count(tests, "passed"),
      failed: count(tests, "failed") + count(tests, "pending") + (broken > 0 ? 1 : 0),
      skipped: tests.filter((test) => test.result().state === "skipped").map(skippedText),
    };
  });
  return addTallies([...perModule, { passed: 0, failed: unhandled.length, skipped: [] }]);
}

function count(tests: readonly TestCase[], state: string): number {
  return tests.filter((test) => test.result().state === state).length;
}

function skippedText(test: TestCase): string {
  const result = test.result();
  const note = result.state === "skipped" ? result.note : undefined;
  const reason = note ?? (test.options.mode === "todo" ? "to do" : "no reason given");
  return `${test.module.relativeModuleId} > ${test.fullName}: ${reason}`;
}

export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: Unhandled): void {
    const file = process.env[tallyFileVariable];
    if (file !== undefined) writeFileSync(file, JSON.stringify(countModules(modules, unhandled)));
  }
}
