/**
 * How long until a small change is durable? A ring is told at once, but its row waits for this.
 */
import type { Histogram } from "../../wire/selftest.ts";
import type { Check } from "../check.ts";
import { cannotWrite, withProbe } from "./probe-file.ts";
import { failed, passed, warned } from "./said.ts";

const rounds = 40;
const roundBytes = 4_096;
/** At the 99th percentile. */
const goodMs = 250;
const mostMs = 2_000;

export const storageFsync: Check = {
  id: "storage-fsync",
  group: "storage",
  title: "A small change is durable soon",
  mostMs: 25_000,
  async run({ settings, clock, signal }) {
    try {
      const tookMs = await withProbe(settings, async (file) => {
        const took: number[] = [];
        const block = new Uint8Array(roundBytes).fill(0x5a);
        const endMs = clock.monoMs() + 15_000;
        while (took.length < rounds && !signal.aborted && (took.length < 3 || clock.monoMs() < endMs)) {
          const startMs = clock.monoMs();
          await file.write(block, 0, block.length, took.length * roundBytes);
          await file.sync();
          took.push(clock.monoMs() - startMs);
        }
        return took.toSorted((a, b) => a - b);
      });
      const [p50, p99] = [at(tookMs, 0.5), at(tookMs, 0.99)];
      const more = {
        figures: [
          { name: "half within", value: p50, unit: "ms" },
          { name: "99 of 100 within", value: p99, unit: "ms", atMost: goodMs },
          { name: "measured", value: tookMs.length, unit: "count" },
        ],
        histogram: histogramOf(tookMs),
      };
      const seen = `half of the changes within ${msText(p50)}, 99 of 100 within ${msText(p99)}`;
      if (p99 > mostMs)
        return failed(seen, "the card is failing, or something else writes all the time: change it", more);
      if (p99 > goodMs) return warned(seen, "this is slow for a card in good health; watch it", more);
      return passed(seen, more);
    } catch (error) {
      return cannotWrite(error);
    }
  },
};

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function msText(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** Each bar twice as wide as the one before it: a good card and a bad one fit into the same drawing. */
function histogramOf(tookMs: readonly number[]): Histogram {
  const bars: { upTo: number; count: number }[] = [];
  for (let upTo = 0.5, from = 0; upTo <= 4_096; from = upTo, upTo *= 2)
    bars.push({ upTo, count: tookMs.filter((each) => each > from && each <= upTo).length });
  const last = bars.findLastIndex(({ count }) => count > 0);
  const first = bars.findIndex(({ count }) => count > 0);
  return { title: "Time until durable", unit: "ms", bars: bars.slice(Math.max(0, first - 1), last + 2) };
}
