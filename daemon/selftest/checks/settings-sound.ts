/**
 * Do the settings fit together? That each of them is allowed was checked when they were read.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Check } from "../check.ts";
import { failed, passed, warned } from "./said.ts";

export const settingsSound: Check = {
  id: "settings-sound",
  group: "system",
  title: "The settings fit together",
  mostMs: 1_000,
  async run({ settings }) {
    const twice = sharedLine(settings);
    if (twice !== null)
      return failed(
        `${twice.join(" and ")} are wired to the same line`,
        `give one of them another line: ${twice.map((role) => `${role}.line`).join(" or ")}`,
      );
    const played = (["camera", "button", "pir", "chime", "light"] as const).filter((role) =>
      ["sim", "replay"].includes(settings[role].driver),
    );
    if (played.length > 0)
      return warned(
        `${played.join(", ")} ${played.length === 1 ? "is" : "are"} simulated`,
        `fine to try things out; for a real door set ${played.map((role) => `${role}.driver`).join(", ")}`,
      );
    return passed("every part has a driver of its own, and no two share a line");
  },
};

function sharedLine(settings: Settings): [string, string] | null {
  const seen = new Map<string, string>();
  for (const role of ["button", "pir", "chime", "light"] as const) {
    const { driver, chip, line } = settings[role];
    if (driver !== "gpio") continue;
    const other = seen.get(`${chip} ${line}`);
    if (other !== undefined) return [other, role];
    seen.set(`${chip} ${line}`, role);
  }
  return null;
}
