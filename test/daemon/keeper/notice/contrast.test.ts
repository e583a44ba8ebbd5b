/** Text on its ground reaches WCAG AA in both themes: computed from the tokens themselves. */
import { expect, test } from "vitest";
import { themes } from "../../../../daemon/keeper/notice/style.ts";
import { contrast } from "../../../web/contrast.ts";

const pairs = (["ink", "soft", "accent", "warn"] as const).flatMap((text) =>
  (["ground", "surface"] as const).map((ground) => [text, ground] as const),
);

test.each(pairs)("%s on %s can be read in both themes", (text, ground) => {
  for (const theme of Object.values(themes)) {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  }
});
