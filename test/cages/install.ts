/** Before the first test: the package is installed with dpkg, as by an installer, and the porch is somebody's. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import {
  expectOk,
  doorOf,
  human,
  pair,
  putJson,
  signIn,
  type SignedInHuman,
} from "../../scripts/rigs/person.ts";
import { policyOf } from "../../scripts/rigs/paired.ts";
import { allActive, machine, pull, url } from "./house.ts";

const settings = `data: /var/lib/sill/house
memory: /var/lib/sill/eye
run: /run/sill
camera: { driver: gst, source: auto, width: 320, height: 180, fps: 5 }
motion: { sensitivity: 0 } # the bars do not move
button: { driver: gpio, chip: doorbell-sim, line: 17, activeLow: true }
pir: { driver: gpio, chip: doorbell-sim, line: 27 }
chime: { driver: gpio, chip: doorbell-sim, line: 22 }
light: { driver: gpio, chip: doorbell-sim, line: 23 }
`;

/** The owner, signed in; the first who asks installs. */
export async function ownerOfInstalled(): Promise<SignedInHuman> {
  if (!existsSync("/usr/lib/sill/current")) await install();
  return signIn(url, human(1));
}

async function install(): Promise<void> {
  const deb = process.env["GUEST"] === "1" ? process.env["CAGES_DEB"] : undefined;
  if (deb === undefined)
    throw new Error("test/cages installs a package: npm test -- test/cages runs it in the guest");
  mkdirSync("/etc/sill", { recursive: true });
  writeFileSync("/etc/sill/sill.yaml", settings);
  pull(17, true);
  await machine.ok(["dpkg", "--install", "--force-confold", deb]);
  await allActive();
  const { code } = JSON.parse(await machine.ok(["sill", "pair", "--json"])) as { code: string };
  await pair(url, human(1), code);
  const owner = await signIn(url, human(1));
  const { device } = await doorOf(url);
  const envelope = signEnvelope(owner.keys, payloadTypes.policy, policyOf(device));
  await expectOk(await putJson(owner, "/api/policy", { envelope }));
}
