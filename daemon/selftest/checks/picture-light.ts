/**
 * Day or night, and does the infrared switch rest?
 *
 * A camera that sees its own lamp goes to and fro; one whose filter is stuck away is grey at noon; one whose filter
 * stays before the sensor is dark and in colour where a grey, bright picture is due. That a camera has such a
 * switch only its owner knows (camera.infrared).
 */
import { localMinutes } from "../../sight/local-time.ts";
import type { Check } from "../check.ts";
import { mostMs, ofPicture } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

/** It is day everywhere people live, nearly always. */
const noon = { fromMinute: 10 * 60, toMinute: 15 * 60 };

const words = {
  bright: "a bright picture in colour",
  dark: "a dark picture",
  infrared: "a grey picture, as infrared light gives",
} as const;

export const pictureLight: Check = {
  id: "picture-light",
  group: "picture",
  title: "Day and night are told apart, and the switch rests",
  mostMs,
  run: (context) =>
    ofPicture(context, ({ light, lightChanges, luma, covered }) => {
      if (covered) return skipped("the lens is covered", "mend picture-covered first");
      const figures = [
        { name: "switches", value: lightChanges, unit: "count", atMost: 1 },
        { name: "mean", value: Math.round(luma.mean), unit: "level" },
      ];
      if (lightChanges > 1)
        return failed(
          `the picture went from colour to grey or back ${lightChanges} times in some seconds`,
          "the camera sees its own infrared lamp: take away what throws it back (eaves, glass, webs), or turn the lamp down",
          { figures },
        );
      const seen = `${words[light]}${lightChanges === 1 ? ", and it switched once" : ""}`;
      if (light === "dark" && context.settings.camera.infrared)
        return failed(
          `${seen}: it is dark, and the camera did not switch to infrared`,
          "look at its night mode and at its lamp; a filter that is stuck may come loose when the camera's power is cut. If it has no infrared, set camera.infrared to false",
          { figures },
        );
      const minute = localMinutes()(context.clock.wallMs());
      if (light === "infrared" && minute >= noon.fromMinute && minute < noon.toMinute)
        return warned(
          `${seen}, in the middle of the day`,
          "if the door is not dark by day, the infrared filter is stuck: cut the camera's power, or take another camera",
          { figures },
        );
      return passed(seen, { figures });
    }),
};
