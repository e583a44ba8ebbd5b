/**
 * Seal: what the owner's line and the owner's key cost.
 */
import type { Figure } from "./figure.ts";
import { benchMask } from "./mask.ts";
import { benchSealing } from "./sealing.ts";

export async function benchSeal(note: (line: string) => void): Promise<Figure[]> {
  note("  sealing beside recording");
  const sealing = await benchSealing();
  note("  the mask of a line with corners");
  return [...sealing, ...benchMask()];
}
