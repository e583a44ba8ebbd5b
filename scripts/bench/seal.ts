/**
 * Seal: what the owner's line and the owner's key cost.
 */
import type { Figure } from "./figure.ts";
import { benchMask } from "./mask.ts";

export async function benchSeal(note: (line: string) => void): Promise<Figure[]> {
  note("  the mask of a line with corners");
  return benchMask();
}
