/**
 * Does the camera still stand where the line was drawn?
 */
import type { Check } from "../check.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const tripped = {
  moved: "the camera was moved since the line was drawn: everything is masked",
  covered: "the camera is covered: everything is masked",
  changed: "the camera sees another scene than when the line was drawn: everything is masked",
} as const;

export const pictureGuard: Check = {
  id: "picture-guard",
  group: "picture",
  title: "The camera stands where the line was drawn",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    if (report === null) return skipped("the camera gave no picture", "mend camera-present first");
    const { state, reason } = report.guard;
    switch (state) {
      case "off":
        return skipped("no line is in force", "sign a property line");
      case "watching":
        return passed("the fixed scene is where it was");
      case "learning":
        return warned(
          "the scene is still being learnt",
          "run the test again in half a minute, with nobody before the camera",
        );
      case "blind":
        return warned(
          "too dark, or too bare, to tell",
          "run the test again by day; a bare wall cannot be guarded: show some edge of the house",
        );
      case "tripped":
        return failed(
          tripped[reason ?? "moved"],
          reason === "covered"
            ? "take away what covers it"
            : "turn it back as it was, or let an owner look at the line and sign it again",
        );
    }
  },
};
