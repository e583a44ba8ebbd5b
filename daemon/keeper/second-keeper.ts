/**
 * Second keeper: refused, because two writers of one data folder would fight over sockets and rows.
 *
 * A socket file alone means nothing (a crash leaves it); somebody who answers on it does.
 * The supervisor's lock (daemon/lock.ts) comes first; this is for a keeper started by hand.
 */
import { Fault } from "../../hal/fault.ts";
import { answersAt } from "../wire/own-socket.ts";
import type { DataPaths } from "../wire/paths.ts";

export async function refuseSecondKeeper(paths: DataPaths): Promise<void> {
  if (!(await answersAt(paths.eyeSocket))) return;
  throw new Fault("unavailable", "another keeper uses this data folder", {
    hint: "stop it, or choose another folder with --data",
  });
}
