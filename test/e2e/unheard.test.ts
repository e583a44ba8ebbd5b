import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { freePort } from "../../scripts/rigs/daemon.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const sill = join(import.meta.dirname, "../../sill");

test("a doorbell whose log lies on a full disk answers, and ends when asked to", async () => {
  await using data = await tempFolder();
  const port = await freePort();
  const flags = [`--web.port=${port}`, `--data=${data.path}`, "--camera.width=320", "--camera.height=180"];
  const full = openSync("/dev/full", "w");
  const door = spawn(sill, ["run", ...flags], { stdio: ["ignore", full, full] });
  closeSync(full);
  try {
    await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200), {
      timeout: 60_000,
      interval: 200,
    });
    door.kill("SIGTERM");
    expect((await once(door, "exit"))[0]).toBe(0);
  } finally {
    door.kill("SIGKILL");
  }
});
