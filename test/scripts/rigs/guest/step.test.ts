import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "../../../../scripts/rigs/guest/lock.ts";
import { startSteps } from "../../../../scripts/rigs/guest/step.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-step-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a step that fails says its name, its code and the end of what it printed; the log has it all", async () => {
  const log = join(folder, "log");
  const step = startSteps(log, 60_000);
  const failing = step.run("bake", ["sh", "-c", "echo flour; echo burnt >&2; exit 3"], folder);
  await expect(failing).rejects.toMatchObject({
    kind: "unavailable",
    message: "cannot bake: sh ended with 3\nflour\nburnt",
    hint: `all of it: ${log}`,
  });
  expect(await readFile(log, "utf8")).toContain("flour");
});

test("a program that is not there is a failed step, and a question without an answer", async () => {
  const step = startSteps(join(folder, "log"), 60_000);
  await expect(step.run("bake", ["sill-no-such-program"], folder)).rejects.toThrow("cannot bake");
  expect(await step.ask("sill-no-such-program", [])).toBe("");
  expect(await step.missing({ sh: "dash", "sill-no-such-program": "a", "/no/such/file": "b" })).toEqual([
    "a",
    "b",
  ]);
});

test("over the time limit the step and what it started are ended", async () => {
  const step = startSteps(join(folder, "log"), 100);
  const sleeping = step.run("wait", ["sh", "-c", "sleep 600 & echo $! > pid; wait"], folder);
  await expect(sleeping).rejects.toMatchObject({ kind: "timeout" });
  expect(step.leftMs()).toBeLessThanOrEqual(0);
});

test("one at a time; the lock of a process that died is taken over", async () => {
  const path = join(folder, "lock");
  await writeFile(path, "4194999\n"); // above the highest process id there is
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${name} out`);
  };
  await Promise.all([withLock(path, () => 60_000, work("a")), withLock(path, () => 60_000, work("b"))]);
  expect(order.map((word) => word.slice(2))).toEqual(["in", "out", "in", "out"]);
});

test("waiting for a lock has an end", async () => {
  const path = join(folder, "held");
  await writeFile(path, `${process.pid}\n`);
  await expect(
    withLock(
      path,
      () => 0,
      async () => {},
    ),
  ).rejects.toMatchObject({ kind: "timeout" });
});
