/**
 * Told: what a run tells on the way, on a terminal that may be drawn over. What is wanted of the person is
 * said anywhere.
 */
import type { Progress } from "../../wire/selftest.ts";
import type { Terminal } from "../terminal.ts";

const clearLine = "\r\u001B[K";

export function progressTeller({ progress, err }: Terminal): {
  readonly tell: (step: Progress) => void;
  readonly clear: () => void;
} {
  let titles = new Map<string, string>();
  let done = 0;
  const clear = (): void => progress?.(clearLine);
  return {
    clear,
    tell(step) {
      switch (step.type) {
        case "selftest-begun":
          titles = new Map(step.checks.map(({ id, title }) => [id, title]));
          return;
        case "check-begun":
          return progress?.(
            `${clearLine}${done + 1} of ${titles.size}: ${(titles.get(step.id) ?? step.id).slice(0, 60)}`,
          );
        case "check-asks":
          clear();
          return err(`>> ${step.request}`);
        case "check-done":
          done += 1;
          return;
      }
    },
  };
}
