/** Text on its ground reaches WCAG AA in both themes: read from the tokens themselves. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const css = await readFile(new URL("../../web/look/tokens.css", import.meta.url), "utf8");
/** Light, dark, more contrast, more contrast in the dark: in this order, each on top of those before. */
const [light = "", dark = "", more = "", moreDark = ""] = css.split(/@media [^{]*\{/);

function tokensOf(part: string): Map<string, string> {
  return new Map(
    [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

const pairs = [
  ["ink", "ground"],
  ["ink", "surface"],
  ["ink", "sunken"],
  ["ink", "warn-soft"],
  ["ink", "wrong-soft"],
  ["ink-soft", "ground"],
  ["ink-soft", "surface"],
  ["ink-soft", "sunken"],
  ["accent", "ground"],
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
  ["ring", "surface"],
  ["ring", "ring-soft"],
  ["on-ring", "ring-ground"],
  ["on-ring", "ring-ground-far"],
  ["warn", "surface"],
  ["warn", "warn-soft"],
  ["wrong", "surface"],
  ["wrong", "wrong-soft"],
  ["on-stage", "stage"],
  ["on-stage-soft", "stage"],
] as const;

test.each(pairs)("%s on %s can be read in every theme", (text, ground) => {
  const themes = [[light], [light, dark], [light, more], [light, dark, more, moreDark]];
  for (const parts of themes) {
    const theme = new Map(parts.flatMap((part) => [...tokensOf(part)]));
    expect(contrast(theme.get(text) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  }
});
