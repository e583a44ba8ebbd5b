import { describe, expect, test } from "vitest";
import { aloneDoor } from "../../../../daemon/cli/selftest/alone-door.ts";
import type { Check } from "../../../../daemon/selftest/check.ts";
import { button } from "../../../../daemon/selftest/checks/button.ts";
import { chime } from "../../../../daemon/selftest/checks/chime.ts";
import { pir } from "../../../../daemon/selftest/checks/pir.ts";
import { statusLight } from "../../../../daemon/selftest/checks/status-light.ts";
import { runSelftest } from "../../../../daemon/selftest/run.ts";
import type { PirReport } from "../../../../daemon/wire/examine.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import type { SimFault } from "../../../../hal/sim/fault/list.ts";
import { ask, closedDoor, someSettings } from "../ask.ts";
import { played } from "../played.ts";
import { simulatedMachine } from "../simulated-machine.ts";

interface Porch {
  readonly fault?: SimFault;
  readonly attended?: boolean;
  readonly settings?: Record<string, unknown>;
}

/** One check on the simulated lines; the porch's first visitor moves at 9 s and rings before 20. */
async function answer(check: Check, { fault = "none", attended = true, settings: more = {} }: Porch = {}) {
  const settings = someSettings("/nonexistent", {
    sim: { fault, light: "day" },
    pir: { warmUpMs: 0 },
    selftest: { microphone: "sim" },
    ...more,
  });
  const clock = new SimClock();
  await using door = aloneDoor({ settings, clock, epochWallMs: clock.wallMs() });
  const running = runSelftest({
    checks: [check],
    ask: { only: null, attended, outbound: false },
    settings,
    clock,
    machine: simulatedMachine(),
    door,
    sill: "1.2.3",
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const [report] = (await played(clock, running)).report.checks;
  if (report === undefined) throw new Error("no answer");
  return report;
}

describe("the button", () => {
  test("pressed once: passes, and draws the press", async () => {
    const { verdict, waveform } = await answer(button);
    expect(verdict).toBe("pass");
    expect(waveform?.edges.map(({ active }) => active)).toEqual([true, false]);
  });

  test("worn contacts: one press counted several times, with the debounce that would do", async () => {
    const { verdict, seen, advice, figures } = await answer(button, { fault: "button-bounces" });
    expect([verdict, seen]).toEqual(["fail", "one press was counted 2 times: its contacts bounce for 60 ms"]);
    expect(advice).toContain("set button.debounceMs to 40");
    expect(figures.find(({ name }) => name === "bounces")?.value).toBe(8);
  });

  test("the advice holds: with it the same contacts pass", async () => {
    const settings = { button: { debounceMs: 40 } };
    expect((await answer(button, { fault: "button-bounces", settings })).verdict).toBe("pass");
  });

  test.each([true, false])("stuck fails, attended %s", async (attended) => {
    const { verdict, seen } = await answer(button, { fault: "button-stuck", attended });
    expect([verdict, seen]).toEqual(["fail", "sim button is active all the time"]);
  });

  test("wired the other way round", async () => {
    const { verdict, advice } = await answer(button, { fault: "button-inverted" });
    expect([verdict, advice]).toEqual([
      "fail",
      "it is wired the other way round: set button.activeLow to true",
    ]);
  });

  test("nobody there to press, nobody who does, no button", async () => {
    expect((await answer(button, { attended: false })).verdict).toBe("skip");
    const settings = { sim: { visitorsPerHour: 0 } };
    expect((await answer(button, { settings })).seen).toContain("saw no press within 20 s");
    expect((await answer(button, { settings: { button: { driver: "none" } } })).verdict).toBe("skip");
  });
});

describe("the motion sensor", () => {
  test("sees the visitor", async () => {
    const { verdict, seen } = await answer(pir);
    expect([verdict, seen]).toEqual(["pass", "sim pir saw somebody"]);
  });

  test("says that it warms up", async () => {
    const { verdict, seen } = await answer(pir, { settings: { pir: { warmUpMs: 60_000 } } });
    expect([verdict, seen]).toEqual(["warn", "sim pir is warming up for another 40 s"]);
  });

  test.each([
    ["pir-stuck", "fail", "active all the time"],
    ["pir-dead", "fail", "saw nobody"],
    ["pir-restless", "fail", "rose 3 times or more"],
    ["pir-inverted", "warn", "active before anybody moved"],
  ] as const)("%s: %s", async (fault, expected, words) => {
    const { verdict, seen } = await answer(pir, { fault });
    expect(verdict).toBe(expected);
    expect(seen).toContain(words);
  });

  test("with nobody there: rests, or has been active all the while", async () => {
    expect((await answer(pir, { attended: false, settings: { sim: { visitorsPerHour: 0 } } })).verdict).toBe(
      "pass",
    );
    expect((await answer(pir, { attended: false, fault: "pir-stuck" })).verdict).toBe("warn");
    expect((await answer(pir, { attended: false, fault: "pir-restless" })).verdict).toBe("fail");
  });

  const hour = 3_600_000;
  const house: PirReport = {
    name: "pir",
    active: false,
    edges: [],
    raw: true,
    presses: 0,
    missed: 0,
    watchedMs: 10_000,
    warmUpLeftMs: 0,
    openMs: 30 * hour,
    activeMs: hour,
    rises: 200,
  };
  test.each([
    ["as usual", {}, "pass", ""],
    ["stuck for a day", { active: true, activeMs: 30 * hour, rises: 1 }, "fail", "stuck"],
    ["never risen", { rises: 0, activeMs: 0 }, "fail", "dead"],
    ["far too often", { rises: 30 * 500 }, "fail", "sensitivity"],
    ["active but for pulses", { active: true, activeMs: 29 * hour }, "fail", "pir.activeLow to true"],
  ] as const)("in a house that runs: %s", async (_what, changes, expected, advised) => {
    const door = { ...closedDoor, pir: async () => ({ ...house, ...changes }) };
    const { verdict, advice = "" } = await ask(pir, "/nonexistent", { door });
    expect(verdict).toBe(expected);
    expect(advice).toContain(advised);
  });
});

describe("the chime", () => {
  test("is heard by the microphone", async () => {
    const { verdict, figures } = await answer(chime);
    expect(verdict).toBe("pass");
    expect(figures[0]?.value).toBeGreaterThan(25);
  });

  test("is silent", async () => {
    expect((await answer(chime, { fault: "chime-silent" })).verdict).toBe("fail");
  });

  test("nobody listens unless the settings say so", async () => {
    const { verdict, seen } = await answer(chime, { settings: { selftest: {} } });
    expect(verdict).toBe("skip");
    expect(seen).toContain("selftest.microphone is empty");
    expect((await answer(chime, { settings: { chime: { driver: "none" } } })).verdict).toBe("skip");
  });
});

describe("the status light", () => {
  test("shows every state; who saw it presses the button", async () => {
    expect(await answer(statusLight)).toMatchObject({
      verdict: "pass",
      seen: "5 states were shown, and somebody saw it",
    });
  });

  test("nobody saw it", async () => {
    const { verdict } = await answer(statusLight, { settings: { sim: { visitorsPerHour: 0 } } });
    expect(verdict).toBe("warn");
  });

  test("without anybody, with no light, and with one that does not answer", async () => {
    expect((await answer(statusLight, { attended: false })).verdict).toBe("pass");
    expect((await answer(statusLight, { settings: { light: { driver: "none" } } })).verdict).toBe("skip");
    expect(await answer(statusLight, { fault: "light-broken" })).toMatchObject({
      verdict: "fail",
      seen: "the simulated light does not answer",
      advice: "look at its wires",
    });
  });
});
