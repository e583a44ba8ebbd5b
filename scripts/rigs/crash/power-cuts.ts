/**
 * Power cuts: a doorbell on an ext4 of its own whose power goes at a random moment, and what it lost.
 *
 * The witness and everything it remembers lie outside of that file system. Each cut: start, live, cut the file
 * system, SIGKILL all three, mount it again (ext4 replays its journal), start the real `sill run` and ask.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../daemon.ts";
import { pairFolder } from "../paired.ts";
import { human, signIn } from "../person.ts";
import type { Ext4Disk } from "./ext4.ts";
import { startHouse } from "./house.ts";
import { askAgain, doorFlags, notAsked, unsavedOf } from "./kills.ts";
import { live } from "./life.ts";
import { recordedUntil } from "./lost-video.ts";
import type { CutRow } from "./table.ts";
import { inspect } from "./verdict.ts";
import { Witness } from "./witness.ts";

export interface PowerCutsOptions {
  readonly disk: Ext4Disk;
  /** How long each life is, in ms from when the page answers: between 0 and this. */
  readonly mostMs?: number;
  /** After every so many cuts the house is started unharmed and asked; the last one always. */
  readonly askEvery?: number;
  /** 0..1, anew for each cut. */
  readonly random: () => number;
}

export async function* runPowerCuts(cuts: number, options: PowerCutsOptions): AsyncGenerator<CutRow> {
  const { disk, mostMs = 6_000, askEvery = 1, random } = options;
  const data = join(disk.path, "data");
  const { device } = await pairFolder(data);
  const port = await freePort();
  const witness = new Witness();
  for (let at = 0; at < cuts; at += 1) {
    await using house = await startHouse({ data, port, flags: doorFlags });
    const policies = at % 2 === 0;
    const died: string[] = [];
    if (at % 5 === 4) await sleep(random() * 1_500); // while it starts
    else if (!(await house.listening))
      died.push(`${(await house.died).name} did not start: ${house.output()}`);
    else {
      const owner = await signIn(house.url, human(1));
      await live({ owner, device, witness, until: sleep(random() * mostMs), policies });
    }
    disk.cut();
    const cutWallMs = Date.now();
    await house.kill();
    await disk.mend();
    const { recording } = witness;
    witness.recording = null;
    const isFresh = recording !== null && cutWallMs - recording.wallMs < 1_500 && !policies;
    const lastWallMs = isFresh ? await recordedUntil(data, recording.clip) : null;
    const isAsked = (at + 1) % askEvery === 0 || at === cuts - 1;
    const asked = isAsked ? await askAgain({ data, port, device, witness }) : notAsked;
    yield {
      group: "ext4 shutdown",
      reached: true,
      lostVideoMs: lastWallMs === null ? null : cutWallMs - lastWallMs,
      restartMs: asked.restartMs,
      problems: [...died, ...asked.problems, ...(isAsked ? await inspect(data, witness) : [])],
      unsaved: unsavedOf(witness, asked.events, cutWallMs),
    };
  }
}
