import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const lifetime = join(import.meta.dirname, "..", "..", "..", "daemon", "wire", "lifetime.ts");

/** A process that says "up", asks to be told after `lateMs`, and then lives on until it is asked to end. */
async function startProcess(lateMs: number): Promise<ChildProcess> {
  const script = `
    import { onStop } from ${JSON.stringify(lifetime)};
    const living = setInterval(() => {}, 1000);
    setTimeout(() => {
      onStop(() => clearInterval(living));
      process.send("asked", () => {}); // nobody may be there any more
    }, ${lateMs});
    process.send("up");`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

test.each([
  ["at once", 0],
  ["before it has asked to be told", 400],
])("a process whose supervisor dies %s ends by itself", async (_name, lateMs) => {
  const child = await startProcess(lateMs);
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("SIGTERM and SIGINT ask for the end", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const child = await startProcess(0);
    expect(await once(child, "message")).toEqual(["asked", undefined]);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  }
});
