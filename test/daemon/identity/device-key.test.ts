import { verify } from "node:crypto";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { challengeBytes } from "../../../daemon/identity/challenge.ts";
import { openDeviceKey, readDeviceName } from "../../../daemon/identity/device-key.ts";
import { publicKeyOf } from "../../../daemon/identity/verify.ts";
import { run } from "../../../scripts/rigs/sill.ts";
import { tempFolder } from "../keeper/temp-folder.ts";

test("it is made once, readable by its user only, and stays the same", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/device.key`;
  expect(await readDeviceName(path)).toBe(null);
  const { device } = await openDeviceKey(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await openDeviceKey(path)).device).toBe(device);
  expect(await readDeviceName(path)).toBe(device);
});

test("the doorbell and its command line that make it at the same moment have one key", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/device.key`;
  const made = await Promise.all(Array.from({ length: 8 }, () => openDeviceKey(path)));
  expect(new Set(made.map(({ device }) => device))).toEqual(new Set([await readDeviceName(path)]));
  expect(await readdir(folder.path)).toEqual(["device.key", "device.pub"]);
});

test("what it signs of a challenge holds under the doorbell's name and for that nonce alone", async () => {
  await using folder = await tempFolder();
  const doorbell = await openDeviceKey(`${folder.path}/device.key`);
  const { device } = doorbell;
  const key = publicKeyOf(device);
  const signature = doorbell.sign(challengeBytes({ device, nonce: "one" }));
  expect(verify(null, challengeBytes({ device, nonce: "one" }), key, signature)).toBe(true);
  expect(verify(null, challengeBytes({ device, nonce: "two" }), key, signature)).toBe(false);
});

test("a file that is no key is a Fault that says what depends on it", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/device.key`;
  await writeFile(path, "no key");
  await expect(openDeviceKey(path)).rejects.toMatchObject({
    kind: "corrupt",
    hint: expect.stringContaining("backup"),
  });
});

test("its name lies beside it and comes back when it is lost, or is another doorbell's", async () => {
  await using folder = await tempFolder();
  const [path, name] = ["key", "pub"].map((end) => `${folder.path}/device.${end}`) as [string, string];
  const { device } = await openDeviceKey(path);
  for (const spoil of [() => rm(name), () => writeFile(name, `${"A".repeat(43)}\n`)]) {
    await spoil();
    await openDeviceKey(path);
    expect(await readFile(name, "utf8")).toBe(`${device}\n`);
  }
});

test.skipIf(process.getuid?.() !== 0)("another user who may not read the key reads the name", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/device.key`;
  const { device } = await openDeviceKey(path);
  await Promise.all([chmod(folder.path, 0o755), chmod(`${folder.path}/device.pub`, 0o644)]);
  const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, "--eval"];
  const source = pathToFileURL(join(import.meta.dirname, "../../../daemon/identity/device-key.ts")).href;
  const script = `import(${JSON.stringify(source)}).then((key) => key.readDeviceName(process.argv[1])).then(console.log)`;
  const { stdout } = await run(["setpriv", ...nobody, script, path]);
  expect(stdout.trim()).toBe(device);
});
