/**
 * May the doorbell write its data, and is it still there after a restart?
 */
import type { Check } from "../check.ts";
import { mountOf } from "./mount.ts";
import { cannotWrite, withProbe } from "./probe-file.ts";
import { failed, passed, warned } from "./said.ts";

/** Gone with the power. */
const forgetful = new Set(["tmpfs", "ramfs", "overlay"]);

export const storageMount: Check = {
  id: "storage-writable",
  group: "storage",
  title: "The data folder can be written and is kept",
  mostMs: 5_000,
  async run({ settings, machine }) {
    const mount = await mountOf(machine, settings.data);
    if (mount?.readOnly === true)
      return failed(
        `the file system of the data folder (${mount.type} on ${mount.source}) is read-only`,
        "a card that has worn out turns read-only by itself: change it; else mount it rw",
      );
    try {
      await withProbe(settings, async (file) => {
        await file.writeFile("sill");
        await file.sync();
      });
    } catch (error) {
      return cannotWrite(error);
    }
    if (mount !== null && forgetful.has(mount.type))
      return warned(
        `the data folder lies on ${mount.type}, which may be gone after a restart`,
        "put it on the card or on a disk with the setting data",
      );
    return passed(
      mount === null ? "it can be written" : `it can be written (${mount.type} on ${mount.source})`,
    );
  },
};
