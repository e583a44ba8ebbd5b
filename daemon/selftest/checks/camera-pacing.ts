/**
 * Do pictures come as fast as asked, and evenly? By the camera's own times.
 */
import type { Check, CheckResult } from "../check.ts";
import type { CameraReport } from "../door.ts";
import { unlessBusy } from "./busy.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

/** In gaps between frames as asked: slower is no video any more. */
const slowGaps = 1.5;
const lateGaps = 1.15;
const unevenGaps = 1.6;
/** Whoever runs past is gone. */
const holeMs = 1_000;

export const cameraPacing: Check = {
  id: "camera-pacing",
  group: "camera",
  title: "Pictures come as fast as asked, and evenly",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    return report === null
      ? skipped("the camera gave no picture", "mend camera-present first")
      : unlessBusy(judge(report), context.machine);
  },
};

function judge({ gapMs, asked }: CameraReport): CheckResult {
  const askedMs = 1_000 / asked.fps;
  const fps = gapMs.median > 0 ? 1_000 / gapMs.median : 0;
  const figures = [
    { name: "rate", value: round(fps), unit: "fps", atLeast: round(asked.fps / slowGaps) },
    { name: "gap, median", value: round(gapMs.median), unit: "ms", atMost: round(slowGaps * askedMs) },
    { name: "gap, 99 of 100", value: round(gapMs.p99), unit: "ms", atMost: round(unevenGaps * askedMs) },
    { name: "longest gap", value: round(gapMs.most), unit: "ms", atMost: holeMs },
  ];
  const seen = `${round(fps)} pictures a second, asked are ${asked.fps}; the longest gap was ${Math.round(gapMs.most)} ms`;
  if (gapMs.median > slowGaps * askedMs)
    return failed(
      seen,
      "in poor light a camera exposes longer: look again by day; otherwise lower camera.fps or the picture's size, or take another port",
      { figures },
    );
  if (gapMs.most > holeMs)
    return failed(seen, "the camera stops at times: look at its cable, its supply and the board's heat", {
      figures,
    });
  if (gapMs.median > lateGaps * askedMs)
    return warned(seen, "set camera.fps to what the camera gives, or give it more light", { figures });
  if (gapMs.p99 > unevenGaps * askedMs)
    return warned(seen, "pictures come unevenly: look at the cable, and at what else the board has to do", {
      figures,
    });
  return passed(seen, { figures });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
