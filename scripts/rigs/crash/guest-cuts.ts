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
import { bootGuest, type GuestEnd } from "../guest/boot.ts";
import { parseCommandLine } from "../guest/options.ts";
import { copyImage, fsckProblem, makeImage, mounted } from "./image.ts";
import { askAgain, notAsked, unsavedOf } from "./kills.ts";
import { recordedUntil } from "./lost-video.ts";
import type { CutRow } from "./table.ts";
import { readTestimony } from "./testimony.ts";
import { inspect } from "./verdict.ts";
import { Witness } from "./witness.ts";

const root = join(import.meta.dirname, "../../..");
const program = join(import.meta.dirname, "guest-life.ts");
const megabytes = 512;
const bootLimitS = 240;

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
      const life = { kernel, share, image, testimony, policies, lifeMs, isStartCut };
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

interface Life {
  readonly kernel: string;
  readonly share: string;
  readonly image: string;
  readonly testimony: string;
  readonly policies: boolean;
  readonly lifeMs: number;
  readonly isStartCut: boolean;
}

/** Boots, kills, and answers when; `died`: what was wrong before it was killed. */
async function liveAndDie(life: Life): Promise<{ cutWallMs: number; died: string | null }> {
  const { kernel, share, image, testimony, policies, lifeMs, isStartCut } = life;
  // prettier-ignore
  const words = ["--cameras", "0", "--limit", String(bootLimitS), "--share", share, "--disk", image,
    "--env", `NODE_COMPILE_CACHE=${join(root, "node_modules/.cache/sill")}`,
    "--", process.execPath, program, "/dev/ubda", testimony, "600000", policies ? "policies" : "none"];
  const { guest: wanted } = parseCommandLine(words, { cwd: root, env: process.env });
  let said = "";
  const { promise: living, resolve: lives } = Promise.withResolvers<null>();
  const take = (bytes: Buffer): void => {
    said += bytes.toString();
    if (said.includes("living")) lives(null);
  };
  const guest = await bootGuest(kernel, wanted, { stdout: take, stderr: take });
  const ended = guest.ended.then((end: GuestEnd) => end.reason);
  const first = isStartCut ? null : await Promise.race([living, ended]);
  // a start that is cut: from its boot on, which takes a second or two
  const early = first ?? (await Promise.race([sleep(lifeMs + (isStartCut ? 2_000 : 0)), ended]));
  const cutWallMs = Date.now();
  guest.cut();
  await guest.ended;
  const died = early === undefined ? null : `the guest ended by itself (${early}): ${said.slice(-2_000)}`;
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
