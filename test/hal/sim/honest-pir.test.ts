import { describe, expect, test } from "vitest";
import { blindMs, holdMs } from "../../../hal/sim/porch/pir/output.ts";
import { airAt, personC } from "../../../hal/sim/porch/pir/air.ts";
import { waveOf } from "../../../hal/sim/porch/pir/optics.ts";
import { warmUpMs } from "../../../hal/sim/porch/pir/false-heat.ts";
import { porchScript, type Actor, type PirPlan } from "../../../hal/sim/porch/script.ts";
import { completeSettings, type PorchSettings } from "../../../hal/sim/porch/settings.ts";

const minuteMs = 60_000;
const settled = minuteMs;
const honest = (settings: PorchSettings = {}) =>
  porchScript(completeSettings({ light: "day", pir: "honest", air: "mild", ...settings }));
const risings = (edges: readonly PirPlan[]): number[] =>
  edges.filter(({ active }) => active).map(({ atMs }) => atMs);

const mild = { airC: 15, groundC: 16 };
const personAt = (x: number, z: number): Actor => ({
  kind: "person",
  id: "somebody",
  look: 1,
  role: "visitor",
  place: { x, z, headX: 0, headZ: -1, walkedM: 0, speedMps: 1.2 },
  reach: 0,
  bend: 0,
  carries: null,
  raised: 0,
  manner: "plain",
});
/** The greatest change in 300 ms of somebody who walks from one place to another at 1.2 m/s. */
function stirOf(
  [x0, z0]: readonly [number, number],
  [x1, z1]: readonly [number, number],
  air = mild,
): number {
  const lengthM = Math.hypot(x1 - x0, z1 - z0);
  const steps = Math.ceil((lengthM / 1.2) * 20);
  const waves = Array.from({ length: steps }, (_, i) =>
    waveOf([personAt(x0 + ((x1 - x0) * i) / steps, z0 + ((z1 - z0) * i) / steps)], air, 0),
  );
  return waves.reduce((most, wave, i) => Math.max(most, Math.abs(wave - (waves[i - 6] ?? wave))), 0);
}

describe("what the element sees", () => {
  test("somebody who crosses its fingers, far more than somebody who comes straight at it", () => {
    expect(stirOf([-1.5, 4], [1.5, 4])).toBeGreaterThan(3);
    expect(stirOf([0.45, 6], [0.45, 4])).toBeLessThan(stirOf([-1.5, 4], [1.5, 4]) / 2);
  });

  test("less the further away, and nothing beside its cone", () => {
    const across = (z: number) => stirOf([-1, z], [1, z]);
    expect(across(3)).toBeGreaterThan(across(6));
    expect(across(6)).toBeGreaterThan(across(9));
    expect(stirOf([-6, 1], [-6, 2.5])).toBe(0);
  });

  test("hardly anybody where the air is as warm as the skin", () => {
    const hot = { airC: 32, groundC: 32.3 };
    expect(stirOf([-1.5, 4], [1.5, 4], hot)).toBeLessThan(stirOf([-1.5, 4], [1.5, 4]) / 3);
  });
});

test("a dressed body stands out most in mild and cold air", () => {
  const at = (air: "cold" | "mild" | "hot") => personC(airAt(completeSettings({ air, light: "night" }), 0));
  expect(at("cold")).toBeGreaterThan(at("hot"));
  expect(at("mild")).toBeGreaterThan(at("hot"));
});

describe("the honest PIR's output", () => {
  test("does not depend on how the time is cut up, nor on what was asked before", () => {
    const whole = honest().pirEdges(0, 900_000);
    const one = honest();
    const cut = Array.from({ length: 90 }, (_, i) => 89 - i)
      .map((i) => one.pirEdges(i * 10_000, (i + 1) * 10_000))
      .toReversed()
      .flat();
    expect(cut).toEqual(whole);
    for (const { atMs, active } of whole) expect(honest().pirActiveAt(atMs + 1)).toBe(active);
  });

  test("goes active and inactive by turns, holds, and is blind for a while after", () => {
    const edges = honest({ trouble: "wind" }).pirEdges(0, 60 * minuteMs);
    expect(edges.length).toBeGreaterThan(40);
    edges.forEach(({ active, atMs }, i) => {
      expect(active).toBe(i % 2 === 0);
      const next = edges[i + 1];
      if (next !== undefined) expect(next.atMs - atMs).toBeGreaterThanOrEqual(active ? holdMs : blindMs);
    });
  });

  test("is another one with another seed, and the same with the same", () => {
    const of = (seed: number) => honest({ seed }).pirEdges(0, 10 * minuteMs);
    expect(of(4)).toEqual(of(4));
    expect(of(4)).not.toEqual(of(5));
  });

  test("fires at random while it warms up", () => {
    const early = [1, 2, 3, 4, 5].flatMap((seed) =>
      risings(honest({ seed, visitorsPerHour: 0, light: "night" }).pirEdges(0, warmUpMs)),
    );
    expect(early.length).toBeGreaterThan(4);
  });

  test("sees nearly everybody who comes to the door", () => {
    const script = honest();
    const rung = script.presses(settled, 60 * minuteMs);
    const up = risings(script.pirEdges(0, 60 * minuteMs));
    const seen = rung.filter((atMs) => up.some((at) => Math.abs(at - atMs) < 15_000));
    expect(seen.length).toBeGreaterThan(0.9 * rung.length);
  });

  test("misses many of those who stay at the hedge", () => {
    const edges = (settings: PorchSettings) =>
      risings(honest(settings).pirEdges(settled, 60 * minuteMs)).length;
    const nobody = edges({ visitorsPerHour: 0 });
    expect(edges({ visitor: "far" }) - nobody).toBeLessThan((edges({ visitor: "plain" }) - nobody) / 2);
  });

  test("has edges with nobody there, more of them in gusts and rain", () => {
    const falsely = (settings: PorchSettings) =>
      risings(honest({ visitorsPerHour: 0, ...settings }).pirEdges(settled, 60 * minuteMs)).length;
    const calm = falsely({});
    expect(calm).toBeGreaterThan(5);
    expect(falsely({ trouble: "wind" })).toBeGreaterThan(calm + 10);
    expect(falsely({ rain: "on" })).toBeGreaterThan(calm);
  });
});
