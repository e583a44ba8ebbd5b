import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { startBareDaemon, startDaemon, type Daemon, type ProcessName } from "../../scripts/rigs/daemon.ts";
import { pairFolder, policyOf } from "../../scripts/rigs/paired.ts";
import { doorOf, getJson, human, pair, putJson, signIn } from "../../scripts/rigs/person.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const flags = ["--camera.width=320", "--camera.height=180", "--camera.fps=10", "--sim.visitorsPerHour=0"];
const names: readonly ProcessName[] = ["eye", "keeper", "courier"];
const wait = { timeout: 60_000, interval: 100 };

const start = (data: string): Promise<Daemon> => startDaemon({ data, flags });

/** Rings and waits until the clip of it is being written. */
async function recordedRing(daemon: Daemon): Promise<Clip> {
  const camera = async () => (await getJson<Status>(daemon, "/api/status")).camera.state;
  await expect.poll(camera, wait).toBe("running");
  await daemon.fetch("/api/sim/press", { method: "POST" });
  return vi.waitFor(async () => {
    const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?limit=20");
    const clip = await getJson<Clip>(
      daemon,
      `/api/clips/${events.find(({ kind }) => kind === "ring")?.clip}`,
    );
    expect([clip.state, clip.fragments.length > 0]).toEqual(["recording", true]);
    return clip;
  }, wait);
}

async function pidsOf(daemon: Daemon): Promise<number[]> {
  return vi.waitFor(() => Promise.all(names.map((name) => daemon.pid(name))), wait);
}

/** Gone, or dead and not yet collected by whoever inherited it. */
async function isGone(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ") X");
  return ["X", "Z"].includes(state.slice(state.lastIndexOf(")") + 2)[0] ?? "X");
}

async function fragmentFiles(data: string, clip: string): Promise<number> {
  const files = await readdir(join(data, "clips"), { recursive: true });
  return files.filter((name) => name.includes(clip) && name.endsWith(".m4s.age")).length;
}

/** At the next start the clip is complete, with every fragment that is on the disk. */
async function expectWholeClip(data: string, id: string): Promise<void> {
  await using again = await start(data);
  const clip = await getJson<Clip>(again, `/api/clips/${id}`);
  expect([clip.state, clip.fragments.length]).toEqual(["complete", await fragmentFiles(data, id)]);
}

test("a supervisor killed by SIGKILL leaves no process, and the clip it was recording is whole", async () => {
  await using folder = await tempFolder();
  const daemon = await start(folder.path);
  const pids = await pidsOf(daemon);
  const { id } = await recordedRing(daemon);
  daemon.process.kill("SIGKILL");
  await vi.waitFor(async () => expect(await Promise.all(pids.map(isGone))).toEqual([true, true, true]), wait);
  await expectWholeClip(folder.path, id);
});

test("stopped in mid-recording, the clip is complete at the next start with its last fragment", async () => {
  await using folder = await tempFolder();
  const daemon = await start(folder.path);
  const { id } = await recordedRing(daemon);
  expect(await daemon.stop()).toBe(0);
  expect(daemon.output()).not.toMatch(/starts again/);
  await expectWholeClip(folder.path, id);
});

test("Ctrl-C, which reaches every process at once, loses nothing and restarts nobody", async () => {
  await using folder = await tempFolder();
  const daemon = await start(folder.path);
  const pids = await pidsOf(daemon);
  const { id } = await recordedRing(daemon);
  for (const pid of [daemon.process.pid ?? 0, ...pids]) process.kill(pid, "SIGINT");
  expect(await daemon.stop()).toBe(0);
  expect(daemon.output()).not.toMatch(/starts again/);
  await expectWholeClip(folder.path, id);
});

test("a doorbell that is nobody's prints its code and sees nothing until its owner signs a line", async () => {
  await using bare = await startBareDaemon({ flags });
  const code = await vi.waitFor(() => {
    const [, url, typed] =
      /To make this doorbell yours: open (\S+) and type (\S+);/u.exec(bare.output()) ?? [];
    expect(url).toBe(bare.url);
    return typed ?? "";
  }, 30_000);
  await pair(bare.url, human(1), code);
  const owner = await signIn(bare.url, human(1));
  await vi.waitFor(async () => {
    const { camera, mask } = (await (await owner.fetch("/api/status")).json()) as Status;
    expect([camera.state, mask.visibleFrac]).toEqual(["running", 0]);
  }, wait);
  const { device } = await doorOf(bare.url);
  const envelope = signEnvelope(owner.keys, payloadTypes.policy, policyOf(device));
  expect((await putJson(owner, "/api/policy", { envelope })).status).toBe(200);
  await vi.waitFor(async () => {
    const { mask } = (await (await owner.fetch("/api/status")).json()) as Status;
    expect([mask.policyVersion, mask.visibleFrac > 0.5]).toEqual([1, true]);
  }, wait);
});

test("as one user nothing is for a group, sockets lie where the settings say, and what the eye knew before is moved", async () => {
  await using folder = await tempFolder();
  await using elsewhere = await tempFolder();
  await writeFile(join(folder.path, "policy-seen.json"), "{}");
  await pairFolder(folder.path); // as this test's umask has it
  await chmod(join(folder.path, "device.pub"), 0o600);
  await using daemon = await startDaemon({
    data: folder.path,
    flags: [...flags, `--run=${elsewhere.path}`],
  });
  await recordedRing(daemon);
  const paths = dataPaths(folder.path, { run: elsewhere.path });
  const beneath = await readdir(folder.path, { recursive: true });
  const modes = [...beneath.map((name) => join(folder.path, name)), paths.eyeSocket, paths.lock].map(modeOf);
  expect((await Promise.all(modes)).filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
  expect(beneath).toContain("eye/policy-seen.json");
  expect(beneath).not.toContain("policy-seen.json");
  expect(beneath).not.toContain("run");
});

async function modeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ mode: 0 }))).mode; // renamed meanwhile
}
