/**
 * Is the picture as sharp as this camera can be, here and in this light?
 *
 * Compared with the best that the eye remembers of this framing. What has never been sharper is held to a
 * low bound that soft but usable cameras pass (real footage: 2.8 to 274; porch out of focus: 1.3).
 */
import type { Check } from "../check.ts";
import { mostMs, ofPicture } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

/** Parts of the best. */
const blurred = 0.25;
const softer = 0.45;
const leastSharp = 2;

export const pictureFocus: Check = {
  id: "picture-focus",
  group: "picture",
  title: "The picture is in focus",
  mostMs,
  run: (context) =>
    ofPicture(context, ({ sharpness, covered, luma, light }) => {
      if (covered) return skipped("the lens is covered", "mend picture-covered first");
      const { now, best } = sharpness;
      const figures = [
        {
          name: "sharpness",
          value: round(now),
          unit: "index",
          atLeast: round(Math.max(leastSharp, blurred * best)),
        },
        { name: "best so far", value: round(best), unit: "index" },
      ];
      const seen = `sharpness ${round(now)}, the best in this light and framing was ${round(best)}`;
      const advice =
        "wipe the lens and peel off its film; turn the focus ring until the figure is highest, then run the test again";
      if (luma.darkFrac > 0.9) return skipped(`too dark to tell (${light})`, "look again with a light on");
      if (now < leastSharp || now < blurred * best) return failed(seen, advice, { figures });
      return now < softer * best ? warned(seen, advice, { figures }) : passed(seen, { figures });
    }),
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
