/**
 * Camera look: the one look at the camera that all its checks share, and what to say when there is nothing to measure.
 */
import type { CheckContext, CheckResult } from "../check.ts";
import type { CameraReport } from "../door.ts";
import { skipped } from "./said.ts";

/** Long enough for a picture that stands still to be told from one that is quiet. */
export const lookMs = 5_000;
/** With the eye's own patience. */
export const mostMs = lookMs + 25_000;

export function lookAtCamera({ door, signal }: CheckContext): Promise<CameraReport> {
  return door.camera(lookMs, signal);
}

/** Asks only where visible pixels can answer; a lens that is covered answers nothing else. */
export async function ofPicture(
  context: CheckContext,
  judge: (report: CameraReport) => CheckResult,
): Promise<CheckResult> {
  const report = await lookAtCamera(context).catch(() => null);
  if (report === null) return skipped("the camera gave no picture", "mend camera-present first");
  if (report.mask.visibleFrac === 0)
    return skipped(
      `nothing is visible: ${whyHidden(report)}`,
      "sign a property line, then run the test again",
    );
  return judge(report);
}

function whyHidden({ mask, guard }: CameraReport): string {
  if (mask.fault !== null) return mask.fault;
  if (guard.state === "tripped") return `the camera was ${guard.reason ?? "moved"}`;
  return mask.policyVersion === null ? "no property line is in force" : "the line leaves nothing to be seen";
}
