/**
 * Is what may be seen neither black nor burnt out?
 */
import type { Check } from "../check.ts";
import { mostMs, ofPicture } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const nearlyAll = 0.9;
const half = 0.5;
const burnt = 0.6;
const glaring = 0.25;

export const pictureExposure: Check = {
  id: "picture-exposure",
  group: "picture",
  title: "The picture is neither too dark nor too bright",
  mostMs,
  run: (context) =>
    ofPicture(context, ({ luma, covered }) => {
      if (covered) return skipped("the lens is covered", "mend picture-covered first");
      const { mean, darkFrac, brightFrac } = luma;
      const figures = [
        { name: "mean", value: Math.round(mean), unit: "level" },
        { name: "black", value: round(darkFrac), unit: "frac", atMost: nearlyAll },
        { name: "burnt out", value: round(brightFrac), unit: "frac", atMost: burnt },
      ];
      const seen = `mean brightness ${Math.round(mean)} of 16 to 235, ${percent(darkFrac)} black, ${percent(brightFrac)} burnt out`;
      const light = "give the door a light, or take a camera with infrared";
      const sun = "turn the camera away from the sun or the lamp, or shade it; look at its exposure settings";
      if (darkFrac > nearlyAll) return failed(seen, light, { figures });
      if (brightFrac > burnt) return failed(seen, sun, { figures });
      if (darkFrac > half) return warned(seen, light, { figures });
      if (brightFrac > glaring) return warned(seen, sun, { figures });
      return passed(seen, { figures });
    }),
};

function round(frac: number): number {
  return Math.round(frac * 1_000) / 1_000;
}

function percent(frac: number): string {
  return `${Math.round(frac * 100)} %`;
}
