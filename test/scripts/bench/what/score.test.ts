import { describe, expect, test } from "vitest";
import { scoreDay, sumOf, type ToldEvent } from "../../../../scripts/bench/what/score.ts";
import { truthOf, type DayTruth } from "../../../../scripts/bench/what/truth.ts";
import { createPorch } from "../../../../hal/sim/porch/porch.ts";

const person = { fromMs: 10_000, toMs: 30_000, whole: true, crosses: true };
const truth: DayTruth = {
  people: [person],
  animals: [{ fromMs: 100_000, toMs: 110_000, whole: true }],
  parcels: [{ fromMs: 20_000, toMs: 60_000, whole: true }],
  unheard: false,
};

function event(startMs: number, endMs: number, labels: ToldEvent["labels"], ...told: string[]): ToldEvent {
  const happenings = told.map((text) => {
    const [kind, atS] = text.split(" ") as [ToldEvent["happenings"][number]["kind"], string];
    return { kind, atMs: Number(atS) * 1_000 };
  });
  return { startMs, endMs, labels, happenings };
}

const visit = event(10_000, 31_000, ["person", "parcel"], "crossed 12", "parcel-left 33");
const fetching = event(59_000, 63_000, ["other"], "parcel-taken 66");
const cat = event(101_000, 109_000, ["animal"]);

describe("a day", () => {
  test("on which all was told", () => {
    const { tallies, falseHappenings, falseLabels, notes } = scoreDay(truth, [visit, fetching, cat]);
    const one = { told: 1, of: 1 };
    expect(tallies).toMatchObject({ person: one, animal: one, crossed: one, "one-event": one });
    expect(tallies).toMatchObject({ "parcel-left": one, "parcel-taken": one, waiting: { told: 0, of: 0 } });
    expect([falseHappenings, falseLabels, notes]).toEqual([0, 0, []]);
  });

  test("on which nothing was told is missed, not false", () => {
    const { tallies, falseHappenings, falseLabels } = scoreDay(truth, []);
    expect(tallies).toMatchObject({ person: { told: 0, of: 1 }, "parcel-taken": { told: 0, of: 1 } });
    expect([falseHappenings, falseLabels]).toEqual([0, 0]);
  });

  test("a visitor in two events, a parcel that is told before it lies there, a wait of nobody", () => {
    const halves = [
      event(10_000, 15_000, ["person"], "parcel-left 14"),
      event(25_000, 31_000, ["person"], "crossed 26", "waiting 28"),
      event(200_000, 201_000, ["vehicle"]),
    ];
    const { tallies, falseHappenings, falseLabels, notes } = scoreDay(truth, halves);
    expect(tallies).toMatchObject({ person: { told: 1, of: 1 }, "one-event": { told: 0, of: 1 } });
    expect(tallies["parcel-left"]).toEqual({ told: 0, of: 1 });
    expect([falseHappenings, falseLabels]).toEqual([2, 1]);
    expect(notes).toContain("false waiting, 0:28.0");
  });

  test("what the stretch cuts off explains what was told, and is not asked for", () => {
    const cut = { ...truth, people: [{ ...person, whole: false }], unheard: true };
    const { tallies, falseHappenings } = scoreDay(cut, [event(10_000, 30_000, ["person"], "waiting 25")]);
    expect(tallies).toMatchObject({ person: { told: 0, of: 0 }, waiting: { told: 0, of: 0 } });
    expect(falseHappenings).toBe(0);
  });

  test("days add up", () => {
    const day = scoreDay(truth, [visit]);
    expect(sumOf([day, day]).tallies).toMatchObject({
      crossed: { told: 2, of: 2 },
      animal: { told: 0, of: 2 },
    });
  });
});

test("the truth of the porch: who came over the line, who came out of the door, what lay there meanwhile", () => {
  const porch = createPorch({ seed: 1, light: "day", rain: "off" }, { width: 320, height: 180 });
  const { people, animals, parcels } = truthOf(porch, { fromMs: 0, toMs: 220_000 }, false);
  expect(people.map(({ crosses }) => crosses)).toEqual([true, true, false, true]);
  expect(parcels).toHaveLength(1);
  const [parcel, courier, resident] = [parcels[0], people[1], people[2]];
  expect(parcel?.fromMs).toBeGreaterThan(courier?.fromMs ?? Infinity);
  expect(parcel?.toMs).toBeGreaterThan(resident?.fromMs ?? Infinity);
  expect(parcel?.toMs).toBeLessThan(resident?.toMs ?? 0);
  expect(animals.length).toBeGreaterThan(0);
});
