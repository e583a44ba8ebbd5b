/** Real lines and a real camera through the cages: groups, device filter and user namespace as shipped. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip } from "../../daemon/wire/api.ts";
import { getJson, type SignedInHuman } from "../../scripts/rigs/person.ts";
import { probe, probeIn } from "../package/probe.ts";
import { cameraRuns, machine, press, units, value, wait } from "./house.ts";
import { ownerOfInstalled } from "./install.ts";

const unitFolder = join(import.meta.dirname, "../../scripts/package/debian/units");
let owner: SignedInHuman;

beforeAll(async () => {
  owner = await ownerOfInstalled();
});

const groupOf = async (path: string): Promise<string> => {
  expect((statSync(path).mode & 0o777).toString(8)).toBe("660");
  return (await machine.ok(["stat", "-c", "%U:%G", path])).trim();
};

test("udev has given the lines to gpio and the camera to video, and nothing to anybody else", async () => {
  await vi.waitFor(async () => {
    expect(await groupOf("/dev/gpiochip0")).toBe("root:gpio");
    expect(await groupOf("/dev/video0")).toBe("root:video");
  }, wait);
});

test("an ordinary user opens neither", async () => {
  for (const device of ["/dev/gpiochip0", "/dev/video0"]) {
    const { code, stderr } = await machine.run([
      ..."setpriv --reuid=nobody --regid=nogroup --clear-groups --".split(" "),
      "sh",
      "-c",
      `exec 3<>${device}`,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Permission denied")]);
  }
});

test("all three live in a user namespace of their own, in which their device groups still count", async () => {
  for (const unit of units) {
    const map = await machine.ok(["cat", `/proc/${await value(unit, "MainPID")}/uid_map`]);
    expect(map.trim().split("\n").length, map).toBeLessThanOrEqual(2);
    expect(map).not.toContain("4294967295");
  }
  await vi.waitFor(async () => {
    expect(await value("sill-eye", "StatusText")).toMatch(/^sees gst v4l2 \/dev\/video0, 320x180 at /u);
  }, wait);
});

test("the keeper hears the button through /dev/gpiochip0 and the eye records the camera, sealed", async () => {
  await cameraRuns(owner);
  const ring = await press(owner);
  const clip = await vi.waitFor(async () => {
    const { events } = await getJson<{ events: { id: string; clip: string | null }[] }>(
      owner,
      "/api/events?limit=50",
    );
    const found = await getJson<Clip>(owner, `/api/clips/${events.find(({ id }) => id === ring.id)?.clip}`);
    expect(found.fragments.length).toBeGreaterThan(0);
    return found;
  }, wait);
  const files = await machine.ok([
    "sh",
    "-c",
    `stat -c '%U %n' /var/lib/sill/house/clips/*/${clip.id}/*.age`,
  ]);
  expect(
    files
      .trim()
      .split("\n")
      .every((line) => line.startsWith("sill-eye ")),
  ).toBe(true);
  const status = await getJson<Status>(owner, "/api/status");
  expect(status.mask.visibleFrac).toBeGreaterThan(0.5);
});

test("the kernel holds them to the memory that their units name, and none was started twice", async () => {
  for (const unit of units) {
    const held = Number(readFileSync(`/sys/fs/cgroup/sill.slice/${unit}.service/memory.max`, "utf8"));
    const [, named = ""] =
      /^MemoryMax=(\d+)M$/mu.exec(readFileSync(join(unitFolder, `${unit}.service`), "utf8")) ?? [];
    expect([unit, `${held / 1024 / 1024}`]).toEqual([unit, named]);
  }
  for (const unit of units) expect(await value(unit, "NRestarts")).toBe("0");
});

test("out of the eye's cage there are no lines and no socket but the house's; out of the keeper's no camera", async () => {
  const eye = await probeIn(machine, "sill-eye", {
    camera: probe.device("video0"),
    lines: probe.device("gpiochip0"),
    page: probe.connect("127.0.0.1", 8460),
    interfaces: probe.interfaces(),
    scratch: probe.write("/run/sill/scratch/probe"),
  });
  expect(eye).toEqual({
    camera: "done",
    lines: "EACCES",
    page: "EAFNOSUPPORT",
    interfaces: "lo",
    scratch: "done",
  });
  const keeper = await probeIn(machine, "sill-keeper", {
    camera: probe.device("video0"),
    lines: probe.device("gpiochip0"),
  });
  expect(keeper).toEqual({ camera: "EACCES", lines: "done" });
  const courier = await probeIn(machine, "sill-courier", {
    camera: probe.device("video0"),
    lines: probe.device("gpiochip0"),
  });
  expect(courier).toEqual({ camera: "ENOENT", lines: "ENOENT" });
});
