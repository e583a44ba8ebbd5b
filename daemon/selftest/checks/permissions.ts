/**
 * May the doorbell do what it must, and nobody else what they must not?
 */
import { stat } from "node:fs/promises";
import { toFault } from "../../../hal/fault.ts";
import { pathsOf } from "../../wire/paths.ts";
import type { Check, CheckContext } from "../check.ts";
import { failed, passed, skipped, warned } from "./said.ts";

export const permissionsUser: Check = {
  id: "permissions-user",
  group: "system",
  title: "The doorbell's user may use its hardware, and no more",
  mostMs: 5_000,
  async run(context) {
    const { machine, settings } = context;
    const status = (await machine.read("/proc/self/status")) ?? "";
    const uid = Number(/^Uid:\s+\d+\s+(\d+)/mu.exec(status)?.[1] ?? Number.NaN);
    if (Number.isNaN(uid)) return skipped("the kernel does not say who runs this");
    if (uid === 0)
      return warned(
        "this runs as root",
        "run it as the doorbell's own user: a mistake then costs the doorbell, not the machine",
      );
    const { button, pir, chime, light, camera } = settings;
    const wanted = [
      ...([button, pir, chime, light].some(({ driver }) => driver === "gpio") ? ["gpio"] : []),
      // beside a running house it is the eye, another user on a device, that needs the camera
      ...(camera.driver === "gst" && context.door.how !== houseHow ? ["video"] : []),
    ];
    const mine = await groupsOf(context, status);
    const lacking = wanted.filter((group) => mine.known.has(group) && !mine.names.has(group));
    if (lacking.length > 0)
      return failed(
        `user ${uid} is not in the group ${lacking.join(", ")}`,
        `sudo usermod -aG ${lacking.join(",")} USER, then start the doorbell anew`,
      );
    const groups = wanted.length === 0 ? "" : `, in ${wanted.join(" and ")}`;
    return passed(`user ${uid}${groups}`);
  },
};

/** What a door over a running house calls itself. */
export const houseHow = "a running house";

async function groupsOf({ machine }: CheckContext, status: string) {
  const ids = new Set((/^Groups:\s*(.*)$/mu.exec(status)?.[1] ?? "").trim().split(/\s+/u));
  ids.add(/^Gid:\s+\d+\s+(\d+)/mu.exec(status)?.[1] ?? "");
  const rows = ((await machine.read("/etc/group")) ?? "").split("\n").map((line) => line.split(":"));
  return {
    known: new Set(rows.map(([name = ""]) => name)),
    names: new Set(rows.flatMap(([name = "", , id = ""]) => (ids.has(id) ? [name] : []))),
  };
}

export const permissionsData: Check = {
  id: "permissions-data",
  group: "system",
  title: "Nobody else can read the doorbell's keys and data",
  mostMs: 5_000,
  async run({ settings }) {
    const { root, deviceKey, sessions } = pathsOf(settings);
    for (const path of [deviceKey, sessions]) {
      const mode = await modeOf(path);
      if (mode !== null && (mode & 0o077) !== 0)
        return failed(`${path} can be read by others (mode ${octal(mode)})`, `chmod 600 ${path}`);
    }
    const mode = await modeOf(root);
    if (mode === null) return skipped("there is no data folder yet");
    if ((mode & 0o007) !== 0)
      return warned(`everybody may look into ${root} (mode ${octal(mode)})`, `chmod o-rwx ${root}`);
    return passed(`the data folder has mode ${octal(mode)}, the key is its owner's alone`);
  },
};

async function modeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    const fault = toFault(error);
    if (fault.kind === "not-found") return null;
    throw fault;
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, "0");
}
