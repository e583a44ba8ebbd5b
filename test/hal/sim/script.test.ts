import { describe, expect, test } from "vitest";
import { pirHoldMs, porchScript } from "../../../hal/sim/porch/script.ts";
import { completeSettings, type PorchSettings } from "../../../hal/sim/porch/settings.ts";

const hourMs = 3_600_000;
const script = (settings: PorchSettings = {}) => porchScript(completeSettings(settings));

function peopleNear(settings: PorchSettings, tMs: number, rangeM: number): number {
  return script(settings)
    .actorsAt(tMs)
    .filter(({ kind, place }) => kind === "person" && place.x * place.x + place.z * place.z < rangeM * rangeM)
    .length;
}

describe("the porch's schedule", () => {
  test("the first visitor rings about 15 seconds after the porch began", () => {
    const [first] = script().presses(0, hourMs);
    expect(first).toBeGreaterThan(14_000);
    expect(first).toBeLessThan(16_000);
  });

  test.each([4, 40, 240])("about %i visitors come in an hour", (visitorsPerHour) => {
    const presses = script({ visitorsPerHour }).presses(0, 4 * hourMs);
    expect(Math.abs(presses.length / 4 - visitorsPerHour)).toBeLessThanOrEqual(1);
  });

  test("with no visitors nobody rings, and the street goes on", () => {
    const quiet = script({ visitorsPerHour: 0 });
    const moments = Array.from({ length: 300 }, (_, i) => quiet.actorsAt(i * 1_000));
    expect(quiet.presses(0, hourMs)).toEqual([]);
    expect(new Set(moments.flat().map(({ kind }) => kind))).toContain("vehicle");
    expect(moments.flat().filter(({ id }) => id.startsWith("visitor"))).toEqual([]);
  });

  test("does not depend on how the time is cut up", () => {
    const whole = script().pirEdges(0, 900_000);
    const one = script();
    const cut = Array.from({ length: 90 }, (_, i) => one.pirEdges(i * 10_000, (i + 1) * 10_000)).flat();
    expect(cut).toEqual(whole);
    expect(script().presses(300_000, 600_000)).toEqual(
      script()
        .presses(0, 900_000)
        .filter((tMs) => tMs >= 300_000 && tMs < 600_000),
    );
  });

  test.each([1, 2, 99])(
    "with seed %i somebody stands at the door at every press, with the PIR active",
    (seed) => {
      for (const tMs of script({ seed }).presses(0, hourMs)) {
        expect(peopleNear({ seed }, tMs, 1.7)).toBeGreaterThan(0);
        expect(script({ seed }).pirActiveAt(tMs)).toBe(true);
      }
    },
  );

  test("the PIR goes active and inactive by turns, and stays active for its hold time", () => {
    const edges = script().pirEdges(0, hourMs);
    expect(edges.length).toBeGreaterThan(20);
    expect(edges.every(({ active }, i) => active === (i % 2 === 0))).toBe(true);
    const stays = edges.filter((_, i) => i % 2 === 1).map(({ atMs }, i) => atMs - (edges[i * 2]?.atMs ?? 0));
    expect(Math.min(...stays)).toBeGreaterThanOrEqual(pirHoldMs);
  });

  test("the PIR is inactive while nobody is near", () => {
    const quiet = script()
      .pirEdges(0, hourMs)
      .filter(({ active }) => active);
    for (const { atMs } of quiet) expect(peopleNear({}, atMs - 200, 4)).toBe(0);
  });

  test("a parcel lies on the mat after its bringer has gone, and somebody fetches it", () => {
    const ids = Array.from({ length: 400 }, (_, i) =>
      script()
        .actorsAt(i * 500)
        .map(({ id }) => id),
    );
    const alone = ids.findIndex((here) => here.includes("parcel-1") && !here.includes("visitor-1"));
    const fetched = ids.findIndex((here) => here.includes("resident-1"));
    expect(alone).toBeGreaterThan(0);
    expect(fetched).toBeGreaterThan(alone);
    expect(ids.at(-1)).not.toContain("parcel-1");
  });

  test.each(["empty", "street", "garden"] as const)("scene %s brings only its own", (scene) => {
    const here = Array.from({ length: 120 }, (_, i) => script({ scene }).actorsAt(i * 1_000)).flat();
    const passing = here.some(({ id }) => id.startsWith("car") || id.startsWith("walker"));
    const visiting = here.some(({ id }) => id.startsWith("visitor"));
    expect([passing, visiting]).toEqual([scene === "street", scene === "garden"]);
  });
});
