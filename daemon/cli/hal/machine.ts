/**
 * Machine: what kind of machine a trace was recorded on, and what its own sensors say.
 *
 * Kinds and figures only: never a host name, a serial number, an address.
 */
import { readdirSync, readFileSync } from "node:fs";
import { arch, release } from "node:os";
import { join } from "node:path";
import type { MomentOf } from "../../../hal/trace/format.ts";

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replaceAll("\0", "").trim();
  } catch {
    return null;
  }
}

/** "Raspberry Pi 5 Model B Rev 1.0", or that it is a guest, else the processor's kind; "6.6.31". */
export function machineKind(): { machine: string; kernel: string } {
  const guest = /^vendor_id\s*: (User Mode Linux)$/mu.exec(textOf("/proc/cpuinfo") ?? "")?.[1] ?? null;
  const machine = (textOf("/proc/device-tree/model") ?? guest ?? arch()).slice(0, 80);
  const [kernel = ""] = /^\d+(?:\.\d+)*/u.exec(release()) ?? []; // what follows may name who built it
  return { machine, kernel };
}

type Value = Pick<MomentOf<"value">, "sensor" | "value" | "unit">;

/** Those that this machine has. */
export function machineValues(): Value[] {
  const values: Value[] = [];
  const milli = Number(textOf("/sys/class/thermal/thermal_zone0/temp") ?? Number.NaN);
  if (Number.isFinite(milli))
    values.push({ sensor: "temperature", value: Math.round(milli / 500) / 2, unit: "celsius" });
  const khz = Number(textOf("/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq") ?? Number.NaN);
  if (Number.isFinite(khz)) values.push({ sensor: "cpu-clock", value: Math.round(khz / 1_000), unit: "mhz" });
  const alarm = underVoltage();
  if (alarm !== null) values.push({ sensor: "under-voltage", value: alarm, unit: "count" });
  return values;
}

/** The Pi's own alarm (rpi_volt): 1 while the supply is too low. */
function underVoltage(root = "/sys/class/hwmon"): number | null {
  try {
    const own = readdirSync(root).find((name) => textOf(join(root, name, "name")) === "rpi_volt");
    const text = own === undefined ? null : textOf(join(root, own, "in0_lcrit_alarm"));
    return text === null ? null : Number(text);
  } catch {
    return null;
  }
}
