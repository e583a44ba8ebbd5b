/**
 * Seal: what the owner's line and the owner's key cost, on the doorbell and in the browser.
 */
import type { Figure } from "./figure.ts";
import { benchFirstFrame } from "./first-frame.ts";
import { benchMask } from "./mask.ts";
import { benchOpening } from "./opening.ts";
import { benchSealing } from "./sealing.ts";

export async function benchSeal(note: (line: string) => void): Promise<Figure[]> {
  note("  sealing beside recording");
  const sealing = await benchSealing();
  note("  the mask of a line with corners");
  const mask = benchMask();
  note("  opening in the browser");
  const opening = await benchOpening();
  note("  from a click to the first picture of a recording");
  return [...sealing, ...opening, ...mask, ...(await benchFirstFrame())];
}
