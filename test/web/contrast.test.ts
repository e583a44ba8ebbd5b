/** Text on its ground reaches WCAG AA in both themes: read from the tokens themselves. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { contrast } from "./contrast.ts";

const css = await readFile(new URL("../../web/look/tokens.css", import.meta.url), "utf8");
/** Light, dark, more contrast, more contrast in the dark: in this order, each on top of those before. */
const [light = "", dark = "", more = "", moreDark = ""] = css.split(/@media [^{]*\{/);

function tokensOf(part: string): Map<string, string> {
  return new Map(
    [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]),
  );
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
