/**
 * Does the clock run evenly? Compares it with the one that nobody sets, from the run's beginning until now.
 *
 * A step while the test runs is told as such. What is slewed by the network's time is a few ppm; a bad crystal
 * or a virtual machine that is stopped now and then is not.
 */
import type { Check, CheckContext } from "../check.ts";
import { passed, skipped, warned } from "./said.ts";

/** Shorter cannot be told from the clocks' own grain. */
const leastMs = 4_000;
const stepMs = 250;
const mostPpm = 500;
/** Grain of a wall clock. */
const grainMs = 1;

export const clockDrift: Check = {
  id: "clock-drift",
  group: "time",
  title: "The clock runs evenly",
  mostMs: leastMs + 4_000,
  async run(context) {
    const { began, clock } = context;
    if (began === undefined) return skipped("nothing to compare with");
    const waitMs = leastMs - (clock.monoMs() - began.monoMs);
    if (waitMs > 0) await wait(context, waitMs);
    const elapsedMs = clock.monoMs() - began.monoMs;
    const apartMs = clock.wallMs() - began.wallMs - elapsedMs;
    const ppm = (Math.max(0, Math.abs(apartMs) - grainMs) / elapsedMs) * 1e6;
    const figures = [
      { name: "over", value: elapsedMs / 1_000, unit: "s" },
      { name: "apart", value: apartMs, unit: "ms" },
      { name: "drift, at least", value: ppm, unit: "ppm", atMost: mostPpm },
    ];
    if (Math.abs(apartMs) > stepMs)
      return warned(
        `the clock was set by ${Math.round(apartMs)} ms while the test ran`,
        "run the test again; if it is set again and again, something fights over the clock",
        { figures },
      );
    if (ppm > mostPpm)
      return warned(
        `it drifts by at least ${Math.round(ppm)} millionths`,
        "the board's crystal is bad, or the machine stands still now and then",
        {
          figures,
        },
      );
    return passed(
      `even within ${Math.round(Math.max(ppm, (grainMs / elapsedMs) * 1e6))} millionths over ${Math.round(elapsedMs / 1_000)} s`,
      { figures },
    );
  },
};

function wait({ clock, signal }: CheckContext, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal.addEventListener("abort", done, { once: true });
  });
}
