/** The checks that really write, on a folder that is well and on ones that are not. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clockDrift } from "../../../../daemon/selftest/checks/clock-drift.ts";
import { storageFsync } from "../../../../daemon/selftest/checks/storage-fsync.ts";
import { storageMount } from "../../../../daemon/selftest/checks/storage-mount.ts";
import { storageSpeed } from "../../../../daemon/selftest/checks/storage-speed.ts";
import { histogramSchema } from "../../../../daemon/wire/selftest.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import type { Clock } from "../../../../hal/sensors.ts";
import { ask } from "../ask.ts";

let data = "";
beforeEach(async () => void (data = await mkdtemp(join(tmpdir(), "sill-selftest-"))));
afterEach(() => rm(data, { recursive: true, force: true }));

/** Every question of the time costs so many milliseconds of it: a disk that is so slow. */
function slowDisk(perQuestionMs: number): Clock {
  const clock = new SimClock();
  let monoMs = 0;
  return {
    monoMs: () => (monoMs += perQuestionMs),
    wallMs: () => clock.wallMs(),
    after: (ms, handler) => clock.after(ms, handler),
    every: (ms, handler) => clock.every(ms, handler),
  };
}

async function left(): Promise<string[]> {
  return readdir(join(data, "selftest"));
}

test.each([
  ["a fast one", 0.5, "pass", /^16777\.2 MB in a second|MB in a second/u],
  ["a slow one", 3_000, "warn", /^2\.8 MB in a second; a recording of 2000 kbit\/s needs 1\.0$/u],
  ["one that cannot keep up", 60_000, "fail", /^0\.1 MB in a second/u],
])("storage-speed writes and tidies up: %s", async (_what, perQuestionMs, verdict, seen) => {
  const result = await ask(storageSpeed, data, { clock: slowDisk(perQuestionMs) });
  expect(result).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
  expect(await left()).toEqual([]);
});

test.each([
  ["a good card", 3, "pass", /^half of the changes within 3\.0 ms/u],
  ["a tired one", 400, "warn", /99 of 100 within 400 ms/u],
  ["a failing one", 2_500, "fail", /99 of 100 within 2500 ms/u],
])("storage-fsync measures each change: %s", async (_what, perQuestionMs, verdict, seen) => {
  const result = await ask(storageFsync, data, { clock: slowDisk(perQuestionMs) });
  expect(result).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
  const { bars } = histogramSchema.parse(result.histogram);
  const measured = result.figures?.find(({ name }) => name === "measured")?.value;
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(measured);
  expect(await left()).toEqual([]);
});

const nothingWritten = [storageMount, storageSpeed, storageFsync] as const;

test.each(nothingWritten)("a folder that is none fails $id", async (check) => {
  await writeFile(join(data, "selftest"), "a file where a folder should be");
  const result = await ask(check, data);
  expect(result).toMatchObject({ verdict: "fail", seen: expect.stringContaining("cannot be written") });
  expect(result.advice).toBeDefined();
});

/** A file system of 64 KiB in the probe's place; needs a user who may mount. */
function mountSmall(...options: string[]): Disposable {
  const at = join(data, "selftest");
  mkdirSync(at, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", ["size=64k", ...options].join(), "tmpfs", at], {
    stdio: "ignore",
  });
  return { [Symbol.dispose]: () => execFileSync("umount", [at]) };
}

const mayMount = ((): boolean => {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!mayMount)("on a file system of its own (skipped: this user may not mount one)", () => {
  test.each([storageSpeed, storageFsync])("a full disk fails $id, and nothing of it stays", async (check) => {
    using _small = mountSmall();
    expect(await ask(check, data)).toMatchObject({
      verdict: "fail",
      seen: expect.stringMatching(/cannot be written.*ENOSPC/u),
      advice: expect.stringMatching(/^the disk is full/u),
    });
    expect(await left()).toEqual([]);
  });

  test.each(nothingWritten)("one that is read-only fails $id", async (check) => {
    using _small = mountSmall("ro");
    expect(await ask(check, data)).toMatchObject({
      verdict: "fail",
      seen: expect.stringMatching(/cannot be written.*EROFS/u),
      advice: expect.stringMatching(/turns read-only by itself/u),
    });
  });
});

test("a link to elsewhere is not followed", async () => {
  const elsewhere = join(data, "precious");
  await writeFile(elsewhere, "precious");
  await mkdir(join(data, "selftest"));
  await symlink(elsewhere, join(data, "selftest", "probe.bin"));
  expect(await ask(storageMount, data)).toMatchObject({ verdict: "pass" });
  expect((await stat(elsewhere)).size).toBe(8);
});

/** A wall clock that is moved by so much when the test has begun. */
async function drifting(movedMs: number, forMs = 10_000) {
  const clock = new SimClock();
  let addMs = 0;
  const moved: Clock = {
    monoMs: () => clock.monoMs(),
    wallMs: () => clock.wallMs() + addMs,
    after: (ms, handler) => clock.after(ms, handler),
    every: (ms, handler) => clock.every(ms, handler),
  };
  const began = { monoMs: clock.monoMs(), wallMs: clock.wallMs() };
  addMs = movedMs;
  const asked = ask(clockDrift, data, { clock: moved, began });
  await clock.advance(forMs);
  return asked;
}

test.each([
  ["even", 0, "pass", /^even within 250 millionths over 4 s$/u],
  ["within its grain", 1, "pass", /^even within/u],
  ["drifting", 20, "warn", /^it drifts by at least 4750 millionths$/u],
  ["set ahead", 600_000, "warn", /^the clock was set by 600000 ms while/u],
  ["set back", -3_000, "warn", /^the clock was set by -3000 ms while/u],
])("clock-drift: %s", async (_what, movedMs, verdict, seen) => {
  expect(await drifting(movedMs)).toMatchObject({ verdict, seen: expect.stringMatching(seen) });
});
