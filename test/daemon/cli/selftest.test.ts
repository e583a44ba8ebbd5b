import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lockFolder } from "../../../daemon/lock.ts";
import { allChecks } from "../../../daemon/selftest/checks/all.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { selftestReportSchema } from "../../../daemon/wire/selftest.ts";
import { pairFolder } from "../../../scripts/rigs/paired.ts";
import { openDoor, type TestDoor } from "../keeper/door.ts";
import { until } from "../keeper/page.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { sill } from "./command-line.ts";

const calm = "--only=keys,policy,settings-sound";

test("without a running doorbell it opens the data folder itself, and keeps the report", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  const { code, out, err } = await sill(["selftest", "--unattended", calm, "--json", "--data", folder.path]);
  expect(err).toBe("");
  const report = selftestReportSchema.parse(JSON.parse(out));
  expect(report).toMatchObject({ how: "this test alone", verdict: "warn", attended: false });
  expect(code).toBe(0);
  expect(await readdir(dataPaths(folder.path).selftest)).toEqual([report.id]);
});

test.skipIf(process.getuid?.() !== 0)("what root leaves belongs to whose doorbell it is", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  for (const name of [".", ...(await readdir(folder.path, { recursive: true }))])
    await chown(join(folder.path, name), 4_242, 4_242);
  const { err } = await sill(["selftest", "--unattended", calm, "--data", folder.path]);
  expect(err).toBe("");
  const left = await readdir(folder.path, { recursive: true });
  expect(left.filter((name) => name.startsWith("selftest/"))).toHaveLength(2);
  for (const name of left) expect([name, (await stat(join(folder.path, name))).uid]).toEqual([name, 4_242]);
});

test("beside a running doorbell it asks that one", async () => {
  await using door = await openDoor();
  const { code, out } = await sill(["selftest", "--unattended", calm, "--data", door.paths.root]);
  expect(out).toMatch(/beside a running\s+house/u);
  // no line is drawn in this house
  expect(out).toMatch(/FAIL {2}A signed property line is there/u);
  expect(code).toBe(1);
});

const entry = fileURLToPath(new URL("../../../daemon/cli/main.ts", import.meta.url));

/** Asks for a press, which comes, then for somebody to walk past; Ctrl-C meanwhile. */
async function interrupted(door: TestDoor) {
  const line = ["selftest", "--only", "button,pir", "--data", door.paths.root];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", entry, ...line], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()));
  const ended = once(child, "close");
  await until(() => err.includes("press the button"), 30_000);
  await door.button.press();
  await until(() => err.includes("walk past"), 30_000);
  child.kill("SIGINT");
  await ended;
  return { code: child.exitCode, out };
}

test("interrupted beside a doorbell, what was measured is printed and kept, and marked", async () => {
  await using door = await openDoor();
  const { code, out } = await interrupted(door);
  expect(code).toBe(130);
  expect(out).toMatch(/ok {4}The button rings, once for each press/u);
  expect(out).not.toContain("The motion sensor answers");
  expect(out).toMatch(/1 check: 1 passed\n.*The test was ended before its end\./u);
  const [id = ""] = await readdir(door.paths.selftest);
  const kept: unknown = JSON.parse(await readFile(join(door.paths.selftest, id, "report.json"), "utf8"));
  expect(selftestReportSchema.parse(kept)).toMatchObject({ cut: "cancelled", checks: [{ id: "button" }] });
});

test("a doorbell that has just begun is waited for", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  await sill(["selftest", "--unattended", calm, "--data", folder.path]);
  using _lock = lockFolder(dataPaths(folder.path).lock, folder.path);
  const asked = sill(["selftest", "--unattended", calm, "--data", folder.path]);
  await using _door = await openDoor({ data: folder.path });
  expect(await asked).toMatchObject({ code: 0, out: expect.stringMatching(/beside a running\s+house/u) });
});

test("a folder that is locked by a doorbell which does not answer is told", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  await sill(["selftest", "--unattended", calm, "--data", folder.path]);
  using _lock = lockFolder(dataPaths(folder.path).lock, folder.path);
  const { code, err } = await sill(["selftest", "--unattended", calm, "--data", folder.path]);
  expect(code).toBe(5);
  expect(err).toMatch(/another sill is running on the data folder/u);
});

test("it writes JUnit and a page, over nothing that is there", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  const [xml, html] = [join(folder.path, "a.xml"), join(folder.path, "a.html")];
  const line = ["selftest", "--unattended", calm, "--data", folder.path, "--junit", xml];
  expect((await sill([...line, "--html", html])).code).toBe(0);
  expect(await readFile(xml, "utf8")).toMatch(/^<\?xml .*<testsuites/su);
  expect(await readFile(html, "utf8")).toMatch(/^<!doctype html>/u);
  expect(await sill([...line])).toMatchObject({
    code: 4,
    err: expect.stringContaining("is not overwritten"),
  });
  const same = join(folder.path, "b");
  const both = await sill([
    "selftest",
    "--unattended",
    calm,
    "--data",
    folder.path,
    "--junit",
    same,
    "--html",
    same,
  ]);
  expect([both.code, existsSync(same)]).toEqual([2, false]);
});

test("it lists what it would ask, at least twenty things, each id once", async () => {
  const { out } = await sill("selftest --list --json");
  const heads = JSON.parse(out) as { id: string; title: string }[];
  expect(heads.map(({ id }) => id)).toEqual(allChecks.map(({ id }) => id));
  expect(new Set(heads.map(({ id }) => id)).size).toBe(heads.length);
  expect(heads.length).toBeGreaterThanOrEqual(20);
  expect((await sill("selftest --list")).out.split("\n")).toHaveLength(heads.length + 1);
});

test("an unknown check is told with how to find the known ones", async () => {
  expect(await sill("selftest --only focus")).toMatchObject({
    code: 2,
    err: 'sill: there is no check "focus"\nhint: sill selftest --list shows them all',
  });
});

test("all checks together may take no longer than anybody has patience for, one by one", () => {
  for (const { id, mostMs, title } of allChecks) {
    expect([id, mostMs <= 45_000, mostMs > 0]).toEqual([id, true, true]);
    expect(title).toMatch(/^[A-Z].*[^.]$/u);
  }
});
