/**
 * A doorbell's lines, held and left alone: what do they cost? For gpio-idle.test.ts.
 *
 *   idle-doorbell.ts LABEL SECONDS   prints {seconds, wakeUps, cpuMs} as JSON
 */
import { readFileSync } from "node:fs";
import { systemClock } from "../../hal/clock.ts";
import { gpioButton } from "../../hal/gpio/button.ts";
import { gpioPir } from "../../hal/gpio/pir.ts";
import { inputOn, sleep } from "../../scripts/rigs/driven-line.ts";

const [chip = "auto", seconds = "10"] = process.argv.slice(2);

/** How often the process was put to sleep, over all its threads. */
function sleeps(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/^voluntary_ctxt_switches:\s*(\d+)/mu.exec(status)?.[1]);
}

await using button = await gpioButton(inputOn({ chip, line: 17 }, 20)).open();
await using pir = await gpioPir(inputOn({ chip, line: 27 }, 50)).open();
let heard = 0;
button.onPress(() => (heard += 1));
pir.onEdge(() => (heard += 1));
await sleep(2_000); // what starting up leaves behind
const before = { sleeps: sleeps(), cpu: process.cpuUsage(), ms: systemClock.monoMs() };
await sleep(Number(seconds) * 1_000);
const { user, system } = process.cpuUsage(before.cpu);
process.stdout.write(
  JSON.stringify({
    seconds: (systemClock.monoMs() - before.ms) / 1_000,
    wakeUps: sleeps() - before.sleeps,
    cpuMs: (user + system) / 1_000,
    heard,
  }),
);
