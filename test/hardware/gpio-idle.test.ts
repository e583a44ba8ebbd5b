/**
 * Idle: button and PIR held for a minute in which nothing happens.
 *
 * What is asserted is how often the process woke, which a busy machine does not change; the share
 * of a core is printed. In simulated time no instruction takes any, so there it says 0.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { SimChip, hasGpioSim } from "../../scripts/rigs/gpio-sim.ts";

const seconds = 60;
/** Two inputs that are looked at every 5 s, and Node's own timers. */
const mostWakeUps = 2 * (seconds / 5) + 12;

test("a minute without a press wakes the process some 24 times: edges come by interrupt", async (context) => {
  if (!hasGpioSim()) return context.skip("this kernel has no gpio-sim, or this is not root");
  using chip = new SimChip();
  const program = join(import.meta.dirname, "idle-doorbell.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, chip.label, String(seconds)]);
  const idle = JSON.parse(stdout) as { seconds: number; wakeUps: number; cpuMs: number; heard: number };
  process.stdout.write(
    `idle: ${stdout}; ${((idle.cpuMs / idle.seconds / 1_000) * 100).toFixed(3)} % of a core\n`,
  );
  expect(idle.heard).toBe(0);
  expect(idle.wakeUps).toBeLessThanOrEqual(mostWakeUps);
});
