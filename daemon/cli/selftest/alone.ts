/**
 * Alone: no doorbell runs on this data folder. The test takes its lock, so that none begins meanwhile, opens
 * what it needs and closes it again; the report is kept where a running doorbell would keep it.
 */
import { mkdir } from "node:fs/promises";
import type { Settings } from "../../../config/schema.ts";
import { systemClock } from "../../../hal/clock.ts";
import { toFault } from "../../../hal/fault.ts";
import { diskFiles } from "../../files/disk.ts";
import { privateFolder } from "../../files/modes.ts";
import { lockFolder } from "../../lock.ts";
import { SelftestShelf } from "../../keeper/selftest/shelf.ts";
import { version } from "../../wire/sill-version.ts";
import { allChecks } from "../../selftest/checks/all.ts";
import { linuxMachine } from "../../selftest/linux-machine.ts";
import { runSelftest } from "../../selftest/run.ts";
import { pathsOf } from "../../wire/paths.ts";
import { aloneDoor } from "./alone-door.ts";
import { giveToOwner } from "../as-owner.ts";
import type { Outcome, RunOptions } from "./beside.ts";

/** Throws Fault: the data folder cannot be used, or another one has its lock. */
export async function runAlone(settings: Settings, options: RunOptions): Promise<Outcome> {
  const clock = systemClock;
  const paths = pathsOf(settings);
  try {
    await mkdir(paths.run, { recursive: true, mode: privateFolder });
  } catch (error) {
    throw toFault(error, `the data folder ${paths.root} cannot be used`);
  }
  using _lock = lockFolder(paths.lock, paths.root);
  await using door = aloneDoor({ settings, clock, epochWallMs: clock.wallMs() });
  const { report, picture } = await runSelftest({
    ...options,
    checks: allChecks,
    settings,
    clock,
    machine: linuxMachine({ entry: process.argv[1] ?? "", env: process.env }),
    door,
    sill: version,
  });
  const shelf = new SelftestShelf(paths.selftest, diskFiles(paths.selftest));
  try {
    await shelf.keep(report, picture === null ? null : Buffer.from(picture.age, "base64"));
    return { report, notKept: null };
  } catch (error) {
    return { report, notKept: toFault(error).message };
  } finally {
    giveToOwner([paths.run, paths.eye, paths.selftest]);
  }
}
