/**
 * How fast is the disk, for a recording's large files?
 *
 * Writes bytes that no controller can compress and waits until they are durable. A recording needs its bit
 * rate; four times that leaves room for an index, a ledger and a card that tidies up meanwhile.
 */
import { randomBytes } from "node:crypto";
import type { Check } from "../check.ts";
import { cannotWrite, withProbe } from "./probe-file.ts";
import { failed, passed, warned } from "./said.ts";

const partBytes = 1024 * 1024;
const parts = 8;
/** Less than this is an old or a dying card. */
const goodMbS = 4;

export const storageSpeed: Check = {
  id: "storage-speed",
  group: "storage",
  title: "The disk takes a recording's bytes fast enough",
  mostMs: 20_000,
  async run({ settings, clock, signal }) {
    const neededMbS = (settings.recording.bitrateKbps / 8_000) * 4;
    try {
      const mbS = await withProbe(settings, async (file) => {
        const part = randomBytes(partBytes);
        const startMs = clock.monoMs();
        for (let at = 0; at < parts && !signal.aborted; at += 1) await file.writeFile(part);
        await file.sync();
        return (parts * partBytes) / 1e3 / Math.max(0.001, clock.monoMs() - startMs);
      });
      const figures = [{ name: "written", value: mbS, unit: "mb_s", atLeast: neededMbS }];
      const seen = `${mbS.toFixed(1)} MB in a second; a recording of ${settings.recording.bitrateKbps} kbit/s needs ${neededMbS.toFixed(1)}`;
      if (mbS < neededMbS)
        return failed(seen, "recordings will have gaps: use a faster card, or lower recording.bitrateKbps", {
          figures,
        });
      if (mbS < goodMbS)
        return warned(seen, "this is slow for a card in good health: change it before it fails", { figures });
      return passed(seen, { figures });
    } catch (error) {
      return cannotWrite(error);
    }
  },
};
