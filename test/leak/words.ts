/**
 * Words: is this text, and too little of it at a time to be a picture?
 *
 * A picture would need a run of some hundred characters without a space, a quote or a comma. Signed
 * messages have such runs; they are read, and what they say must be text again.
 */
import { expect } from "vitest";

/** The smallest masked picture of the porch that is recognisable at all takes ten times as much. */
const longestRun = 240;
const run = new RegExp(`[^\\s"',;:<>()\\[\\]{}]{${longestRun},}`, "gu");

export function expectWords(bytes: Uint8Array, mostBytes: number, what: string): void {
  expect(bytes.length, `${what}: bytes`).toBeLessThanOrEqual(mostBytes);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  // eslint-disable-next-line no-control-regex
  expect(text, `${what}: control characters`).not.toMatch(/[\u0000-\u0008\u000e-\u001a\u007f]/u);
  for (const [found] of text.matchAll(run)) {
    const signed = Buffer.from(found, "base64url");
    expect(() => JSON.parse(signed.toString()), `${what}: ${found.slice(0, 60)}...`).not.toThrow();
  }
}
