import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FreshMachine } from "./fresh-machine.ts";

const quiet = { code: 0, stdout: "", stderr: "" };

test("on a fresh machine everything is installed, and a second start does nothing and says nothing", () => {
  using machine = new FreshMachine();
  expect(machine.run("setup.sh").code).toBe(0);
  const log = machine.takeLog();
  expect(log.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "apt-get -qq",
    "apt-get -qq",
    "npm ci",
    "npm run",
  ]);
  expect(log[1]).toContain("--no-install-recommends install libgstreamer1.0-0 gstreamer1.0-tools");
  expect(log[1]).not.toContain("chromium");

  expect(machine.run("setup.sh")).toEqual(quiet);
  expect(machine.takeLog()).toEqual([]);
});

test("development packages come with it where npm is told to leave them out: the page is built with them", () => {
  using machine = new FreshMachine();
  expect(machine.run("setup.sh", { env: { NODE_ENV: "production" } }).code).toBe(0);
  expect(machine.takeLog()).toContainEqual(
    expect.stringMatching(/^npm ci .*--include=dev --include=optional/u),
  );
});

test("it waits for another apt-get instead of giving up", () => {
  using machine = new FreshMachine();
  machine.run("setup.sh");
  for (const line of machine.takeLog().filter((line) => line.startsWith("apt-get")))
    expect(line).toMatch(/DPkg::Lock::Timeout=\d+/u);
});

test("who may not write in the folder starts what others have set up", () => {
  using machine = new FreshMachine();
  machine.run("setup.sh");
  rmSync(join(machine.folder, ".cache/setup.lock"));
  mkdirSync(join(machine.folder, ".cache/setup.lock")); // refuses to be written, even by root
  expect(machine.run("setup.sh")).toEqual(quiet);
});

test("tests need more packages, and only the missing ones are asked for", () => {
  using machine = new FreshMachine();
  machine.run("setup.sh");
  machine.takeLog();
  expect(machine.run("setup.sh", { args: ["--test"] }).code).toBe(0);
  expect(machine.takeLog().at(-1)).toMatch(
    /install chromium ffmpeg fonts-dejavu-core age strace zbar-tools postgresql systemd-container /u,
  );
  expect(machine.run("setup.sh", { args: ["--test"] })).toEqual(quiet);
});

test.each([
  ["package-lock.json", '{"changed": true}', ["npm ci", "npm run"]],
  ["web/index.html", "<p>2</p>", ["npm run"]],
  ["portal/web/index.html", "<p>2</p>", ["npm run"]],
  ["hal/fault.ts", "// changed", ["npm run"]],
  ["README.md", "changed", []],
])("a change of %s repeats only what depends on it", (path, text, expected) => {
  using machine = new FreshMachine();
  machine.run("setup.sh");
  machine.takeLog();
  machine.write(path, text);
  expect(machine.run("setup.sh").code).toBe(0);
  expect(machine.takeLog().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(expected);
});

test("a package that cannot be installed is named with the command that would, and nothing else is done", () => {
  using machine = new FreshMachine();
  const { code, stderr } = machine.run("setup.sh", { env: { APT_FAILS: "1" } });
  expect(code).toBe(5);
  expect(stderr).toMatch(/setup: could not install: libgstreamer1\.0-0 .*gstreamer1\.0-libav/u);
  expect(stderr).toMatch(/hint: .*apt-get install libgstreamer1\.0-0/u);
  expect(machine.takeLog().some((line) => line.startsWith("npm"))).toBe(false);
});

test("who is not root installs with sudo", () => {
  using machine = new FreshMachine();
  machine.install("sudo", 'echo "sudo $*" >>"$MACHINE/log"; exec "$@"');
  expect(machine.run("setup.sh", { env: { USER_ID: "1000" } }).code).toBe(0);
  expect(machine.takeLog()[0]).toMatch(/^sudo env DEBIAN_FRONTEND=noninteractive apt-get/u);
});

test("without root and sudo the command is named", () => {
  using machine = new FreshMachine();
  const { code, stderr } = machine.run("setup.sh", { env: { USER_ID: "1000" } });
  expect(code).toBe(5);
  expect(stderr).toContain("hint: as root: apt-get install libgstreamer1.0-0");
  expect(machine.takeLog()).toEqual([]);
});

test("a failed npm ci is tried again next time", () => {
  using machine = new FreshMachine();
  machine.install("npm", 'echo "npm $*" >>"$MACHINE/log"; exit 1');
  expect(machine.run("setup.sh")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("npm ci failed"),
  });
  machine.takeLog();
  expect(machine.run("setup.sh").code).toBe(5);
  expect(machine.takeLog()).toEqual([
    "npm ci --include=dev --include=optional --loglevel=error --no-audit --no-fund",
  ]);
});

test.each([
  ["Node 18", { NODE_MAJOR: "18" }, "needs Node 20 or newer, found v18.0.0"],
  ["no npm", {}, "needs npm"],
])("%s is refused", (what, env, message) => {
  using machine = new FreshMachine();
  if (what === "no npm") machine.uninstall("npm");
  expect(machine.run("setup.sh", { env })).toMatchObject({
    code: 5,
    stderr: expect.stringContaining(message),
  });
});

test("elsewhere than on Debian it goes on when GStreamer is there, and says what is needed when not", () => {
  using machine = new FreshMachine();
  machine.uninstall("dpkg-query");
  expect(machine.run("setup.sh")).toMatchObject({
    code: 5,
    stderr: expect.stringContaining("this is not Debian"),
  });
  machine.write("libgstapp-1.0.so.0", "");
  machine.install("ldconfig", 'echo "  libgstapp-1.0.so.0 (libc6) => $MACHINE/libgstapp-1.0.so.0"');
  expect(machine.run("setup.sh").code).toBe(0);
});

test("a portal needs no Debian package", () => {
  using machine = new FreshMachine();
  expect(machine.run("setup.sh", { args: ["--portal"] }).code).toBe(0);
  expect(machine.takeLog().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "npm ci",
    "npm run",
  ]);
});
