import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { toFault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { loadModel } from "../../../models/load.ts";
import { manifestText } from "../../../models/manifest-file.ts";
import { RunnerDetector } from "../../../models/runner/detector.ts";
import type { RunnerStatus } from "../../../models/runner/status.ts";
import { until } from "../../daemon/keeper/page.ts";
import { colours, frameOf, left, right } from "./frames.ts";
import { files, manifestFor } from "./models.ts";
import { signal } from "./signal.ts";

/** Time is the test's: nothing is late unless it says so. */
const limits = { memoryMb: 512, timeoutMs: 1_000, loadMs: 60_000 };
const limitBytes = 2 ** 20;
/** Nothing that happens at all takes so long, on however busy a machine. */
const longMs = 50_000;
const nobody = new AbortController().signal;
const open: RunnerDetector[] = [];
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-runner-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function put(name: string, bytes: Uint8Array, manifest = manifestFor(bytes)): Promise<void> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, manifest.file), bytes);
  await writeFile(join(path, "manifest.json"), manifestText({ ...manifest, name }));
}

interface Started {
  readonly detector: RunnerDetector;
  readonly clock: SimClock;
  readonly is: (state: RunnerStatus["state"]) => Promise<RunnerStatus>;
}

async function start(name: string, bytes?: Uint8Array, changed?: () => void): Promise<Started> {
  if (bytes !== undefined) await put(name, bytes);
  const clock = new SimClock();
  const load = () => loadModel(name, { own: folder, limitBytes });
  const detector = new RunnerDetector({ model: name, clock, limits, threads: 1, load, changed });
  open.push(detector);
  const is = async (state: RunnerStatus["state"]): Promise<RunnerStatus> => {
    await until(() => detector.status().state === state, longMs);
    return detector.status();
  };
  return { detector, clock, is };
}

const look = (detector: RunnerDetector) =>
  detector.detect(frameOf(colours.red, colours.green), [left, right], nobody);

test("each region has its label, its score and its box", async () => {
  const { detector, is } = await start("honest", files.honest());
  await is("ready");
  const found = await look(detector);
  expect(found).toMatchObject([
    { label: "person", score: expect.closeTo(1, 1), box: left },
    { label: "vehicle", score: expect.closeTo(1, 1), box: right },
  ]);
  expect(detector.status()).toMatchObject({
    model: "honest",
    state: "ready",
    fault: null,
    runs: 2,
    dropped: 0,
    failures: 0,
  });
  expect(detector.status().rssBytes).toBeGreaterThan(2 ** 20);
  expect(detector.status().msMedian).toBeGreaterThan(0);
});

test("nothing that moves is no question", async () => {
  const { detector, is } = await start("honest", files.honest());
  await is("ready");
  expect(await detector.detect(frameOf(colours.red), [], nobody)).toEqual([]);
});

test("frames that come faster than answers: the newest is asked, the others are dropped and counted", async () => {
  const { detector, is } = await start("honest", files.honest());
  await is("ready");
  const answers = await Promise.allSettled([look(detector), look(detector), look(detector), look(detector)]);
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  expect(detector.status()).toMatchObject({ dropped: 2, runs: 4 });
});

test("a question can be taken back, and the next one is answered", async () => {
  const { detector, is } = await start("honest", files.honest());
  await is("ready");
  const control = new AbortController();
  const answer = detector.detect(frameOf(colours.red), [left], control.signal);
  control.abort();
  await expect(answer).rejects.toMatchObject({ kind: "cancelled" });
  expect(await look(detector)).toHaveLength(2);
});

test("until it is ready, and after it was closed, every question is answered at once", async () => {
  const { detector, is } = await start("honest", files.honest());
  await expect(look(detector)).rejects.toMatchObject({
    kind: "unavailable",
    message: expect.stringMatching(/loading/u),
  });
  await is("ready");
  await detector.close();
  await expect(look(detector)).rejects.toMatchObject({ kind: "unavailable" });
  expect(detector.status()).toMatchObject({ state: "off", rssBytes: 0 });
});

