/**
 * The board: is it one that can do this, warm enough not to slow down, and fed well?
 */
import type { Check, CheckContext } from "../check.ts";
import { firstLine, hottest, numberIn } from "../machine.ts";
import { failed, passed, skipped, warned } from "./said.ts";

export const boardModel: Check = {
  id: "board-model",
  group: "board",
  title: "The board is strong enough",
  mostMs: 10_000,
  async run({ machine }) {
    const model = await firstLine(machine, "/proc/device-tree/model");
    const kernel = (await machine.run("uname", ["-m"]))?.trim() ?? null;
    const mixed = kernel === "aarch64" && process.arch !== "arm64";
    if (mixed)
      return warned(
        `a 64-bit kernel runs a 32-bit system (${process.arch})`,
        "flash the 64-bit Raspberry Pi OS: Sill is built for it",
      );
    if (model === null) return skipped("not a board with a name (no device tree); a tester's machine?");
    if (/Raspberry Pi (?:Zero(?! 2)|Model|2 )/u.test(model))
      return failed(`${model} is too slow for video`, "use a Pi Zero 2 W, 3, 4 or 5");
    return passed(`${model}${kernel === null ? "" : `, ${kernel}`}`);
  },
};

const warmC = 75;
const hotC = 85;

export const boardTemperature: Check = {
  id: "board-temperature",
  group: "board",
  title: "The board keeps cool",
  mostMs: 5_000,
  async run(context) {
    const { machine } = context;
    const celsius = await hottest(machine);
    if (celsius === null) return skipped("no thermometer tells");
    const flags = await throttled(context);
    const figures = [{ name: "temperature", value: celsius, unit: "celsius", atMost: warmC }];
    const seen = `${celsius.toFixed(0)} degrees Celsius`;
    if (celsius >= hotC || isSet(flags, 3))
      return failed(`${seen}: it slows itself down`, "give it air or a heat sink, and shade", { figures });
    if (celsius >= warmC || isSet(flags, 19))
      return warned(
        celsius >= warmC ? seen : `${seen} now; it was too hot since its start`,
        "a summer afternoon will be too much: give it air or a heat sink, and shade",
        { figures },
      );
    return passed(seen, { figures });
  },
};

export const boardPower: Check = {
  id: "board-power",
  group: "board",
  title: "The board gets enough voltage",
  mostMs: 20_000,
  async run(context) {
    const flags = await throttled(context);
    const advice = "use the board's own supply and a short, thick cable; long bell wire drops too much";
    if (flags === null) {
      const alarm = await lowVoltageAlarm(context);
      if (alarm === null) return skipped("nothing here measures the supply (no vcgencmd, no rpi_volt)");
      return alarm ? failed("the voltage is too low now", advice) : passed("the voltage is not too low");
    }
    const figures = [{ name: "throttled", value: flags, unit: "bits", atMost: 0 }];
    if (isSet(flags, 0)) return failed("the voltage is too low now", advice, { figures });
    if (isSet(flags, 2)) return failed("the board slows itself down now", advice, { figures });
    if (isSet(flags, 16) || isSet(flags, 18))
      return warned("the voltage was too low since the board started", advice, { figures });
    return passed("never too low since the board started", { figures });
  },
};

/** The firmware's bits: 0 under-voltage, 1 capped, 2 throttled, 3 soft limit; 16 to 19 the same, since the start. */
async function throttled({ machine }: CheckContext): Promise<number | null> {
  const [, bits] =
    /throttled=0x([0-9a-f]+)/iu.exec((await machine.run("vcgencmd", ["get_throttled"])) ?? "") ?? [];
  return bits === undefined ? null : Number.parseInt(bits, 16);
}

function isSet(flags: number | null, bit: number): boolean {
  return flags !== null && ((flags >>> bit) & 1) === 1;
}

async function lowVoltageAlarm({ machine }: CheckContext): Promise<boolean | null> {
  for (const hwmon of await machine.list("/sys/class/hwmon")) {
    if ((await firstLine(machine, `/sys/class/hwmon/${hwmon}/name`)) !== "rpi_volt") continue;
    const alarm = await numberIn(machine, `/sys/class/hwmon/${hwmon}/in0_lcrit_alarm`);
    if (alarm !== null) return alarm === 1;
  }
  return null;
}
