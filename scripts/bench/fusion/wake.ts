/**
 * Wake: how soon the sleeping camera records after the edge that woke it, and what sleeping costs (camera.sleep).
 *
 * The whole doorbell, once with the simulated camera and once with a video through GStreamer. Measured from the edge
 * at the sensor to the wall time of the first frame of the recording that it made.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Status } from "../../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../../daemon/wire/api.ts";
import { Fault } from "../../../hal/fault.ts";
import { startDaemon, type Daemon } from "../../rigs/daemon.ts";
import { renderPorchClip } from "../clip.ts";
import { figure, type Figure } from "../figure.ts";

const wakes = 7;
const asleepMs = 10_000;
const flags = [
  "--camera.sleep=true",
  "--camera.awakeMs=5000",
  "--recording.postRollMs=1000",
  "--pir.warmUpMs=0",
  "--sim.visitorsPerHour=0",
  "--log.level=warn",
];

export async function wakeFigures(note: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-wake-"));
  try {
    const source = join(folder, "porch.mp4");
    await renderPorchClip(source, { width: 1280, height: 720, frames: 150 });
    return [
      ...(await wakesOf("sim", [], note)),
      ...(await wakesOf("gst", ["--camera.driver=replay", `--camera.source=${source}`], note)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function wakesOf(
  name: string,
  camera: readonly string[],
  note: (line: string) => void,
): Promise<Figure[]> {
  note(`  ${wakes} edges before a sleeping camera (${name})`);
  await using daemon = await startDaemon({ flags: [...flags, ...camera] });
  const latencies: number[] = [];
  for (let i = 0; i < wakes; i += 1) {
    await untilAsleep(daemon);
    latencies.push(await wakeOnce(daemon));
  }
  await untilAsleep(daemon);
  const pid = await daemon.pid("eye");
  const beforeMs = await cpuMs(pid);
  await pause(asleepMs);
  const share = ((await cpuMs(pid)) - beforeMs) / asleepMs;
  latencies.sort((a, b) => a - b);
  const [median, worst] = [latencies[wakes >> 1] ?? Number.NaN, latencies.at(-1) ?? Number.NaN];
  return [
    figure(`fusion.wake.${name}.first_frame.ms`, median, { unit: "ms after the edge", goal: 1_500 }),
    figure(`fusion.wake.${name}.first_frame.worst.ms`, worst, { unit: `ms, of ${wakes}`, goal: 1_500 }),
    figure(`fusion.asleep.${name}.eye_cpu`, 100 * share, { unit: "% of a core" }),
  ];
}

async function ask<T>(daemon: Daemon, path: string): Promise<T> {
  return (await (await daemon.fetch(path)).json()) as T;
}

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await pause(200);
  }
  throw new Fault("timeout", "the camera did not fall asleep or wake within a minute");
}

async function untilAsleep(daemon: Daemon): Promise<void> {
  await setPir(daemon, false);
  await until(async () =>
    (await ask<Status>(daemon, "/api/status")).camera.state === "asleep" ? true : null,
  );
}

function setPir(daemon: Daemon, active: boolean): Promise<Response> {
  return daemon.fetch("/api/sim/pir", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ active }),
  });
}

async function wakeOnce(daemon: Daemon): Promise<number> {
  const edgeWallMs = Date.now();
  await setPir(daemon, true);
  const clip = await until(async () => {
    const { events } = await ask<{ events: Event[] }>(daemon, "/api/events?limit=1");
    const [newest] = events;
    return newest?.woke === true && newest.startWallMs >= edgeWallMs ? newest.clip : null;
  });
  const { startWallMs } = await until(async () => {
    const answer = await daemon.fetch(`/api/clips/${clip}`);
    return answer.ok ? ((await answer.json()) as Clip) : null;
  });
  return startWallMs - edgeWallMs;
}

/** User and system time of a process. */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
