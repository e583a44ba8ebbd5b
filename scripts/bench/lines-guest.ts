/**
 * The doorbell's lines on a real kernel, measured: runs in the guest, or on a Pi with a jumper.
 *
 * Prints {delaysMs, idle: {seconds, cpuMs}} as JSON. A delay is from the kernel's stamp of an edge to
 * the handler of the press. Idle: button and PIR held, and nothing happens.
 */
import { systemClock } from "../../hal/clock.ts";
import { gpioButton } from "../../hal/gpio/button.ts";
import { inputOn, noDrivenLine, openDrivenLine, sleep } from "../rigs/driven-line.ts";

const presses = 500;
const idleS = 30;

await using line = await openDrivenLine();
if (line === null) throw new Error(noDrivenLine);
await using button = await gpioButton(inputOn(line, 5)).open();
const delaysMs: number[] = [];
button.onPress(({ monoMs }) => delaysMs.push(systemClock.monoMs() - monoMs));
for (let press = 0; press < presses; press++) {
  line.drive(true);
  await sleep(40);
  line.drive(false);
  await sleep(40);
}
await sleep(1_000);
const [before, startMs] = [process.cpuUsage(), systemClock.monoMs()];
await sleep(idleS * 1_000);
const { user, system } = process.cpuUsage(before);
const idle = { seconds: (systemClock.monoMs() - startMs) / 1_000, cpuMs: (user + system) / 1_000 };
process.stdout.write(JSON.stringify({ delaysMs, idle }));
