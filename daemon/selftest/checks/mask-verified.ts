/**
 * Is everything outside the line destroyed, on live pictures? By a drawing of the line other than the mask's own.
 */
import type { Check, CheckResult } from "../check.ts";
import type { CameraReport } from "../door.ts";
import { lookAtCamera, mostMs } from "./camera-look.ts";
import { failed, passed, skipped, warned } from "./said.ts";

/** Less than this of what was hidden was anything but black before: no proof. */
const leastAlive = 0.05;

export const maskVerified: Check = {
  id: "mask-verified",
  group: "picture",
  title: "Nothing outside the property line is left",
  mostMs,
  async run(context) {
    const report = await lookAtCamera(context).catch(() => null);
    return report === null
      ? skipped("the camera gave no picture", "mend camera-present first")
      : judge(report);
  },
};

function judge({ mask, picture }: CameraReport): CheckResult {
  const { leaked, looked, aliveFrac, policyVersion, visibleFrac } = mask;
  const figures = [
    { name: "not destroyed", value: leaked, unit: "count", atMost: 0 },
    { name: "looked at", value: looked, unit: "count" },
    {
      name: "something to destroy",
      value: Math.round(aliveFrac * 1_000) / 1_000,
      unit: "frac",
      atLeast: leastAlive,
    },
    { name: "visible", value: Math.round(visibleFrac * 1_000) / 1_000, unit: "frac" },
  ];
  const more =
    picture === null ? { figures } : { figures, picture: { title: "What may be seen", age: picture } };
  const line = policyVersion === null ? "no line is in force" : `line number ${policyVersion}`;
  if (leaked > 0)
    return failed(
      `${leaked} of ${looked} samples outside the line were not destroyed (${line})`,
      "stop the doorbell and report this: it is a bug in Sill",
      more,
    );
  if (looked === 0)
    return passed(`${line} leaves the whole picture visible: there is nothing to destroy`, more);
  const seen = `${looked} samples outside the line were looked at, and each was destroyed (${line})`;
  if (aliveFrac < leastAlive)
    return warned(
      `${seen}; but the camera's own picture is black there, so that it proves nothing`,
      "run the test again with light on what lies outside the line",
      more,
    );
  return passed(seen, more);
}
