import { expect, test } from "vitest";
import type { Check, CheckContext } from "../../../daemon/selftest/check.ts";
import { budgetMs, runSelftest, type RunOptions } from "../../../daemon/selftest/run.ts";
import { selftestReportSchema, type Progress } from "../../../daemon/wire/selftest.ts";
import { Fault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { closedDoor, someSettings } from "./ask.ts";
import { simulatedMachine } from "./simulated-machine.ts";

function check(id: string, run: (context: CheckContext) => ReturnType<Check["run"]>, mostMs = 5_000): Check {
  return { id, group: "system", title: `The ${id}`, mostMs, run };
}

const good = check("good", async () => ({ verdict: "pass", seen: "fine", advice: "nothing" }));
const odd = check("odd", async () => ({ verdict: "warn", seen: "odd", advice: "look" }));
const bad = check("bad", async () => ({ verdict: "fail", seen: "broken", advice: "mend" }));
const absent = check("absent", async () => ({ verdict: "skip", seen: "no such part" }));

function start(checks: readonly Check[], changes: Partial<RunOptions> = {}) {
  const clock = new SimClock();
  const told: Progress[] = [];
  const giveUp = new AbortController();
  const over = runSelftest({
    checks,
    ask: { only: null, attended: true, outbound: false },
    settings: someSettings("/nonexistent"),
    clock,
    machine: simulatedMachine(),
    door: closedDoor,
    sill: "1.2.3",
    signal: giveUp.signal,
    onProgress: (progress) => told.push(progress),
    ...changes,
  });
  return { clock, told, over, giveUp };
}

test.each([
  ["pass", [good, absent], { pass: 1, warn: 0, fail: 0, skip: 1 }],
  ["warn", [good, odd], { pass: 1, warn: 1, fail: 0, skip: 0 }],
  ["fail", [bad, odd, good], { pass: 1, warn: 1, fail: 1, skip: 0 }],
  ["pass", [absent], { pass: 0, warn: 0, fail: 0, skip: 1 }],
] as const)("the verdict is the worst of all: %s", async (verdict, checks, counts) => {
  const { report } = await start(checks).over;
  expect(report).toMatchObject({ verdict, counts, cut: null, sill: "1.2.3" });
  expect(report.board).toBe("Raspberry Pi 4 Model B Rev 1.4");
  expect(selftestReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test("what is told on the way is what the report says", async () => {
  const asking = check("asking", async ({ ask }) => {
    ask("press the button now");
    return { verdict: "pass", seen: "pressed" };
  });
  const { told, over } = start([asking, bad]);
  const { report } = await over;
  expect(told).toEqual([
    {
      type: "selftest-begun",
      checks: [
        { id: "asking", group: "system", title: "The asking" },
        { id: "bad", group: "system", title: "The bad" },
      ],
    },
    { type: "check-begun", id: "asking" },
    { type: "check-asks", id: "asking", request: "press the button now" },
    { type: "check-done", check: report.checks[0] },
    { type: "check-begun", id: "bad" },
    { type: "check-done", check: report.checks[1] },
  ]);
});

test("advice belongs to what did not pass", async () => {
  const { report } = await start([good, bad]).over;
  expect(report.checks.map(({ advice }) => advice)).toEqual([undefined, "mend"]);
});

test("a check that takes longer than it may has failed, and the next one is asked", async () => {
  let ended = false;
  const stuck = check("stuck", ({ signal }) => {
    signal.addEventListener("abort", () => (ended = true));
    return new Promise(() => {});
  });
  const { clock, over, told } = start([stuck, good]);
  await clock.advance(5_000);
  const { report } = await over;
  expect(report.checks).toMatchObject([
    { id: "stuck", verdict: "fail", seen: "no answer within 5 s", tookMs: 5_000 },
    { id: "good", verdict: "pass" },
  ]);
  expect(ended).toBe(true);
  expect(told.length).toBe(5);
});

test("what there is no time for is told, and nothing takes longer than the whole", async () => {
  const slow = check("slow", () => new Promise(() => {}), 60_000);
  const { clock, over } = start([slow, { ...slow, id: "slower" }, good]);
  await clock.advance(60_000);
  await clock.advance(30_000);
  const { report } = await over;
  expect(report).toMatchObject({ cut: "time", tookMs: budgetMs, verdict: "fail" });
  expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["slow", "fail"],
    ["slower", "skip"],
    ["good", "skip"],
  ]);
  expect(report.checks[2]?.seen).toBe("not asked: the 90 s of the whole run were over");
});

test("who gives up gets what is known so far", async () => {
  const stuck = check("stuck", () => new Promise(() => {}));
  const { over, giveUp, told } = start([good, stuck, bad]);
  await expect.poll(() => told.length).toBe(4);
  giveUp.abort();
  const { report } = await over;
  expect(report).toMatchObject({ cut: "cancelled", verdict: "pass" });
  expect(report.checks.map(({ id }) => id)).toEqual(["good"]);
});

test.each([
  ["a Fault", new Fault("denied", "no permission", { hint: "ask root" }), "no permission", "ask root"],
  [
    "a bug",
    new TypeError("x is undefined"),
    "the check itself is broken: x is undefined",
    "this is a bug in Sill: report it with this line",
  ],
])("a check that throws %s has failed, with its words", async (_what, error, seen, advice) => {
  const throwing = check("throwing", () => {
    throw error;
  });
  const { report } = await start([throwing, good]).over;
  expect(report.checks[0]).toMatchObject({ verdict: "fail", seen, advice });
  expect(report.checks[1]?.verdict).toBe("pass");
});

test("one asked for alone is asked alone, and an unknown one is told", async () => {
  const ask = { only: ["bad"], attended: false, outbound: false };
  const { report } = await start([good, bad], { ask }).over;
  expect(report).toMatchObject({ only: ["bad"], attended: false });
  expect(report.checks.map(({ id }) => id)).toEqual(["bad"]);
  const unknown = start([good], { ask: { ...ask, only: ["god"] } }).over;
  await expect(unknown).rejects.toMatchObject({ kind: "invalid", message: 'there is no check "god"' });
});

test("the camera is looked at once, and its picture is kept apart from the report", async () => {
  let looks = 0;
  const door = {
    ...closedDoor,
    camera: async () => {
      looks += 1;
      throw new Fault("not-found", "no camera");
    },
  };
  const looking = (id: string): Check =>
    check(id, async (context) => {
      await context.door.camera(1_000, context.signal).catch(() => {});
      return { verdict: "pass", seen: "looked", picture: { title: `Of ${id}`, age: "c2VhbGVk" } };
    });
  const { report, picture } = await start([looking("one"), looking("two")], { door }).over;
  expect(looks).toBe(1);
  expect(picture).toEqual({ title: "Of one", age: "c2VhbGVk" });
  expect(report.checks.map((each) => each.picture)).toEqual(["Of one", undefined]);
  expect(JSON.stringify(report)).not.toContain("c2VhbGVk");
});

test("figures that are no numbers, and words that are too long, do not break the report", async () => {
  const wild = check("wild", async () => ({
    verdict: "warn",
    seen: "x".repeat(5_000),
    advice: "y".repeat(5_000),
    figures: Array.from({ length: 40 }, () => ({ name: "z".repeat(99), value: Number.NaN, unit: "ms" })),
  }));
  const { report } = await start([wild]).over;
  expect(selftestReportSchema.parse(report).checks[0]?.figures).toHaveLength(32);
});
