import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const launcher = join(import.meta.dirname, "../../../sill");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill launcher-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(
  path: string,
  { args = ["version"], PATH = "/usr/bin:/bin" }: { args?: string[]; PATH?: string } = {},
) {
  return spawnSync(path, args, { cwd: folder, encoding: "utf8", env: { PATH } });
}

/** The launcher in a folder without node_modules, and a `node` in PATH that calls itself `version`. */
function bare(version: string): { path: string; PATH: string } {
  for (const name of ["bin", "daemon/cli"]) mkdirSync(join(folder, name), { recursive: true });
  copyFileSync(launcher, join(folder, "sill"));
  writeFileSync(
    join(folder, "bin/node"),
    `#!/bin/sh\n[ "$1" = --version ] && echo ${version} || echo ran "$@"\n`,
  );
  chmodSync(join(folder, "bin/node"), 0o755);
  return { path: join(folder, "sill"), PATH: `${join(folder, "bin")}:/usr/bin:/bin` };
}

test("it runs from any folder, through symlinks absolute and relative, with a system Node that is too old", () => {
  symlinkSync(launcher, join(folder, "absolute"));
  symlinkSync(relative(folder, launcher), join(folder, "relative"));
  symlinkSync("relative", join(folder, "twice"));
  for (const path of [launcher, ...["absolute", "relative", "twice"].map((name) => join(folder, name))]) {
    expect(start(path)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^sill .*node 24\./u) });
  }
});

test("code and arguments pass through", () => {
  expect(start(launcher, { args: ["no such command"] })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"no such command"'),
  });
});

test("without the bundled Node a system Node of 24 or newer is used", () => {
  const { path, PATH } = bare("v25.1.0");
  expect(start(path, { args: ["a b"], PATH }).stdout).toMatch(/^ran .*\/daemon\/cli\/main\.ts a b\n$/u);
});

test("the bundle is started while no source is newer, else the sources", () => {
  const { path, PATH } = bare("v25.1.0");
  const [source, bundle] = [join(folder, "daemon/cli/main.ts"), join(folder, ".cache/sill/main.js")];
  mkdirSync(join(folder, ".cache/sill"), { recursive: true });
  for (const file of [source, bundle]) writeFileSync(file, "");
  utimesSync(bundle, new Date(), new Date(Date.now() + 60_000));
  expect(start(path, { PATH }).stdout).toBe(`ran ${bundle} version\n`);

  utimesSync(source, new Date(), new Date(Date.now() + 120_000));
  expect(start(path, { PATH }).stdout).toBe(`ran ${source} version\n`);
});

test.each(["v20.20.2", "garbage"])("a system Node %s is refused with the way out", (version) => {
  const { path, PATH } = bare(version);
  const { status, stderr } = start(path, { PATH });
  expect(status).toBe(5);
  expect(stderr).toContain(`sill: needs Node 24 or newer, found ${version}`);
  expect(stderr).toContain("hint: npm start");
});

test("a reader that leaves early is no failure", () => {
  const { status, stderr } = spawnSync("sh", ["-c", `"${launcher}" config reference | head -1`], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each(["config reference >/dev/full", "config reference --json >/dev/full"])(
  "output that cannot be written is told in words: %s",
  (line) => {
    const { status, stderr } = spawnSync("sh", ["-c", `"${launcher}" ${line}`], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({
      status: 7,
      stderr: expect.stringMatching(/^sill: cannot write the output: ENOSPC[^\n]*\n$/u),
    });
  },
);

test("an error that nobody can read keeps its exit code", () => {
  const { status } = spawnSync("sh", ["-c", `"${launcher}" frobnicate 2>/dev/full`], { encoding: "utf8" });
  expect(status).toBe(2);
});

test("what set-up built is the page and the bundle that sill starts", (context) => {
  const root = join(launcher, "..");
  if (!existsSync(join(root, "web/dist/.stamp"))) context.skip("set-up has not run here");
  expect(existsSync(join(root, ".cache/sill/main.js"))).toBe(true);
  expect(existsSync(join(root, ".cache/sill/worker.js"))).toBe(true);
});
