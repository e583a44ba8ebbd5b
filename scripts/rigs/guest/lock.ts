/**
 * Lock: one process at a time, by a file with its id.
 *
 * A lock whose process is gone is taken over. Waiting has an end, told as a Fault.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../../hal/fault.ts";

export async function withLock<T>(path: string, leftMs: () => number, work: () => Promise<T>): Promise<T> {
  while (!(await take(path))) {
    if (leftMs() <= 0) throw new Fault("timeout", `another process is still preparing the guest (${path})`);
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const holder = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
    if (Number.isInteger(holder) && !isAlive(holder)) await rm(path, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
