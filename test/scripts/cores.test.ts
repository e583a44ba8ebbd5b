import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coresTold, mayLeaveCore } from "../../scripts/test/cores.ts";

/** With a debugger that says what it was asked. */
async function folder() {
  const root = await mkdtemp(join(tmpdir(), "sill-cores-"));
  const gdb = join(root, "gdb");
  await writeFile(gdb, '#!/bin/sh\nfor last; do :; done\necho "asked of $last"\n');
  await chmod(gdb, 0o755);
  return { root, gdb, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

test("what is run may leave a core as large as this machine lets it", () => {
  const [file = "", ...args] = mayLeaveCore(["sh", "-c", 'ulimit -S -c; echo "$0 $1"', "a b", "c"]);
  const { stdout } = spawnSync(file, args, { encoding: "utf8" });
  const hard = spawnSync("sh", ["-c", "ulimit -H -c"], { encoding: "utf8" }).stdout;
  expect(stdout).toBe(`${hard}a b c\n`);
});

test("a command that is ended by a signal still ends by it", () => {
  const [file = "", ...args] = mayLeaveCore(["sh", "-c", "kill -TERM $$"]);
  expect(spawnSync(file, args).signal).toBe("SIGTERM");
});

test("the stacks of a core are told, and it is kept where git does not see it", async () => {
  await using at = await folder();
  await writeFile(join(at.root, "core"), "");
  await writeFile(join(at.root, "core.77"), "");
  const kept = join(at.root, ".cache", "core");
  const lines = await coresTold({ ...at, sinceMs: 0, program: "node" });
  expect(lines.join("\n")).toContain(`its core is ${kept}, its stacks:\nasked of ${kept}`);
  expect(lines.join("\n")).toContain(`asked of ${kept}.77`);
  expect((await readdir(at.root)).sort()).toEqual([".cache", "gdb"]);
  expect((await readdir(join(at.root, ".cache"))).sort()).toEqual(["core", "core.77"]);
});

test("a core from before, and what only has such a name, are left alone", async () => {
  await using at = await folder();
  await writeFile(join(at.root, "core"), "");
  await writeFile(join(at.root, "core.ts"), "");
  await utimes(join(at.root, "core"), 1, 1);
  expect(await coresTold({ ...at, sinceMs: 2_000, program: "node" })).toEqual([]);
  expect((await readdir(at.root)).sort()).toEqual(["core", "core.ts", "gdb"]);
});

test("without a debugger the core is told all the same", async () => {
  await using at = await folder();
  await writeFile(join(at.root, "core"), "");
  const lines = await coresTold({ ...at, gdb: join(at.root, "none"), sinceMs: 0, program: "node" });
  expect(lines.join("\n")).toMatch(/its core is .*\nno stacks: .*ENOENT/u);
});
