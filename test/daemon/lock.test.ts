import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockFolder } from "../../daemon/lock.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-lock-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a second holder is refused and told what to do; after release the next one gets it", () => {
  const path = join(folder, "a.db");
  {
    using _held = lockFolder(path, "data");
    expect(() => lockFolder(path, "data")).toThrow(
      expect.objectContaining({ kind: "unavailable", hint: expect.stringContaining("--data") }),
    );
  }
  lockFolder(path, "data")[Symbol.dispose]();
});

test("a lock file that a power cut left as something else is made anew", async () => {
  const path = join(folder, "broken.db");
  await writeFile(path, "no database, but long enough to be taken for one: ".repeat(20));
  using _held = lockFolder(path, "data");
  expect(() => lockFolder(path, "data")).toThrow("another sill");
});

test("a holder that was killed leaves no stale lock", async () => {
  const path = join(folder, "b.db");
  const lock = join(import.meta.dirname, "..", "..", "daemon", "lock.ts");
  const script = `import { lockFolder } from ${JSON.stringify(lock)}; globalThis.held = lockFolder(${JSON.stringify(path)}, "data"); console.log("held"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  expect(() => lockFolder(path, "data")).toThrow("another sill");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  lockFolder(path, "data")[Symbol.dispose]();
});

test("a folder that cannot be written is not taken for another sill", () => {
  expect(() => lockFolder(join(folder, "none", "c.db"), "data")).toThrow(
    expect.objectContaining({ kind: "denied", message: expect.stringContaining("cannot be locked") }),
  );
});
