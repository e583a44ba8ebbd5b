import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { PolicyWatch, type PolicyState } from "../../../daemon/eye/policy-watch.ts";
import { systemClock } from "../../../hal/clock.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { smallDisk } from "../keeper/small-disk.ts";
import { tempFolder } from "../keeper/temp-folder.ts";

const narrow = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
];
const wide = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const text = (version: number, propertyLine = narrow) => JSON.stringify({ version, propertyLine });

async function watchIn(folder: string, clock: Clock = new SimClock()) {
  const [path, changes]: [string, PolicyState[]] = [join(folder, "policy.json"), []];
  const seenPath = join(folder, "policy-seen.json");
  const policy = new PolicyWatch({ path, seenPath, clock, onChange: (state) => changes.push(state) });
  return {
    policy,
    changes,
    /** What is in force after the file said this. */
    says: async (content: string) => {
      await writeFile(path, content);
      await policy.reload();
      return policy.state.policy?.version ?? policy.state.fault?.kind;
    },
    remove: async () => {
      await rm(path);
      await policy.reload();
      return policy.state.fault?.kind;
    },
    [Symbol.asyncDispose]: () => policy[Symbol.asyncDispose](),
  };
}

test("a policy is in force while its file is there and whole; else nothing is visible", async () => {
  await using folder = await tempFolder();
  await using watch = await watchIn(folder.path);
  await watch.policy.start();
  expect(watch.policy.state.fault?.kind).toBe("not-found");
  expect(await watch.says(text(1))).toBe(1);
  expect(await watch.says("{")).toBe("corrupt");
  expect(await watch.says(text(1))).toBe(1);
  expect(await watch.remove()).toBe("not-found");
});

test("an older policy is refused, and so is another text under the same version", async () => {
  await using folder = await tempFolder();
  await using watch = await watchIn(folder.path);
  await watch.policy.start();
  expect(await watch.says(text(3))).toBe(3);
  expect(await watch.says(text(2))).toBe("denied");
  expect(await watch.says(text(3, wide))).toBe("denied");
  expect(watch.policy.state.fault?.hint).toContain("version above 3");
  expect(await watch.says(`\n${text(3)}\n`)).toBe(3);
  expect(await watch.says(text(4, wide))).toBe(4);
});

test("an older policy that was put there while the eye was off is refused too", async () => {
  await using folder = await tempFolder();
  {
    await using before = await watchIn(folder.path);
    await before.policy.start();
    expect(await before.says(text(2))).toBe(2);
  }
  await using after = await watchIn(folder.path);
  await writeFile(join(folder.path, "policy.json"), text(1, wide));
  await after.policy.start();
  expect(after.policy.state).toMatchObject({ policy: null, fault: { kind: "denied" } });
  expect(await after.says(text(2, wide))).toBe("denied");
  expect(await after.says(text(2))).toBe(2);
});

test("tells each change once, in order, however often it is asked to read", async () => {
  await using folder = await tempFolder();
  await using watch = await watchIn(folder.path);
  await watch.policy.start();
  await watch.says(text(1));
  await Promise.all([watch.policy.reload(), watch.policy.reload(), watch.policy.reload()]);
  await watch.remove();
  expect(watch.changes.map(({ policy }) => policy?.version ?? null)).toEqual([null, 1, null]);
});

test("finds a change by itself", async () => {
  await using folder = await tempFolder();
  await using watch = await watchIn(folder.path, systemClock);
  await watch.policy.start();
  await writeFile(join(folder.path, "policy.json"), text(1));
  await vi.waitFor(() => expect(watch.policy.state.policy?.version).toBe(1), 8_000);
});

test("a full disk does not blind the camera, and what was seen is kept once there is room", async (context) => {
  await using disk = await smallDisk(1);
  if (disk === null) return context.skip("SKIPPED: mounting a small tmpfs needs root");
  await using watch = await watchIn(disk.path);
  await watch.policy.start();
  expect(await watch.says(text(1))).toBe(1);
  await writeFile(join(disk.path, "policy.json"), text(2));
  disk.fill();
  await watch.policy.reload();
  expect(watch.policy.state.policy?.version).toBe(2);
  disk.empty();
  await watch.policy.reload();
  await using after = await watchIn(disk.path);
  await writeFile(join(disk.path, "policy.json"), text(1));
  await after.policy.start();
  expect(after.policy.state.fault?.kind).toBe("denied");
});
