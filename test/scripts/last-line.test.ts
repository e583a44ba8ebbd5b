import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tallyFileVariable } from "../../scripts/test/reporter.ts";
import { FreshMachine } from "./fresh-machine.ts";

const root = join(import.meta.dirname, "../..");
const lastLine = (text: string): string | undefined => text.trimEnd().split("\n").at(-1);

test("the last line is there when set-up fails", () => {
  using machine = new FreshMachine();
  const { code, stdout } = machine.run("test.sh", { env: { APT_FAILS: "1" } });
  expect(lastLine(stdout)).toBe("0 passed, 1 failed");
  expect(code).toBe(1);
});

test("the last line is there when the test runner dies", () => {
  using machine = new FreshMachine();
  machine.install("node", 'case "$1" in --version) echo v20.0.0 ;; *) echo half a line; kill -9 $$ ;; esac');
  const { code, stdout } = machine.run("test.sh");
  expect(lastLine(stdout)).toBe("0 passed, 1 failed");
  expect(code).toBe(1);
});

test("code and line of the runner pass through", () => {
  using machine = new FreshMachine();
  machine.install(
    "node",
    'case "$1" in --version) echo v20.0.0 ;; *) echo "4 passed, 2 failed"; exit 1 ;; esac',
  );
  expect(machine.run("test.sh")).toMatchObject({ code: 1, stdout: "4 passed, 2 failed\n" });
});

test("failures, broken files, skips with their reason and to-dos are all counted", () => {
  const folder = mkdtempSync(join(tmpdir(), "sill-reporter-"));
  try {
    mkdirSync(join(folder, "test"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "test/some.test.mjs"),
      `import { expect, test } from "vitest";
test("passes", () => {});
test("fails", () => expect(1).toBe(2));
test("has no footage", (context) => context.skip("no footage here"));
test.todo("later");`,
    );
    writeFileSync(join(folder, "test/broken.test.mjs"), 'import "./nowhere.mjs";');
    const tallyFile = join(folder, "tally.json");
    const args = ["run", "--root", folder, `--reporter=${join(root, "scripts/test/reporter.ts")}`];
    const { status } = spawnSync(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], [tallyFileVariable]: tallyFile },
    });
    expect(status).toBe(1);
    expect(JSON.parse(readFileSync(tallyFile, "utf8"))).toEqual({
      passed: 1,
      failed: 2,
      skipped: ["test/some.test.mjs > has no footage: no footage here", "test/some.test.mjs > later: to do"],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
