/**
 * House: in the guest, the real `sill run` for a simulated day, looked at every few minutes.
 *
 * Its disk is ext4 on a loop device over memory, not one of the guest's own: simulated time leaps on while a disk
 * of this machine is waited for, and a house that waits for nothing else would be older after every fsync.
 * Writes are counted where the loop device takes them. One JSON line a look (sample.ts) goes to stdout.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Status } from "../../../daemon/wire/api-status.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { startDaemon, type Daemon } from "../../rigs/daemon.ts";
import { getJson } from "../../rigs/person.ts";
import type { HouseOptions } from "./house-options.ts";
import { processNames, processSample, writtenBytes, type HouseLine, type HouseSample } from "./sample.ts";

const disk = "/run/house";
const memory = "/run/house-memory";
const picture = { width: 214, height: 120 };
const pageOfEvents = 200;

/** Events by kind, each counted once, whatever is deleted meanwhile. */
class Counted {
  readonly rings = new Set<string>();
  readonly motions = new Set<string>();

  add({ id, kind }: Event): boolean {
    const known = kind === "ring" ? this.rings : this.motions;
    if (known.has(id)) return false;
    known.add(id);
    return true;
  }
}

function say(line: HouseLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function mountDisk(megabytes: number): void {
  for (const folder of [memory, disk]) mkdirSync(folder, { recursive: true });
  const image = join(memory, "image");
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes + 16}m`, "tmpfs", memory]);
  execFileSync("truncate", ["-s", `${megabytes}M`, image]);
  execFileSync("mkfs.ext4", ["-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image]);
  execFileSync("mount", ["-t", "ext4", "-o", "loop,noatime", image, disk]);
}

/** The newest events up to those that are known: nobody comes so often that a page would not hold them. */
async function countEvents({ owner }: Daemon, counted: Counted): Promise<void> {
  const { events } = await getJson<{ events: Event[] }>(owner, `/api/events?limit=${pageOfEvents}`);
  for (const event of events) counted.add(event);
}

async function look(daemon: Daemon, counted: Counted): Promise<HouseSample> {
  await countEvents(daemon, counted);
  const { stages, storage } = await getJson<Status>(daemon.owner, "/api/status");
  const stage = (name: string) => stages.find((one) => one.name === name);
  const processes = await Promise.all(
    processNames.map(async (name) => {
      const pid = await daemon.pid(name);
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      return [name, processSample(pid, status, readdirSync(`/proc/${pid}/fd`).length)] as const;
    }),
  );
  return {
    type: "sample",
    monoMs: performance.now(),
    processes: Object.fromEntries(processes) as HouseSample["processes"],
    writtenBytes: writtenBytes(readFileSync("/sys/block/loop0/stat", "utf8")),
    indexBytes: statSync(join(daemon.data, "sill.db")).size,
    presses: stage("button")?.in ?? 0,
    cooled: stage("button")?.dropped ?? 0,
    rings: counted.rings.size,
    motions: counted.motions.size,
    clips: storage.clips,
    evicted: storage.evicted,
    frames: stage("camera")?.out ?? 0,
    dropped: Object.fromEntries(
      stages.filter(({ dropped }) => dropped > 0).map((one) => [one.name, one.dropped]),
    ),
    fragments: stage("record")?.out ?? 0,
  };
}

/** A page that is open and shows the door live. */
function watch({ owner }: Daemon): () => void {
  const sockets = ["/api/ws", "/api/live"].map((path) => owner.socket(path));
  return () => {
    for (const socket of sockets) socket.close();
  };
}

async function live(options: HouseOptions): Promise<void> {
  mountDisk(options.diskMb);
  const size = [`--camera.width=${picture.width}`, `--camera.height=${picture.height}`];
  const daemon = await startDaemon({
    data: join(disk, "data"),
    flags: [...size, "--log.level=warn", ...options.flags],
    policy: { picture },
  });
  const counted = new Counted();
  let unwatch: (() => void) | null = null;
  for (let minute = 0; ; minute += options.sampleMinutes) {
    say(await look(daemon, counted));
    if (minute >= options.minutes || readdirSync(options.folder).includes("stop")) break;
    const watched = options.watched.some(([from, to]) => minute >= from && minute < to);
    if (watched) unwatch ??= watch(daemon);
    else {
      unwatch?.();
      unwatch = null;
    }
    await sleep(options.sampleMinutes * 60_000);
  }
  unwatch?.();
  const exitCode = await daemon.stop();
  const log = daemon.output().split("\n");
  say({
    type: "end",
    exitCode,
    log: log.filter((line) => line !== "" && !line.startsWith("Sill is running")),
  });
}

await live(JSON.parse(process.argv[2] ?? "{}") as HouseOptions);
