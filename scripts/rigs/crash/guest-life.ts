/**
 * Guest life: a doorbell's life inside the guest, on a disk of its own, until the guest's power goes.
 *
 *   node guest-life.ts DEVICE TESTIMONY MOST-MS [POLICIES]
 *
 * Run by guest-cuts.ts and write-log.ts. Says `living` when somebody has signed in. What the doorbell acknowledges
 * goes into TESTIMONY, which lies outside of the guest. Ends by itself only when something is wrong, or after MOST-MS.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pairFolder } from "../paired.ts";
import { human, signIn } from "../person.ts";
import { startHouse } from "./house.ts";
import { doorFlags } from "./kills.ts";
import { live } from "./life.ts";
import { testifyTo } from "./testimony.ts";

export const mountedAt = join(tmpdir(), "sill-door");
export const dataAt = join(mountedAt, "data");

const [device = "", testimony = "", mostMs = "", policies = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

mkdirSync(mountedAt, { recursive: true });
execFileSync("mount", ["-t", "ext4", "-o", "noatime", device, mountedAt]);
const { device: name } = await pairFolder(dataAt);
await using house = await startHouse({ data: dataAt, flags: doorFlags });
if (!(await house.listening)) {
  say(`PROBLEM ${(await house.died).name} did not start: ${house.output()}`);
  process.exit(1);
}
const owner = await signIn(house.url, human(1));
say("living");
const until = Promise.race([house.died, sleep(Number(mostMs)).then(() => null)]);
const witness = testifyTo(testimony);
await live({ owner, device: name, witness, until, policies: policies === "policies" });
const died = await until;
if (died !== null) say(`PROBLEM ${died.name} died: ${house.output()}`);
