/** Text on its ground reaches WCAG AA in both themes: read from the tokens themselves. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { contrast } from "./contrast.ts";
import { distance, visions } from "./vision.ts";

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
  ["ink", "ring-soft"],
  ["ink-soft", "ring-soft"],
  ["on-ring", "ring-ground"],
  ["on-ring", "ring-ground-far"],
  ["warn", "surface"],
  ["warn", "warn-soft"],
  ["wrong", "surface"],
  ["wrong", "wrong-soft"],
  ["on-stage", "stage"],
  ["on-stage-soft", "stage"],
] as const;

const themes = [[light], [light, dark], [light, more], [light, dark, more, moreDark]].map(
  (parts) => new Map(parts.flatMap((part) => [...tokensOf(part)])),
);

test.each(pairs)("%s on %s can be read in every theme", (text, ground) => {
  for (const theme of themes)
    expect(contrast(theme.get(text) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
});

/** As the band paints them (timeline/colours.ts) and the lists show them. */
const signColours = ["ring", "sign-parcel", "sign-person", "sign-animal", "sign-vehicle", "sign-motion"];
const signGrounds = ["surface", "band-night", "sunken", "wrong-soft", "ground", "accent-soft", "ring-soft"];

test.each(signColours)("the sign in %s is seen on every ground it stands on (WCAG 1.4.11)", (sign) => {
  for (const theme of themes)
    for (const ground of signGrounds)
      expect(contrast(theme.get(sign) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(3);
});

const twos = signColours.flatMap((one, at) =>
  signColours.slice(at + 1).map((other) => [one, other] as const),
);

// 0.02 is about what can just be told apart side by side
test.each(twos)("%s and %s are told apart, also by who lacks one of three kinds of cones", (one, other) => {
  for (const theme of themes)
    for (const vision of visions)
      expect(distance(theme.get(one) ?? "", theme.get(other) ?? "", vision)).toBeGreaterThanOrEqual(0.07);
});
