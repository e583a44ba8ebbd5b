/**
 * Is there memory left while the doorbell works?
 */
import type { Check } from "../check.ts";
import { failed, megabytes, passed, skipped, warned } from "./said.ts";

const leastBytes = 48 * 1024 * 1024;
const fewBytes = 96 * 1024 * 1024;
/** Of the swap: more is a machine that lives on its card. */
const mostSwapFrac = 0.5;

export const memory: Check = {
  id: "board-memory",
  group: "board",
  title: "There is memory left",
  mostMs: 5_000,
  async run({ machine }) {
    const text = await machine.read("/proc/meminfo");
    const bytes = (name: string): number | null => {
      const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB`, "mu").exec(text ?? "") ?? [];
      return kib === undefined ? null : Number(kib) * 1_024;
    };
    const [total, free] = [bytes("MemTotal"), bytes("MemAvailable")];
    if (total === null || free === null) return skipped("the kernel does not say");
    const [swap, swapFree] = [bytes("SwapTotal") ?? 0, bytes("SwapFree") ?? 0];
    const used = swap === 0 ? 0 : (swap - swapFree) / swap;
    const figures = [
      { name: "available", value: free, unit: "bytes", atLeast: fewBytes },
      { name: "of", value: total, unit: "bytes" },
      { name: "swap used", value: used, unit: "frac", atMost: mostSwapFrac },
    ];
    const seen = `${megabytes(free)} of ${megabytes(total)} are available`;
    const advice = "end what else runs on this machine, or lower camera.width and camera.height";
    if (free < leastBytes) return failed(seen, advice, { figures });
    if (free < fewBytes) return warned(seen, advice, { figures });
    if (used > mostSwapFrac)
      return warned(`${seen}, but ${Math.round(used * 100)} % of the swap are in use`, advice, { figures });
    return passed(seen, { figures });
  },
};