describe("what goes wrong is contained, told, and over again:", () => {
  test("a crash: it rests a second and answers again, then two", async () => {
    const { detector, clock, is } = await start("honest", files.honest());
    for (const [failures, restMs] of [
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
    ] as const) {
      await is("ready");
      signal(detector.pid, failures === 2 ? "SIGSEGV" : "SIGKILL");
      const status = await is("resting");
      expect(status).toMatchObject({
        failures,
        fault: { kind: "unavailable", hint: expect.stringMatching(/started again/u) },
      });
      await expect(look(detector)).rejects.toMatchObject({ kind: "unavailable" });
      await clock.advance(restMs - 1);
      expect(detector.status().state).toBe("resting");
      await clock.advance(1);
    }
    await is("ready");
    expect(await look(detector)).toHaveLength(2);
    expect(detector.status().fault).toBeNull();
  });

  test.each([
    ["hangs", "SIGSTOP"],
    ["crashes", "SIGKILL"],
  ] as const)("a model that %s: its state is told before whoever asked it hears of that", async (_, way) => {
    const told: string[] = [];
    const { detector, clock, is } = await start("honest", files.honest(), () =>
      told.push(detector.status().state),
    );
    await is("ready");
    signal(detector.pid, "SIGSTOP");
    const answer = look(detector).catch(() => told.push("no answer"));
    await until(() => detector.waits, longMs);
    if (way === "SIGKILL") signal(detector.pid, way);
    else await clock.advance(limits.timeoutMs);
    await answer;
    await expect(look(detector)).rejects.toMatchObject({ kind: "unavailable" });
    expect(told).toEqual(["ready", "resting", "no answer"]);
    await is("resting");
    await until(() => detector.pid === undefined, longMs);
    await clock.advance(1_000);
    await is("ready");
    expect(told).toEqual(["ready", "resting", "no answer", "loading", "ready"]);
  });

  test("a minute without trouble, and it rests a second only", async () => {
    const { detector, clock, is } = await start("honest", files.honest());
    for (const restMs of [1_000, 2_000]) {
      await is("ready");
      signal(detector.pid, "SIGKILL");
      await is("resting");
      await clock.advance(restMs);
    }
    await is("ready");
    await clock.advance(60_000);
    await look(detector);
    signal(detector.pid, "SIGKILL");
    await is("resting");
    await clock.advance(1_000);
    await is("ready");
  });

  test("a model that hangs never becomes ready, and rests longer each time", async () => {
    const { detector, clock, is } = await start("hangs", files.hangs());
    for (const restMs of [1_000, 2_000]) {
      await until(() => detector.waits, longMs);
      await clock.advance(4 * limits.timeoutMs);
      expect(await is("resting")).toMatchObject({ fault: { kind: "timeout" } });
      await clock.advance(restMs);
    }
  });

  test("a model that wants gigabytes", async () => {
    const { is } = await start("greedy", files.greedy());
    expect(await is("resting")).toMatchObject({ fault: { kind: "exhausted" }, failures: 1 });
  });

  test("a model that answers NaN", async () => {
    const { is } = await start("nan", files.nan());
    expect(await is("resting")).toMatchObject({
      fault: { kind: "corrupt", message: expect.stringMatching(/NaN/u) },
    });
  });

  test("a model that answers NaN to some pictures: now and then is borne, again and again is not", async () => {
    const { detector, is } = await start("sometimes", files.nanSometimes());
    await is("ready");
    const asked = [frameOf(colours.green, colours.blue), frameOf(colours.grey)] as const;
    const middle = [16, 4, 24, 24] as const;
    for (let round = 0; round < 6; round += 1) {
      await expect(detector.detect(asked[0], [middle], nobody)).rejects.toMatchObject({ kind: "corrupt" });
      await detector.detect(asked[1], [middle], nobody);
    }
    expect(detector.status()).toMatchObject({ state: "ready", failures: 0 });
    for (let round = 0; round < 5; round += 1)
      await expect(detector.detect(asked[0], [middle], nobody)).rejects.toMatchObject({ kind: "corrupt" });
    expect(await is("resting")).toMatchObject({ fault: { kind: "corrupt" }, failures: 1 });
  });

  test.each([
    ["an operation that there is not", () => files.unknown(), {}, "invalid"],
    ["a file that is not its manifest's", () => files.honest(), { sha256: "1".repeat(64) }, "corrupt"],
    [
      "labels that do not match",
      () => files.honest(),
      { labels: ["person", "car"], map: { person: "person" } },
      "invalid",
    ],
    [
      "another shape",
      () => files.honest(),
      { input: { width: 16, height: 16, channels: "rgb", fit: "square" } },
      "invalid",
    ],
  ])("%s is refused, and looked at again after five minutes", async (_, file, changes, kind) => {
    await put("wrong", file(), manifestFor(file(), changes));
    const { detector, clock, is } = await start("wrong");
    expect(await is("refused")).toMatchObject({ fault: { kind, hint: expect.any(String) } });
    await put("wrong", files.honest());
    await clock.advance(5 * 60_000);
    await is("ready");
    expect(await look(detector)).toHaveLength(2);
  });

  test.each(["EMFILE", "EIO", "ENOMEM"])(
    "a file that cannot be read just now (%s) is tried again",
    async (code) => {
      const clock = new SimClock();
      const load = () => Promise.reject(toFault(Object.assign(new Error(code), { code })));
      const detector = new RunnerDetector({ model: "away", clock, limits, threads: 1, load });
      open.push(detector);
      await expect(detector.ready()).rejects.toThrow(code);
      expect(detector.status()).toMatchObject({ state: "resting", failures: 1 });
      await clock.advance(1_000);
      await expect(detector.ready()).rejects.toThrow(code);
      expect(detector.status()).toMatchObject({ state: "resting", failures: 2 });
    },
  );

  test("half a file is refused before anything native reads it", async () => {
    const half = files.honest().subarray(0, 60);
    const { detector, is } = await start("half", half);
    expect(await is("refused")).toMatchObject({ fault: { kind: "corrupt" } });
    expect(detector.pid).toBeUndefined();
  });
});
