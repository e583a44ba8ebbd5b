/**
 * Is there room for what the settings promise?
 */
import type { Check } from "../check.ts";
import { failed, megabytes, passed, skipped, warned } from "./said.ts";

const mb = 1024 * 1024;
/** A recording of a minute is some thirty files. */
const fewFiles = 10_000;

export const storageSpace: Check = {
  id: "storage-space",
  group: "storage",
  title: "There is room for what is kept",
  mostMs: 5_000,
  async run({ settings, machine }) {
    const { budgetMb, minFreeMb } = settings.storage;
    const space = await machine.space(settings.data);
    if (space === null) return skipped("the file system does not say how full it is");
    const { totalBytes, freeBytes, files, freeFiles } = space;
    const figures = [
      { name: "free", value: freeBytes, unit: "bytes", atLeast: minFreeMb * mb },
      { name: "of", value: totalBytes, unit: "bytes" },
    ];
    const seen = `${megabytes(freeBytes)} of ${megabytes(totalBytes)} are free`;
    if (freeBytes < minFreeMb * mb)
      return failed(
        `${seen}, less than storage.minFreeMb (${minFreeMb})`,
        "recordings are deleted before their time: make room for what is not Sill's, or take a larger card",
        { figures },
      );
    if (files > 0 && freeFiles < fewFiles)
      return warned(
        `${seen}, but only ${freeFiles} files more can be made`,
        "the file system has too few inodes: make it anew with more of them",
        { figures },
      );
    if (totalBytes < (budgetMb + minFreeMb) * mb)
      return warned(
        `${seen}; storage.budgetMb (${budgetMb}) is more than fits on the disk`,
        "lower storage.budgetMb; until then recordings are deleted for want of space, not for their age",
        { figures },
      );
    return passed(seen, { figures });
  },
};
