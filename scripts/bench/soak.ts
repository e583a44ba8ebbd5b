/**
 * Soak: memory of the three processes over 20,000 frames of a busy porch.
 *
 * The camera asks for four times its usual rate, so that it takes minutes and not half an hour
 * (what the machine cannot draw in time is dropped and counted, not waited for); a viewer watches
 * live for the first quarter. Slope = least squares over the second half, after warm-up.
 * RSS counts the pages of the Node binary once per process, though they are in memory once; PSS
 * divides them by those who share them, other Node programs on the machine included.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { pssBytes, rssBytes, startDaemon, type Daemon } from "../rigs/daemon.ts";
import { figure, type Figure } from "./figure.ts";

const frames = 20_000;
const fps = 60;
const sampleMs = 2_000;
const mb = 1_048_576;

interface Sample {
  readonly frames: number;
  readonly rssMb: number;
  readonly pssMb: number;
}

export async function benchSoak(note: (line: string) => void): Promise<Figure[]> {
  await using daemon = await startDaemon({
    flags: [`--camera.fps=${fps}`, "--sim.visitorsPerHour=240", "--log.level=warn"],
  });
  const viewer = daemon.owner.socket("/api/live");
  const samples: Sample[] = [];
  let dropped = 0;
  for (let done = 0; done < frames;) {
    await sleep(sampleMs);
    const stages = await stagesOf(daemon);
    const camera = stages.find((stage) => stage.name === "camera");
    done = camera?.out ?? 0;
    dropped = camera?.dropped ?? 0;
    const sample = {
      frames: done,
      rssMb: await total(daemon, rssBytes),
      pssMb: await total(daemon, pssBytes),
    };
    samples.push(sample);
    if (done > frames / 4) viewer.close();
    if (samples.length % 15 === 0) {
      note(`  ${done} frames, RSS ${sample.rssMb.toFixed(0)} MB, PSS ${sample.pssMb.toFixed(0)} MB`);
    }
  }
  const settled = samples.filter((sample) => sample.frames > frames / 2);
  const last = samples.at(-1);
  return [
    figure("rss.total.mb", last?.rssMb ?? Number.NaN, { unit: "MB", goal: 220 }),
    figure("pss.total.mb", last?.pssMb ?? Number.NaN, { unit: "MB" }),
    figure("rss.slope.mb_per_10k_frames", slope(settled) * 10_000, { unit: "MB", goal: 2 }),
    figure("soak.camera.dropped", dropped, { unit: "frames" }),
  ];
}

/** Of the three processes, in MB. */
async function total(daemon: Daemon, bytesOf: (pid: number) => Promise<number>): Promise<number> {
  const pids = await Promise.all((["eye", "keeper", "courier"] as const).map((name) => daemon.pid(name)));
  const sizes = await Promise.all(pids.map((pid) => bytesOf(pid)));
  return sizes.reduce((sum, size) => sum + size, 0) / mb;
}

interface StageCount {
  readonly name: string;
  readonly out: number;
  readonly dropped: number;
}

async function stagesOf({ owner }: Daemon): Promise<StageCount[]> {
  const response = await owner.fetch("/api/status");
  const status = (await response.json()) as { stages: StageCount[] };
  return status.stages;
}

/** MB per frame. */
function slope(samples: readonly Sample[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map((sample) => sample.frames));
  const y = mean(samples.map((sample) => sample.rssMb));
  const top = samples.reduce((sum, sample) => sum + (sample.frames - x) * (sample.rssMb - y), 0);
  const bottom = samples.reduce((sum, sample) => sum + (sample.frames - x) ** 2, 0);
  return bottom === 0 ? 0 : top / bottom;
}
