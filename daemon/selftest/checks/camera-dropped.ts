/**
 * Is every picture looked at, or are some lost before?
 */
import type { Check, CheckResult } from "../check.ts";
import type { CameraReport } from "../door.ts";
import { unlessBusy } from "./busy.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

const mostFrac = 0.1;
const someFrac = 0.01;

export const cameraDropped: Check = {
  id: "camera-dropped",
  group: "camera",
  title: "No picture is lost on the way",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    if (report === null) return skipped("the camera gave no picture", "mend camera-present first");
    return unlessBusy(judge(report), context.machine);
  },
};

function judge({ frames, droppedFrames }: CameraReport): CheckResult {
  const frac = droppedFrames / Math.max(1, frames + droppedFrames);
  const figures = [
    { name: "lost", value: droppedFrames, unit: "count" },
    { name: "share", value: Math.round(frac * 1_000) / 1_000, unit: "frac", atMost: mostFrac },
  ];
  const seen = `${droppedFrames} of ${frames + droppedFrames} pictures were lost`;
  const advice =
    "the board does not keep up or the cable is poor: lower camera.fps or the picture's size, then run the test again";
  if (frac > mostFrac) return failed(seen, advice, { figures });
  return frac > someFrac ? warned(seen, advice, { figures }) : passed(seen, { figures });
}
