/**
 * Small disks: a doorbell on an ext4 of a few megabytes, which its own recording fills.
 *
 * Every press must ring and be listed whatever the disk says, no process may die of it, and a doorbell that is killed
 * and started again on the full disk must list what it had acknowledged, as soon as there is room for an index.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Status } from "../../../daemon/wire/api-status.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { freePort } from "../daemon.ts";
import { pairFolder } from "../paired.ts";
import { getJson, human, signIn, withCookie } from "../person.ts";
import { ext4Disk } from "./ext4.ts";
import { smallPicture, startHouse } from "./house.ts";
import { Witness } from "./witness.ts";

export interface SmallDiskResult {
  readonly megabytes: number;
  readonly presses: number;
  /** What the status said at the end; null = there was room. */
  readonly fault: string | null;
  readonly problems: readonly string[];
}

const flags = [...smallPicture, "--sim.visitorsPerHour=0", "--button.cooldownMs=0", "--storage.minFreeMb=0"];
const pressEveryMs = 200;
const tidyMs = 20_000;
const openMs = 120_000;

export async function onSmallDisk(megabytes: number, presses = 30): Promise<SmallDiskResult> {
  await using disk = await ext4Disk(megabytes);
  const data = join(disk.path, "data");
  await pairFolder(data);
  const port = await freePort();
  const problems: string[] = [];
  const witness = new Witness();
  let fault: string | null = null;
  let cookie = "";
  {
    await using house = await startHouse({ data, port, flags });
    if (!(await house.listening)) return { megabytes, presses: 0, fault, problems: [house.output()] };
    const owner = await signIn(house.url, human(1));
    cookie = owner.cookie;
    for (let press = 0; press < presses; press += 1) {
      const answer = await owner.fetch("/api/sim/press", { method: "POST" });
      if (!answer.ok) problems.push(`press ${press} was answered with ${answer.status}`);
      await witness.look(owner).catch(() => {}); // a ledger that cannot be signed: then it acknowledges nothing
      await sleep(pressEveryMs);
    }
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=200");
    if (events.length !== presses) problems.push(`${presses} presses, ${events.length} events`);
    fault = (await getJson<Status>(owner, "/api/status")).storage.fault?.message ?? null;
    for (const name of ["keeper", "eye", "courier"] as const)
      if (!house.isAlive(name)) problems.push(`${name} died: ${house.output()}`);
  }
  await using again = await startHouse({ data, port, flags });
  if (!(await again.listening)) return { megabytes, presses, fault, problems: [...problems, again.output()] };
  const owner = withCookie(again.url, human(1), cookie); // nobody new is let in without room to remember them
  const began = performance.now();
  let lost = [...witness.events];
  let tidied = false;
  while (lost.length > 0 && performance.now() < began + openMs) {
    if (!tidied && performance.now() > began + tidyMs) {
      // a disk that holds nothing the doorbell may delete has no room for an index: somebody makes some
      await rm(dataPaths(data).clips, { recursive: true, force: true });
      tidied = true;
    }
    const { events } = await getJson<{ events: Event[] }>(owner, "/api/events?limit=200");
    const there = new Set(events.map(({ id }) => id));
    lost = lost.filter((id) => !there.has(id));
    await sleep(pressEveryMs); // its index opens when it has found room
  }
  return { megabytes, presses, fault, problems: [...problems, ...lost.map((id) => `event ${id} is lost`)] };
}
