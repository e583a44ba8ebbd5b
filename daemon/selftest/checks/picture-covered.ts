/**
 * Is there something before the lens?
 */
import type { Check } from "../check.ts";
import { lookAtCamera, mostMs, ofPicture } from "./camera-look.ts";
import { failed, passed } from "./said.ts";

export const pictureCovered: Check = {
  id: "picture-covered",
  group: "picture",
  title: "Nothing covers the lens",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    const advice = "take away what is before the lens: a film, a leaf, a web, frost; then run the test again";
    if (report?.guard.reason === "covered")
      return failed("the guard of the picture says that it is covered", advice);
    return ofPicture(context, ({ covered, contrast, luma }) => {
      const figures = [
        { name: "contrast", value: Math.round(contrast * 10) / 10, unit: "level", atLeast: 3 },
      ];
      if (!covered) return passed(`contrast ${figures[0]?.value} grey levels`, { figures });
      const seen = `there is hardly anything to see: contrast ${figures[0]?.value} grey levels`;
      const dark = luma.darkFrac > 0.9 ? ", or it is pitch dark: switch a light on" : "";
      return failed(seen, `${advice}${dark}`, { figures });
    });
  },
};
