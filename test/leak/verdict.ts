/**
 * Verdict: is a picture free of the canary, and was enough of it looked at to say so?
 *
 * The bounds lie far from both sides: what the mask leaves gives at most a thousandth, one forgotten
 * privacy zone eight hundredths, an open mask one.
 */
import { expect } from "vitest";
import { planes, type Search } from "./search.ts";

/** Of the canary's own contrast. */
export const mostStrength = 0.01;
/** Levels of 255. */
export const mostLevels = 4;
/** Fewer samples than this prove nothing. */
const leastSamples = 300;

export function expectClean(search: Search, what: string): void {
  for (const plane of planes) {
    expect(search[plane].samples, `${what}: samples of ${plane}`).toBeGreaterThan(leastSamples);
    expect(search[plane].worst, `${what}: levels of ${plane}`).toBeLessThanOrEqual(mostLevels);
    expect(search[plane].strength, `${what}: canary in ${plane}`).toBeLessThan(mostStrength);
  }
}

export function expectCanary(search: Search, what: string): void {
  for (const plane of planes)
    expect(search[plane].strength, `${what}: canary in ${plane}`).toBeGreaterThan(5 * mostStrength);
}
