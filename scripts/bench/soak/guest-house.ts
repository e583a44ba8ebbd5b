/**
 * Guest house: boots the guest with simulated time, lets a house live in it, gathers what it says.
 *
 * Each guest is held to one core of this machine: its kernel and what runs in it take turns anyway, and turns on one
 * core are cheaper than between two. When the wall time is over the house is asked to stop: what it lived is kept.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { bootGuest } from "../../rigs/guest/boot.ts";
import { parseCommandLine } from "../../rigs/guest/options.ts";
import { guestCache, prepareKernel } from "../../rigs/guest/prepare.ts";
import type { HouseOptions } from "./house-options.ts";
import { houseLine, type HouseEnd, type HouseSample } from "./sample.ts";

const root = join(import.meta.dirname, "../../..");
/** To end its processes and to power off, after it was asked to stop. */
const graceS = 60;

export interface Lived {
  readonly samples: readonly HouseSample[];
  readonly end: HouseEnd;
  /** Of this machine, the boot included. */
  readonly wallMs: number;
}

export interface Lodging {
  readonly core: number;
  readonly memoryMb: number;
  readonly wallS: number;
  readonly onSample: (sample: HouseSample) => void;
}

export async function liveInGuest(
  options: Omit<HouseOptions, "folder">,
  { core, memoryMb, wallS, onSample }: Lodging,
): Promise<Lived> {
  const kernel = await prepareKernel({ cache: guestCache(root), limitS: 1_500, say: () => {} });
  const folder = await mkdtemp(join(tmpdir(), "sill-soak-"));
  const house = JSON.stringify({ ...options, folder } satisfies HouseOptions);
  // prettier-ignore
  const words = ["--simulated-time", "--cameras", "0", "--memory", String(memoryMb), "--share", folder,
    "--limit", String(wallS + graceS), ...(availableParallelism() > core ? ["--core", String(core)] : []), "--", process.execPath, join(import.meta.dirname, "house.ts"), house];
  const { guest } = parseCommandLine(words, { cwd: root, env: process.env });
  const samples: HouseSample[] = [];
  let [rest, complained] = ["", ""];
  let end: HouseEnd | null = null;
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.map(houseLine)) {
      if (line?.type === "end") end = line;
      if (line?.type !== "sample") continue;
      samples.push(line);
      onSample(line);
    }
  };
  try {
    const booted = await bootGuest(kernel.path, guest, {
      stdout: (bytes) => take(bytes.toString()),
      stderr: (bytes) => void (complained = (complained + bytes.toString()).slice(-4_000)),
    });
    const stop = setTimeout(() => void writeFile(join(folder, "stop"), ""), wallS * 1_000);
    const { reason, tookMs } = await booted.ended;
    clearTimeout(stop);
    if (samples.length === 0)
      throw new Fault("unavailable", `no house in the guest (${reason})\n${complained}`);
    const cut: HouseEnd = {
      type: "end",
      exitCode: null,
      log: [`the guest ended early (${reason})`, complained],
    };
    return { samples, end: end ?? cut, wallMs: tookMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
