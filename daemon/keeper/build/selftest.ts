/** Self-test: its desk, its shelf, and the walks of an installer. */
import { diskFiles } from "../../files/disk.ts";
import type { Machine } from "../../selftest/machine.ts";
import { CalibrationDesk } from "../calibration/desk.ts";
import { Walks } from "../calibration/walks.ts";
import { SelftestDesk } from "../selftest/desk.ts";
import { SelftestShelf } from "../selftest/shelf.ts";
import type { Built, Site } from "./site.ts";

type Tests = Pick<Built, "selftest" | "selftestShelf" | "calibration" | "walks">;

export function buildTests(
  { settings, clock, paths, house }: Site,
  machine: Machine,
  { sensors, examinations, outside }: Pick<Built, "sensors" | "examinations" | "outside">,
): Tests {
  const selftestShelf = new SelftestShelf(paths.selftest, diskFiles(paths.selftest));
  const selftest = new SelftestDesk({
    settings,
    clock,
    sensors,
    examinations,
    outside,
    processes: () => {
      const { eye, courier, rtsp } = house();
      return [eye.peer, courier.peer, rtsp.peer].flatMap((peer) =>
        peer.connected ? [{ name: peer.status.name, sill: peer.sill }] : [],
      );
    },
    machine,
    shelf: selftestShelf,
  });
  return {
    selftest,
    selftestShelf,
    calibration: new CalibrationDesk(clock),
    walks: new Walks(diskFiles(paths.walks)),
  };
}
