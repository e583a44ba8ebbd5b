/**
 * Guest life: a doorbell's life inside the guest, on a disk of its own, until the guest's power goes.
 *
 *   node guest-life.ts DEVICE TESTIMONY policies|none [LOG-DEVICE]
 *
 * Run by guest-run.ts. Says `living` when somebody has signed in. What the doorbell acknowledges goes into TESTIMONY,
 * which lies outside of the guest. With LOG-DEVICE every write to DEVICE is logged there, with marks that say how many
 * bytes of TESTIMONY were written by then. Ends by itself only when something is wrong.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pairFolder } from "../paired.ts";
import { human, signIn } from "../person.ts";
import { startHouse } from "./house.ts";
import { doorFlags } from "./kills.ts";
import { live } from "./life.ts";
import { testifyTo } from "./testimony.ts";

const mountedAt = join(tmpdir(), "sill-door");
const dataAt = join(mountedAt, "data");
const target = "logged";
const markEveryMs = 400;

const [device = "", testimony = "", policies = "", logDevice = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function logged(): string {
  const sectors = execFileSync("blockdev", ["--getsz", device]).toString().trim();
  const options = ["--noudevsync", "--noudevrules"];
  execFileSync("dmsetup", [
    ...options,
    "create",
    target,
    "--table",
    `0 ${sectors} log-writes ${device} ${logDevice}`,
  ]);
  const path = `/dev/mapper/${target}`;
  if (!existsSync(path)) execFileSync("dmsetup", ["mknodes", target]);
  return path;
}

async function markAlways(): Promise<never> {
  for (;;) {
    const { size } = statSync(testimony); // read before the mark is set: all of it is older
    execFileSync("dmsetup", ["message", target, "0", "mark", String(size)]);
    await sleep(markEveryMs);
  }
}

mkdirSync(mountedAt, { recursive: true });
const door = logDevice === "" ? device : logged();
execFileSync("mount", ["-t", "ext4", "-o", "noatime", door, mountedAt]);
const { device: name } = await pairFolder(dataAt);
await using house = await startHouse({ data: dataAt, flags: doorFlags });
if (!(await house.listening)) {
  say(`PROBLEM ${(await house.died).name} did not start: ${house.output()}`);
  process.exit(1);
}
const owner = await signIn(house.url, human(1));
say("living");
const witness = testifyTo(testimony);
if (logDevice !== "") void markAlways();
await live({ owner, device: name, witness, until: house.died, policies: policies === "policies" });
say(`PROBLEM ${(await house.died).name} died: ${house.output()}`);
process.exit(1);
