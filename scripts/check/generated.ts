/**
 * Generated files: those in the repository are what the generator writes now.
 */
import type { Finding, TextFile } from "./source.ts";

/** `wanted` as generated, `found` as it stands in the repository (missing files left out). */
export function checkGenerated(wanted: readonly TextFile[], found: readonly TextFile[]): Finding[] {
  const texts = new Map(found.map(({ path, text }) => [path, text]));
  return wanted.flatMap(({ path, text }) => {
    const current = texts.get(path);
    if (current === text) return [];
    const line = current === undefined ? 1 : firstDifference(current, text);
    const what = current === undefined ? "missing" : "differs from what is generated";
    return [{ path, line, message: `${what}; npm run generate` }];
  });
}

function firstDifference(a: string, b: string): number {
  const [left, right] = [a.split("\n"), b.split("\n")];
  const index = right.findIndex((line, i) => line !== left[i]);
  return (index === -1 ? right.length : index) + 1;
}
