import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { startDaemon, type Daemon, type ProcessName } from "../../scripts/rigs/daemon.ts";
import { sill } from "../../scripts/rigs/sill.ts";
import { getJson } from "../../scripts/rigs/person.ts";

let daemon: Daemon;
beforeAll(async () => {
  daemon = await startDaemon({
    flags: ["--camera.width=640", "--camera.height=360", "--button.cooldownMs=0", "--sim.visitorsPerHour=0"],
  });
});
afterAll(() => daemon.stop());

const get = <T>(path: string): Promise<T> => getJson<T>(daemon, path);
const press = () => daemon.fetch("/api/sim/press", { method: "POST" });
const newestEvent = async (): Promise<Event | undefined> =>
  (await get<{ events: Event[] }>("/api/events?kind=ring&limit=1")).events[0];
const wait = { timeout: 60_000, interval: 100 };

async function ringWithFragments(count: number): Promise<Clip> {
  await press();
  return vi.waitFor(async () => {
    const event = await newestEvent();
    const clip = await get<Clip>(`/api/clips/${event?.clip}`);
    expect(clip.fragments.length).toBeGreaterThanOrEqual(count);
    return clip;
  }, wait);
}

async function running(): Promise<void> {
  await vi.waitFor(async () => {
    const status = await get<Status>("/api/status");
    expect(status.camera.state).toBe("running");
    expect(status.processes.every((each) => each.connected)).toBe(true);
    expect(status.recording).toBe(null);
  }, wait);
}

async function kill(name: ProcessName): Promise<void> {
  process.kill(await daemon.pid(name), "SIGKILL");
}

describe("killed while a ring is being recorded,", () => {
  test("the eye comes back, what was written stays, and the next ring is recorded", async () => {
    await running();
    const before = await ringWithFragments(2);
    await kill("eye");
    await running();
    const after = await vi.waitFor(async () => {
      const clip = await get<Clip>(`/api/clips/${before.id}`);
      expect(clip.state).toBe("interrupted");
      return clip;
    }, wait);
    expect(after.fragments.slice(0, before.fragments.length)).toEqual(before.fragments);
    expect((await ringWithFragments(1)).id).not.toBe(before.id);
  });

  test("the keeper comes back and finds every fragment that the eye wrote meanwhile", async () => {
    await running();
    const before = await ringWithFragments(1);
    const eye = await daemon.pid("eye");
    await kill("keeper");
    const after = await vi.waitFor(async () => {
      const clip = await get<Clip>(`/api/clips/${before.id}`);
      expect(clip.state).toBe("complete");
      return clip;
    }, wait);
    expect(await daemon.pid("eye")).toBe(eye);
    expect(after.fragments.map((each) => each.index)).toEqual(after.fragments.map((_, i) => i));
    expect(after.fragments.length).toBeGreaterThan(before.fragments.length);
  });

  test("the courier comes back and nobody else notices", async () => {
    await running();
    const [eye, keeper] = [await daemon.pid("eye"), await daemon.pid("keeper")];
    const before = await ringWithFragments(1);
    await kill("courier");
    await running();
    expect([await daemon.pid("eye"), await daemon.pid("keeper")]).toEqual([eye, keeper]);
    const state = async () => (await get<Clip>(`/api/clips/${before.id}`)).state;
    await expect.poll(state, wait).toBe("complete");
  });
});

test("a second daemon on the same data folder is refused", async () => {
  const { code, stderr } = await sill(["run", `--data=${daemon.data}`, "--web.port=0"]);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain("another sill is running");
});

test("a port that is taken ends the daemon with words, not with a loop", async () => {
  const { port } = new URL(daemon.url);
  const { code, stderr, stdout } = await sill([
    "run",
    `--data=${daemon.data}-b`,
    `--web.port=${port}`,
    "--camera.width=320",
    "--camera.height=240",
  ]);
  expect(code).toBeGreaterThan(0);
  expect(stderr + stdout).toContain("--web.port");
});

test("a press is heard with the eye stopped", async () => {
  await running();
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    const before = await newestEvent();
    await press();
    const after = await vi.waitFor(async () => {
      const event = await newestEvent();
      expect(event?.id).not.toBe(before?.id);
      return event;
    }, wait);
    expect(after?.kind).toBe("ring");
  } finally {
    process.kill(eye, "SIGCONT");
  }
});

test("a broken policy masks everything within seconds, and a good one opens again", async () => {
  await running();
  const path = join(daemon.data, "policy.json");
  const good = await readFile(path, "utf8");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, "{");
  await vi.waitFor(async () => {
    const { mask } = await get<Status>("/api/status");
    expect([mask.visibleFrac, mask.fault?.kind]).toEqual([0, "corrupt"]);
  }, wait);
  await writeFile(path, good);
  await vi.waitFor(
    async () => expect((await get<Status>("/api/status")).mask.visibleFrac).toBeGreaterThan(0.2),
    wait,
  );
});

async function temporaryFiles(): Promise<string[]> {
  const names = await readdir(join(daemon.data, "clips"), { recursive: true });
  return names.filter((name) => name.endsWith(".tmp")).sort();
}

test("stops within seconds on SIGTERM and leaves no temporary file", async () => {
  await running();
  const killedWhileWriting = await temporaryFiles(); // by the tests above
  await press();
  daemon.process.kill("SIGTERM");
  const code = await new Promise((resolve) => daemon.process.once("exit", resolve));
  expect(code).toBe(0);
  expect(await temporaryFiles()).toEqual(killedWhileWriting);
});
