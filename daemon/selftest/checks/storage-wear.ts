/**
 * How long will the card last, at what is written on it now?
 *
 * An eMMC tells how worn it is. An SD card does not: what the kernel has written since it started is
 * projected on a day, and a card is taken to bear `rewrites` of its whole size (a common consumer card).
 */
import type { Check, CheckContext, CheckResult } from "../check.ts";
import { firstLine, numberIn } from "../machine.ts";
import { mountOf } from "./mount.ts";
import { failed, megabytes, passed, skipped, warned } from "./said.ts";

const rewrites = 300;
const fewYears = 3;
/** Shorter tells nothing of a day. */
const leastUptimeS = 600;
const sectorBytes = 512;

export const storageWear: Check = {
  id: "storage-wear",
  group: "storage",
  title: "The card will last",
  mostMs: 5_000,
  async run(context) {
    const mount = await mountOf(context.machine, context.settings.data);
    const at = `/sys/dev/block/${mount?.device ?? ""}`;
    const size = mount === null ? null : await numberIn(context.machine, `${at}/size`);
    if (size === null) return skipped("the data folder is on no disk of its own that could be asked");
    return (await told(context, at)) ?? projected(context, at, size * sectorBytes);
  },
};

/** eMMC: tenths of its life used, for each of its two kinds of memory. Null = it is none. */
async function told({ machine }: CheckContext, at: string): Promise<CheckResult | null> {
  // a partition's card is its parent
  for (const device of [`${at}/device`, `${at}/../device`]) {
    const text = await firstLine(machine, `${device}/life_time`);
    if (text === null) continue;
    const tenths = Math.max(...text.split(/\s+/u).map(Number).filter(Number.isFinite), 0);
    const endOfLife = (await numberIn(machine, `${device}/pre_eol_info`)) ?? 0;
    if (tenths === 0) continue;
    const figures = [{ name: "life used", value: Math.min(1, tenths / 10), unit: "frac", atMost: 0.9 }];
    if (tenths > 10 || endOfLife >= 3)
      return failed(
        "the eMMC says that its life is over",
        "change it now: it may stop taking writes any day",
        {
          figures,
        },
      );
    const seen = `the eMMC says that ${tenths * 10 - 10} to ${tenths * 10} % of its life are used`;
    return tenths >= 9 || endOfLife === 2
      ? warned(seen, "plan to change it", { figures })
      : passed(seen, { figures });
  }
  return null;
}

async function projected({ machine }: CheckContext, at: string, totalBytes: number): Promise<CheckResult> {
  const written =
    Number(((await firstLine(machine, `${at}/stat`)) ?? "").split(/\s+/u)[6] ?? "") * sectorBytes;
  const uptimeS = Number(((await firstLine(machine, "/proc/uptime")) ?? "").split(" ")[0] ?? "");
  if (!Number.isFinite(written) || !(uptimeS > 0))
    return skipped("the kernel does not count what is written");
  if (uptimeS < leastUptimeS)
    return skipped(
      `the machine runs for ${Math.round(uptimeS / 60)} minutes only; a day cannot be told from that`,
      "run the test again later",
    );
  const perDay = (written / uptimeS) * 86_400;
  const years = perDay === 0 ? Infinity : (totalBytes * rewrites) / perDay / 365;
  const figures = [
    { name: "written in a day", value: perDay, unit: "bytes" },
    { name: "years", value: Math.min(years, 100), unit: "years", atLeast: fewYears },
  ];
  const seen = `${megabytes(perDay)} are written in a day; a card of ${megabytes(totalBytes)} bears that for ${years > 99 ? "more than 99" : years.toFixed(1)} years (at ${rewrites} rewrites)`;
  return years < fewYears
    ? warned(seen, "find what writes so much (iotop), record less, or take a larger or an endurance card", {
        figures,
      })
    : passed(seen, { figures });
}
