/**
 * Logged states: one busy life of a doorbell, every write of it logged, and the disks that power cuts might have left.
 *
 * Between two flushes a drive may have kept any of the writes: each state is all up to a flush and a random part of
 * what came before the next one. Each is checked by e2fsck, mounted, and its files are asked; every n-th time the real
 * `sill run` is asked as well. What must be there is what the mark before it says.
 */
import { closeSync, openSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDeviceKey } from "../../../daemon/identity/device-key.ts";
import { Fault } from "../../../hal/fault.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { freePort } from "../daemon.ts";
import { liveInGuest } from "./guest-run.ts";
import { copyImage, fsckProblem, makeImage, mounted } from "./image.ts";
import { askAgain } from "./kills.ts";
import { sureAt } from "./testimony.ts";
import { inspect } from "./verdict.ts";
import { readWriteLog, replay, type LogEntry } from "./write-log.ts";

const megabytes = 256;
const logBytes = 2 * 1024 ** 3;

export interface LoggedOptions {
  readonly kernel: string;
  readonly lifeMs: number;
  /** How many of all states are checked, evenly spread. */
  readonly states: number;
  /** The real doorbell is asked after every so many. */
  readonly askEvery: number;
  readonly random: () => number;
}

export interface LoggedState {
  /** Of all flushes. */
  readonly flush: number;
  readonly flushes: number;
  /** Writes after it that the drive kept, of how many. */
  readonly kept: number;
  readonly unflushed: number;
  readonly acknowledged: number;
  readonly problems: readonly string[];
}

export async function* runLogged(options: LoggedOptions): AsyncGenerator<LoggedState> {
  const { kernel, lifeMs, states, askEvery, random } = options;
  const folder = await mkdtemp(join(tmpdir(), "sill-logged-"));
  try {
    const [share, base, live, log] = ["share", "base.img", "live.img", "log.img"].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const testimony = join(share, "testimony.jsonl");
    await mkdir(share);
    await writeFile(testimony, "");
    await makeImage(base, megabytes);
    await copyImage(base, live);
    await writeFile(log, "");
    await truncate(log, logBytes);
    const guest = await liveInGuest({ kernel, disks: [live, log], share, testimony, policies: true });
    const early = (await guest.living) ?? (await Promise.race([sleep(lifeMs), guest.ended]));
    await guest.cut();
    if (early !== undefined)
      throw new Fault("unavailable", `the guest ended by itself: ${guest.said().slice(-2_000)}`);
    yield* statesOf({ folder, base, log, testimony }, { states, askEvery, random });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Files {
  readonly folder: string;
  /** The disk before the first write; becomes the disk of each state in turn. */
  readonly base: string;
  readonly log: string;
  readonly testimony: string;
}

async function* statesOf(
  { folder, base, log, testimony }: Files,
  { states, askEvery, random }: Pick<LoggedOptions, "states" | "askEvery" | "random">,
): AsyncGenerator<LoggedState> {
  const [logFile, disk] = [openSync(log, "r"), openSync(base, "r+")];
  const port = await freePort();
  try {
    const entries = readWriteLog(logFile);
    const barriers = entries.flatMap((entry, at) => (entry.isBarrier ? at : []));
    const marks = entries.flatMap(({ mark }, at) => (mark === null ? [] : { at, bytes: Number(mark) }));
    const firstMark = marks[0]?.at ?? entries.length;
    const worth = barriers.filter((at) => at > firstMark); // before it nobody was told anything
    // odd: a commit of ext4 is two of them, and what may be lost lies between the second and the next
    const step = Math.floor(worth.length / states) | 1;
    let replayed = 0;
    for (let nth = 0; nth < worth.length; nth += step) {
      const end = (worth[nth] ?? 0) + 1;
      for (; replayed < end; replayed += 1) replay(logFile, entries[replayed] as LogEntry, disk);
      const image = join(folder, `state-${nth}.img`);
      await copyImage(base, image);
      const unflushed = entries
        .slice(end, worth[nth + 1] ?? entries.length)
        .filter(({ dataAt }) => dataAt !== null);
      const kept = unflushed.filter(() => random() < 0.5);
      const state = openSync(image, "r+");
      for (const entry of kept) replay(logFile, entry, state);
      closeSync(state);
      const before = marks.findLastIndex(({ at }) => at < end);
      // what was asked for until the next mark was set stands before the one after it
      const asked = marks[before + 2]?.bytes ?? statSync(testimony).size;
      const witness = sureAt(testimony, marks[before]?.bytes ?? 0, asked);
      const damage = await fsckProblem(image);
      const problems: string[] = damage === null ? [] : [damage];
      {
        await using door = await mounted(image, join(folder, "disk"));
        const data = join(door.path, "data");
        problems.push(...(await inspect(data, witness)));
        const { device } = await openDeviceKey(dataPaths(data).deviceKey);
        const isAsked = (nth / step) % askEvery === 0;
        if (isAsked) problems.push(...(await askAgain({ data, port, device, witness })).problems);
      }
      await rm(image);
      yield {
        flush: nth,
        flushes: worth.length,
        kept: kept.length,
        unflushed: unflushed.length,
        acknowledged: witness.events.size + witness.fragments.size,
        problems,
      };
    }
  } finally {
    closeSync(logFile);
    closeSync(disk);
  }
}
