import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takenBy } from "../../../models/runner/memory.ts";
import { until } from "../../daemon/keeper/page.ts";

test("a model that hangs ends with the eye, however that ends", { timeout: 120_000 }, async () => {
  const parent = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "parent.ts")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [said] = await once(parent.stdout, "data");
  const pid = Number(String(said));
  expect(takenBy(pid)).not.toBeNull();
  parent.kill("SIGKILL");
  await until(() => takenBy(pid) === null, 100_000);
});
