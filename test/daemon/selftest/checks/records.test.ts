/** The checks of keys, policy, index and ledger, on what a real doorbell left, and on what was done to it. */
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keysThere, policyInForce } from "../../../../daemon/selftest/checks/keys.ts";
import { permissionsData } from "../../../../daemon/selftest/checks/permissions.ts";
import { indexSound, ledgerSound } from "../../../../daemon/selftest/checks/records.ts";
import { linuxMachine } from "../../../../daemon/selftest/linux-machine.ts";
import { dataPaths, type DataPaths } from "../../../../daemon/wire/paths.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { drawLine } from "../../keeper/draw-line.ts";
import { openDoor } from "../../keeper/door.ts";
import { tempFolder, type TempFolder } from "../../keeper/temp-folder.ts";
import { ask } from "../ask.ts";

let folder: TempFolder;
let empty: TempFolder;
let paths: DataPaths;

const machine = linuxMachine({
  entry: fileURLToPath(new URL("../../../../daemon/cli/main.ts", import.meta.url)),
  env: process.env,
});

beforeAll(async () => {
  folder = await tempFolder();
  empty = await tempFolder();
  paths = dataPaths(folder.path);
  const door = await openDoor({ data: folder.path });
  await drawLine(door, porchPolicy);
  await door.button.press();
  await door.keeper.settled();
  await door[Symbol.asyncDispose]();
  await chmod(folder.path, 0o700);
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await empty[Symbol.asyncDispose]();
});

/** While `use` runs the file says something else. */
async function changed<T>(
  path: string,
  change: (text: Buffer) => Uint8Array | string,
  use: () => Promise<T>,
) {
  const before = await readFile(path);
  await writeFile(path, change(before));
  try {
    return await use();
  } finally {
    await writeFile(path, before);
  }
}

/** The last letter of the file's text, or another one. */
function flipped(at: number) {
  return (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at < 0 ? copy.length + at : at] = (copy[at < 0 ? copy.length + at : at] ?? 0) ^ 1;
    return copy;
  };
}

test("a paired doorbell with a line passes all of them", async () => {
  for (const check of [keysThere, policyInForce, permissionsData, indexSound, ledgerSound])
    expect([check.id, await ask(check, folder.path, { machine })]).toMatchObject([
      check.id,
      { verdict: "pass" },
    ]);
});

test.each([
  [keysThere, "fail", "the doorbell has no key yet"],
  [policyInForce, "fail", "no property line was ever signed"],
  [indexSound, "skip", "there is no index yet: nothing was recorded"],
  [ledgerSound, "skip", "there is no ledger yet"],
] as const)("a folder that no doorbell has used: $id", async (check, verdict, seen) => {
  expect(await ask(check, empty.path, { machine })).toMatchObject({ verdict, seen });
});

test("a doorbell that belongs to nobody is told", async () => {
  await writeFile(join(empty.path, "device.key"), await readFile(paths.deviceKey), { mode: 0o600 });
  expect(await ask(keysThere, empty.path)).toMatchObject({
    verdict: "fail",
    seen: "it belongs to nobody, so nothing is recorded",
  });
  await rm(join(empty.path, "device.key"));
});

test("a line that nobody signed is told", async () => {
  const result = await changed(
    paths.policy,
    (text) => text.toString().replace(/"payload":\s*"../u, '"payload":"AA'),
    () => ask(policyInForce, folder.path),
  );
  expect(result).toMatchObject({ verdict: "fail", advice: expect.any(String) });
});

test("a household with a record missing is told", async () => {
  const record = join(paths.household, "000000.json");
  const result = await changed(
    record,
    () => "{",
    () => ask(keysThere, folder.path),
  );
  expect(result).toMatchObject({ verdict: "fail", seen: "household record 0 is not JSON" });
});

test.each([
  ["an entry that was changed", "ledger/entries/000000.jsonl", flipped(30)],
  ["a signature of another's", "ledger/checkpoint", flipped(-5)],
  ["entries that are gone", "ledger/entries/000000.jsonl", () => ""],
])("%s fails the ledger", async (_what, name, change) => {
  const result = await changed(join(folder.path, name), change, () => ask(ledgerSound, folder.path));
  expect(result).toMatchObject({ verdict: "fail", advice: expect.any(String) });
});

test("a damaged index is told, and how it is mended", async () => {
  const scribbled = (bytes: Buffer): Buffer => Buffer.from(bytes).fill(0x41, 4_096, 12_288);
  const result = await changed(paths.database, scribbled, () => ask(indexSound, folder.path, { machine }));
  expect(result).toMatchObject({ verdict: "fail", advice: expect.stringMatching(/restart the doorbell/u) });
});

test.each([
  ["the key", () => paths.deviceKey, 0o644, "fail"],
  ["the sessions", () => paths.sessions, 0o640, "fail"],
  ["the whole folder", () => folder.path, 0o755, "warn"],
])("%s open to others is told", async (_what, pathOf, mode, verdict) => {
  const path = pathOf();
  await chmod(path, mode);
  const result = await ask(permissionsData, folder.path);
  await chmod(path, path === folder.path ? 0o700 : 0o600);
  expect(result).toMatchObject({ verdict, advice: expect.stringMatching(/^chmod /u) });
});

test("the machine that this runs on answers, or says null", async () => {
  expect(await machine.read("/proc/uptime")).toMatch(/^\d/u);
  expect(await machine.read("/proc/nothing")).toBe(null);
  expect(await machine.list("/nothing")).toEqual([]);
  expect(await machine.run("uname", ["-s"])).toBe("Linux\n");
  expect(await machine.run("no-such-program", [])).toBe(null);
  expect(await machine.run("false", [])).toBe(null);
  expect(await machine.run("sill", ["version"])).toMatch(/\d+\.\d+\.\d+/u);
  expect((await machine.space("/"))?.totalBytes).toBeGreaterThan(0);
  expect(await machine.space("/nothing")).toBe(null);
});
