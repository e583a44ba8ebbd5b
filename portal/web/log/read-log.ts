/**
 * ReadLog: files of the log from the host of this page. Any mirror has the same ones.
 */
import { Fault } from "../../../hal/fault.ts";
import { ask } from "../ask/ask.ts";
import type { ReadLog } from "./check.ts";

export const readOwnLog: ReadLog = async (path) => {
  try {
    const cache = path === "checkpoint" ? "no-store" : "default";
    return new Uint8Array(await (await ask(`/log/${path}`, { cache })).arrayBuffer());
  } catch (error) {
    if (error instanceof Fault && error.kind === "not-found") return null;
    throw error;
  }
};
