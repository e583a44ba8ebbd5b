/**
 * Guest cuts: a doorbell in a kernel of its own that is killed at a random moment, and what it lost.
 *
 * The guest's block layer writes into a disk image of this machine; what it had finished when the kernel was killed
 * is there, what lay in its page cache is not. Each cut: boot, start, live, SIGKILL, e2fsck, mount the image here, start
 * the real `sill run` on it and ask for all that the testimony says.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDeviceKey } from "../../../daemon/identity/device-key.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { freePort } from "../daemon.ts";
import { liveInGuest, type LifeInGuest } from "./guest-run.ts";
import { copyImage, fsckProblem, makeImage, mounted } from "./image.ts";
import { askAgain, notAsked, unsavedOf } from "./kills.ts";
import { recordedUntil } from "./lost-video.ts";
import type { CutRow } from "./table.ts";
import { readTestimony } from "./testimony.ts";
import { inspect } from "./verdict.ts";
import { Witness } from "./witness.ts";

const megabytes = 512;

export interface GuestCutsOptions {
  /** Of prepareKernel. */
  readonly kernel: string;
  /** How long each life is at most, from when somebody has signed in. */
  readonly mostMs?: number;
  /** 0..1, anew for each cut. */
  readonly random: () => number;
}

export async function* runGuestCuts(cuts: number, options: GuestCutsOptions): AsyncGenerator<CutRow> {
  const { kernel, mostMs = 6_000, random } = options;
  const folder = await mkdtemp(join(tmpdir(), "sill-guest-cuts-"));
  try {
    const share = join(folder, "share");
    const testimony = join(share, "testimony.jsonl");
    await mkdir(share);
    await writeFile(testimony, "");
    let image = join(folder, "disk-0.img");
    await makeImage(image, megabytes);
    const witness = new Witness();
    const port = await freePort();
    let read = 0;
    for (let at = 0; at < cuts; at += 1) {
      const policies = at % 2 === 0;
      const isStartCut = at % 5 === 4; // while it starts
      const lifeMs = random() * (isStartCut ? 2_500 : mostMs);
      const life = { kernel, share, disks: [image], testimony, policies, lifeMs, isStartCut };
      const { cutWallMs, died } = await liveAndDie(life);
      read = readTestimony(testimony, witness, read);
      const found = join(folder, `disk-${at + 1}.img`);
      await copyImage(image, found);
      await rm(image);
      image = found;
      const damage = await fsckProblem(image);
      yield await judge({ image, folder, port, witness, cutWallMs, policies, problems: [died, damage] });
      const next = join(folder, `next-${at + 1}.img`);
      await copyImage(image, next);
      await rm(image);
      image = next;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Life extends LifeInGuest {
  readonly lifeMs: number;
  readonly isStartCut: boolean;
}

/** Boots, kills, and answers when; `died`: what was wrong before it was killed. */
async function liveAndDie(life: Life): Promise<{ cutWallMs: number; died: string | null }> {
  const { lifeMs, isStartCut } = life;
  const guest = await liveInGuest(life);
  // a start that is cut: from its boot on, which takes a second or two
  const first = isStartCut ? null : await guest.living;
  const early = first ?? (await Promise.race([sleep(lifeMs + (isStartCut ? 2_000 : 0)), guest.ended]));
  const cutWallMs = Date.now();
  await guest.cut();
  const died =
    early === undefined ? null : `the guest ended by itself (${early}): ${guest.said().slice(-2_000)}`;
  return { cutWallMs, died };
}

interface Case {
  readonly image: string;
  readonly folder: string;
  readonly port: number;
  readonly witness: Witness;
  readonly cutWallMs: number;
  readonly policies: boolean;
  readonly problems: readonly (string | null)[];
}

async function judge(each: Case): Promise<CutRow> {
  const { image, folder, port, witness, cutWallMs, policies } = each;
  const { recording } = witness;
  witness.recording = null;
  await using disk = await mounted(image, join(folder, "disk"));
  const data = join(disk.path, "data");
  await mkdir(data, { recursive: true });
  const { device } = await openDeviceKey(dataPaths(data).deviceKey);
  const isFresh = recording !== null && cutWallMs - recording.wallMs < 1_500 && !policies;
  const lastWallMs = isFresh ? await recordedUntil(data, recording.clip) : null;
  const asked = witness.told.size === 0 ? notAsked : await askAgain({ data, port, device, witness });
  const found = witness.told.size === 0 ? [] : await inspect(data, witness);
  return {
    group: "guest killed",
    reached: true,
    lostVideoMs: lastWallMs === null ? null : cutWallMs - lastWallMs,
    restartMs: asked.restartMs,
    problems: [...each.problems.filter((problem) => problem !== null), ...asked.problems, ...found],
    unsaved: unsavedOf(witness, asked.events, cutWallMs),
  };
}
