/** The example clients, as they stand in docs/examples, listen to a real doorbell: each ring is one line. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson } from "../../scripts/rigs/person.ts";

const folder = join(import.meta.dirname, "../../docs/examples");
const wait = { timeout: 90_000, interval: 100 };
const testMs = 200_000;
const flags = [
  "--camera.width=320",
  "--camera.height=180",
  "--motion.sensitivity=0",
  "--button.cooldownMs=0",
];
let daemon: Daemon;
let key = "";

beforeAll(async () => {
  daemon = await startDaemon({ flags });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ name: "Example" });
  const answer = await daemon.fetch("/api/programs", { method: "POST", headers, body });
  ({ key } = (await answer.json()) as { key: string });
}, 60_000);
afterAll(() => daemon?.stop(), 20_000);

/** How many are listed: one that was pressed a moment ago may not be yet. */
async function events(): Promise<number> {
  return (await getJson<{ events: unknown[] }>(daemon, "/api/events?limit=200")).events.length;
}

interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly lines: () => string[];
  readonly errors: () => string;
}

function run(command: string, file: string, env: Record<string, string>): Running {
  const child = spawn(command, [join(folder, file)], { env: { PATH: process.env["PATH"] ?? "", ...env } });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = (): string[] => out.split("\n").slice(0, -1);
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { child, lines, errors: () => errors, [Symbol.asyncDispose]: stop };
}

const examples = [
  [process.execPath, "ring.ts"],
  ["python3", "ring.py"],
] as const;

test.each(examples)("%s %s has at most 60 lines of code and imports no package", async (_command, file) => {
  const text = await readFile(join(folder, file), "utf8");
  expect(text.split("\n").filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(60);
  expect(text).not.toMatch(/^import .* from "(?!node:)/mu);
});

test.each(examples)(
  "%s %s tells rings that come after it began, once each",
  async (command, file) => {
    const before = await events();
    await daemon.fetch("/api/sim/press", { method: "POST" }); // before: not told
    await vi.waitFor(async () => expect(await events()).toBeGreaterThan(before), wait);
    await using example = run(command, file, { SILL_URL: daemon.url, SILL_KEY: key });
    await vi.waitFor(() => expect(example.errors()).toContain("listening at"), wait);
    for (const count of [1, 2]) {
      await daemon.fetch("/api/sim/press", { method: "POST" });
      await vi.waitFor(() => expect(example.lines()).toHaveLength(count), wait);
    }
    for (const line of example.lines()) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z ring$/u);
  },
  testMs,
);

test.each(examples)(
  "%s %s comes back to a doorbell that was away",
  async (command, file) => {
    await using example = run(command, file, { SILL_URL: daemon.url, SILL_KEY: key });
    await vi.waitFor(() => expect(example.errors()).toContain("listening at"), wait);
    const was = await daemon.pid("keeper");
    process.kill(was, "SIGKILL");
    await vi.waitFor(async () => expect(await daemon.pid("keeper")).not.toBe(was), wait);
    // a keeper that is just coming may take a press for its button before its button is open
    await vi.waitFor(
      async () => {
        await daemon.fetch("/api/sim/press", { method: "POST" });
        expect([example.lines().length > 0, example.errors()]).toEqual([true, expect.anything()]);
      },
      { ...wait, interval: 1_000 },
    );
  },
  testMs,
);

test.each(examples)(
  "%s %s says that a key is wrong",
  async (command, file) => {
    await using example = run(command, file, { SILL_URL: daemon.url, SILL_KEY: `${key}x` });
    await vi.waitFor(() => expect(example.errors()).toContain("is SILL_KEY right?"), wait);
    expect(example.lines()).toEqual([]);
  },
  testMs,
);
