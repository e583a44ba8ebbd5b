import { expect, test } from "vitest";
import { commands } from "../../../daemon/cli/commands.ts";
import { exitCodes } from "../../../daemon/cli/exit-codes.ts";
import { faultKinds } from "../../../hal/fault.ts";
import { sill as launched } from "../../../scripts/rigs/sill.ts";
import { sill } from "./command-line.ts";

const visible = Object.keys(commands).filter((name) => commands[name]?.hidden !== true);

test.each(["", "--help", "-h", "help"])(
  "sill %s shows the overview with every command and exit code",
  async (line) => {
    const { code, out, err } = await sill(line);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const name of visible) expect(out).toContain(`\n  ${name} `);
    for (const { code, meaning } of Object.values(exitCodes))
      expect(out).toMatch(new RegExp(`\\n +${code} .*${meaning.slice(0, 9)}`, "u"));
  },
);

test.each(visible)("sill %s --help explains its options and runs nothing", async (name) => {
  const command = await commands[name]?.load();
  const { code, out } = await sill(`${name} --help`);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^Usage: sill ${name}`, "u"));
  for (const option of Object.keys(command?.options ?? {})) expect(out).toContain(`--${option}`);
  expect(await sill(`help ${name}`)).toMatchObject({ code: 0, out });
});

test("hidden process entries are not in the overview but have a page", async () => {
  expect((await sill("--help")).out).not.toContain("keeper");
  expect((await sill("keeper --help")).code).toBe(0);
});

test.each([
  ["foo", 'unknown command "foo"', "sill --help"],
  ["evnts", 'unknown command "evnts"; did you mean sill events?', "sill --help"],
  ["config chekc", 'unknown command "config chekc"; did you mean sill config check?', "sill config --help"],
  ["toString", 'unknown command "toString"', "sill --help"],
  ["version --jsn", "unknown option --jsn; did you mean --json?", "sill version --help"],
  ["version extra", 'unexpected "extra"; usage: sill version', "sill version --help"],
  ["replay", "something is missing; usage: sill replay FILE...", "sill replay --help"],
  ["clips list --limit", "option '--limit <value>' argument missing", "sill clips list --help"],
  ["clips list --limit 0", '--limit "0" is not allowed; allowed: a whole number from 1 to 100000', null],
  ["events list --kind cat", '--kind "cat" is not allowed; allowed: ring or motion', null],
  [
    "clips export x",
    "clips export needs --identity FILE",
    "sill clips export x --identity key.txt --out clip.mp4",
  ],
  [
    "run --web.port=x",
    'wrong setting: --web.port: "x" is not allowed; allowed: a whole number from 0 to 65535',
    "sill config reference   (lists every setting and its range)",
  ],
])("sill %s is told what is wrong", async (line, message, hint) => {
  const { code, out, err } = await sill(line);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toBe(hint === null ? `sill: ${message}` : `sill: ${message}\nhint: ${hint}`);
});

test("a group without its command lists its commands", async () => {
  expect(await sill("clips")).toMatchObject({ code: 0, out: expect.stringContaining("sill clips export") });
});

test("every kind of fault has an exit code of its own, and none is 0", () => {
  const codes = faultKinds.map((kind) => exitCodes[kind].code);
  expect(new Set(codes).size).toBe(faultKinds.length);
  expect(codes).not.toContain(0);
});

test.each(["version", "--version", "-v"])("sill %s prints one line", async (line) => {
  expect((await sill(line)).out).toMatch(/^sill \d+\.\d+\.\d+ \(node v?24\..*\)$/u);
});

test("a process entry refuses an epoch that is no time", async () => {
  const env = { SILL_SIM_EPOCH_MS: "noon" };
  expect(await sill("keeper", { env })).toMatchObject({
    code: 2,
    err: expect.stringContaining('SILL_SIM_EPOCH_MS is "noon"'),
  });
});

test.skipIf(process.getuid?.() !== 0).each(["eye", "keeper", "courier", "rtsp"])(
  "a unit that runs sill %s as root is refused before it opens anything",
  async (name) => {
    const { code, stderr } = await launched([name, "--data=/nonexistent"], { NOTIFY_SOCKET: "@nobody" });
    expect(code).toBe(exitCodes.denied.code);
    expect(stderr).toBe(
      `sill: the unit of sill ${name} runs as root; it must not\n` +
        `hint: its user is sill-${name}: reinstall the package, or take out what overrides User= (systemctl cat sill-${name})\n`,
    );
  },
);
