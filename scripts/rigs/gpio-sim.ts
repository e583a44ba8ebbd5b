/**
 * gpio-sim: a chip of the kernel's own GPIO simulator, made through configfs.
 *
 * Its lines are real ones for whoever takes them; only their pulls are ours, through sysfs. Needs
 * root and a kernel that has the module: the guest, or a Pi after `modprobe gpio-sim`.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const configfs = "/sys/kernel/config/gpio-sim";

export function hasGpioSim(): boolean {
  return process.getuid?.() === 0 && existsSync(configfs);
}

let made = 0;

export class SimChip implements Disposable {
  readonly label: string;
  readonly lines: number;
  readonly #folder: string;
  readonly #pulls = new Map<number, number>();

  constructor(lines = 32) {
    made += 1;
    this.lines = lines;
    this.label = `hardware-test-${process.pid}-${made}`;
    this.#folder = join(configfs, this.label);
    mkdirSync(join(this.#folder, "bank"), { recursive: true });
    writeFileSync(join(this.#folder, "bank/num_lines"), String(lines));
    writeFileSync(join(this.#folder, "bank/label"), this.label);
    this.plug();
  }

  get path(): string {
    return `/dev/${readFileSync(join(this.#folder, "bank/chip_name"), "utf8").trim()}`;
  }

  plug(): void {
    writeFileSync(join(this.#folder, "live"), "1");
  }

  /** Takes the chip away from under whoever holds its lines. */
  unplug(): void {
    for (const fd of this.#pulls.values()) closeSync(fd);
    this.#pulls.clear();
    writeFileSync(join(this.#folder, "live"), "0");
  }

  /** As a finger on a button between the line and 3.3 V would. */
  pull(line: number, up: boolean): void {
    let fd = this.#pulls.get(line);
    if (fd === undefined) this.#pulls.set(line, (fd = openSync(this.#file(line, "pull"), "w")));
    writeSync(fd, up ? "pull-up" : "pull-down", 0);
  }

  /** What is on the wire, outputs included. */
  level(line: number): boolean {
    return readFileSync(this.#file(line, "value"), "utf8").trim() === "1";
  }

  #file(line: number, name: string): string {
    const [device, chip] = ["dev_name", "bank/chip_name"].map((file) =>
      readFileSync(join(this.#folder, file), "utf8").trim(),
    );
    return `/sys/devices/platform/${device}/${chip}/sim_gpio${line}/${name}`;
  }

  [Symbol.dispose](): void {
    if (readFileSync(join(this.#folder, "live"), "utf8").trim() === "1") this.unplug();
    rmdirSync(join(this.#folder, "bank"));
    rmdirSync(this.#folder);
  }
}
