/**
 * Another program on the same machine, for gpio-lines.test.ts.
 *
 *   hold PATH LINE    takes the line under its own name until its standard input ends
 *   open LABEL LINE   opens a button there, as whoever it runs as, and prints the Fault as JSON
 */
import { systemClock } from "../../hal/clock.ts";
import { Fault } from "../../hal/fault.ts";
import { gpioButton } from "../../hal/gpio/button.ts";
import { linuxKernel } from "../../hal/gpio/kernel.ts";
import { encodeLineRequest, ioctls, lineFlags } from "../../hal/gpio/uapi.ts";

const [what, where = "", line = "0"] = process.argv.slice(2);

async function hold(path: string, offset: number): Promise<void> {
  const kernel = await linuxKernel();
  const request = { offset, consumer: "blinkenlights", flags: lineFlags.output, debounceUs: 0 };
  kernel.ioctl(kernel.open(path), ioctls.getLine, encodeLineRequest(request));
  process.stdout.write("held\n");
  process.stdin.resume().once("end", () => process.exit(0));
}

async function open(chip: string, offset: number): Promise<void> {
  try {
    await gpioButton({ chip, line: offset, activeLow: false, debounceMs: 20, clock: systemClock }).open();
    process.stdout.write("{}\n");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { kind, message, hint } = error;
    process.stdout.write(`${JSON.stringify({ kind, message, hint })}\n`);
  }
}

await (what === "hold" ? hold : open)(where, Number(line));
