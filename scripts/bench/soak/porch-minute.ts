/**
 * Porch minute: the house on this machine in real time, at its usual picture and frame rate, on a busy porch, watched.
 *
 * What simulated time cannot show, because computing takes none of it: how late the event loops are. And the memory
 * of the whole house: RSS counts the pages of the Node binary once per process, PSS shares them out.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Status } from "../../../daemon/wire/api-status.ts";
import { pssBytes, rssBytes, startDaemon, type Daemon } from "../../rigs/daemon.ts";
import { getJson } from "../../rigs/person.ts";
import { figure, type Figure } from "../figure.ts";
import { processNames } from "./sample.ts";

const seconds = 85;
const mb = 1_048_576;

interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export async function porchMinute(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-loops-"));
  try {
    await using daemon = await startDaemon({
      flags: ["--sim.visitorsPerHour=240", "--log.level=warn"],
      env: {
        NODE_OPTIONS: `--import=${join(import.meta.dirname, "loop-probe.ts")}`,
        LOOP_PROBE_FOLDER: folder,
      },
    });
    const sockets = ["/api/ws", "/api/live"].map((path) => daemon.owner.socket(path));
    await sleep(seconds * 1_000);
    const { stages } = await getJson<Status>(daemon.owner, "/api/status");
    const memory = [
      figure("rss.total.mb", await total(daemon, rssBytes), { unit: "MB", goal: 220 }),
      figure("pss.total.mb", await total(daemon, pssBytes), { unit: "MB" }),
    ];
    const loops = await Promise.all(processNames.map((name) => loopFigures(folder, name)));
    for (const socket of sockets) socket.close();
    const dropped = stages.find(({ name }) => name === "camera")?.dropped ?? Number.NaN;
    return [
      ...memory,
      ...loops.flat(),
      figure("soak.camera.dropped", dropped, { unit: `frames in ${seconds} s` }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function loopFigures(folder: string, name: string): Promise<Figure[]> {
  const { p50Ms, p99Ms, maxMs } = JSON.parse(
    await readFile(join(folder, `${name}.json`), "utf8"),
  ) as LoopDelay;
  return [
    figure(`soak.${name}.loop.p50.ms`, p50Ms, { unit: "ms", detail: true }),
    figure(`soak.${name}.loop.p99.ms`, p99Ms, { unit: "ms" }),
    figure(`soak.${name}.loop.max.ms`, maxMs, { unit: "ms" }),
  ];
}

/** Of the three processes, in MB. */
async function total(daemon: Daemon, bytesOf: (pid: number) => Promise<number>): Promise<number> {
  const pids = await Promise.all(processNames.map((name) => daemon.pid(name)));
  const sizes = await Promise.all(pids.map((pid) => bytesOf(pid)));
  return sizes.reduce((sum, size) => sum + size, 0) / mb;
}
