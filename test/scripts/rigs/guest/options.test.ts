import { expect, test } from "vitest";
import { parseCommandLine } from "../../../../scripts/rigs/guest/options.ts";

const caller = { cwd: "/srv/sill", env: { PATH: "/bin", CI: "1", SECRET: "x", COLOUR: "red", SILL_X: "y" } };
const parse = (...args: string[]) => parseCommandLine(args, caller);

test("what follows -- is the command, untouched", () => {
  expect(parse("--", "sh", "-c", "exit 3", "--", "--memory").guest.command).toEqual([
    "sh",
    "-c",
    "exit 3",
    "--",
    "--memory",
  ]);
});

test("paths are meant from where the caller is", () => {
  const { guest } = parse(
    "--share",
    "out",
    "--share=/data",
    "--disk",
    "a.img",
    "--pid-file",
    "pid",
    "--",
    "id",
  );
  expect([guest.shares, guest.disks, guest.pidFile]).toEqual([
    ["/srv/sill/out", "/data"],
    ["/srv/sill/a.img"],
    "/srv/sill/pid",
  ]);
});

test("only a few variables go along unasked; --env adds one, with a value or with the caller's", () => {
  expect(parse("--env", "COLOUR", "--env", "A=b=c", "--env", "NOT_THERE", "--", "id").guest.env).toEqual({
    PATH: "/bin",
    CI: "1",
    SILL_X: "y",
    COLOUR: "red",
    A: "b=c",
  });
});

test.each([
  [["id"], "Unexpected argument"],
  [[], "no command"],
  [["--"], "no command"],
  [["--memory", "64", "--", "id"], "--memory 64: a whole number from 128 to 65536"],
  [["--limit", "1e3", "--", "id"], "--limit 1e3: a whole number"],
  [["--cameras", "-1", "--", "id"], "--cameras"],
  [["--core", "one", "--", "id"], "--core one: a whole number"],
  [["--env", "1A=b", "--", "id"], "--env 1A=b: not NAME or NAME=VALUE"],
  [["--colour", "--", "id"], "Unknown option '--colour'"],
])("refuses %j: %s", (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});

test("it runs on every core of the machine, or on the one that is named", () => {
  expect(parse("--", "id").guest.core).toBeNull();
  expect(parse("--core", "1", "--", "id").guest.core).toBe(1);
});

test("--prepare and --help need no command", () => {
  expect(parse("--prepare").prepareOnly).toBe(true);
  expect(parse("--help").help).toBe(true);
});
