/**
 * Does the picture live? A sensor's grain changes every picture, even of a wall.
 *
 * A video that is played may stand still (what did not change is copied by its codec), so it only warns.
 */
import type { Check } from "../check.ts";
import { mostMs, ofPicture } from "./camera-look.ts";
import { failed, passed, warned } from "./said.ts";

const frozenMs = 3_000;
const repeatedFrac = 0.25;

export const pictureFrozen: Check = {
  id: "picture-frozen",
  group: "picture",
  title: "The picture is not frozen",
  mostMs,
  run: (context) =>
    ofPicture(context, ({ change, frames }) => {
      const { identical, longestMs, median } = change;
      const figures = [
        { name: "same as before", value: identical, unit: "count" },
        { name: "longest standstill", value: Math.round(longestMs), unit: "ms", atMost: frozenMs },
        { name: "usual change", value: Math.round(median * 100) / 100, unit: "level" },
      ];
      const seen = `${identical} of ${frames} pictures were the one before, to the last bit`;
      if (longestMs >= frozenMs)
        return context.settings.camera.driver === "replay"
          ? warned(seen, "this video stands still; a camera that does is broken", { figures })
          : failed(
              seen,
              "the camera sends the same picture again and again: cut its power, then run the test again",
              {
                figures,
              },
            );
      if (identical > repeatedFrac * frames)
        return warned(seen, "the camera gives fewer pictures than it says: lower camera.fps", { figures });
      return passed(seen, { figures });
    }),
};
