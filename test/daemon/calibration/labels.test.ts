/** Thresholds of labels from corrections: laws on any past, and what an installer reads. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelThresholds } from "../../../daemon/calibration/labels/answer.ts";
import { countsOf, leastCorrections, proposeFor } from "../../../daemon/calibration/labels/propose.ts";
import { samplesOf, type LabelEvent, type Sample } from "../../../daemon/calibration/labels/samples.ts";
import type { Label } from "../../../models/labels.ts";

const judgements = ["chosen", "kept", "wrong", "wrong", "open", "moot"] as const;
const sample: fc.Arbitrary<Sample> = fc.record({
  upTo: fc.integer({ min: 20, max: 112 }),
  judged: fc.constantFrom(...judgements),
});
const samples = fc.array(sample, { maxLength: 60 });
const threshold = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 97 }));

const isKept = ({ judged }: Sample): boolean => judged === "chosen" || judged === "kept";

/** What a threshold would be worth, by looking at every event; null = it loses a confirmed one. */
function worthOf(all: readonly Sample[], from: number, to: number): number | null {
  const isCalled = ({ upTo }: Sample, at: number): boolean => upTo >= at;
  const changed = all.filter((each) => isCalled(each, from) !== isCalled(each, to));
  if (to > from && changed.some(isKept)) return null;
  const mended = to > from ? "wrong" : "chosen";
  const harmless = to > from ? ["wrong", "moot"] : ["chosen"];
  const mends = changed.filter(({ judged }) => judged === mended).length;
  return mends - changed.filter(({ judged }) => !harmless.includes(judged)).length;
}

test("law: what is proposed is the best threshold there is, and of equals the nearest", () => {
  fc.assert(
    fc.property(samples, threshold, (all, from) => {
      const change = proposeFor(all, from);
      if (change === null) return;
      const worth = change.mends - change.also;
      expect(worthOf(all, from, change.to)).toBe(worth);
      expect(worth).toBeGreaterThan(0);
      expect(change.mends).toBeGreaterThan(1);
      for (let to = 1; to <= 97; to += 1) {
        if (to > from !== (change.way === "raise") || to === from) continue;
        const other = worthOf(all, from, to);
        if (other === null) continue;
        expect(other).toBeLessThanOrEqual(worth);
        if (other === worth) expect(Math.abs(to - from)).toBeGreaterThanOrEqual(Math.abs(change.to - from));
      }
    }),
  );
});

test("law: no confirmed event is lost, and nothing is proposed on fewer corrections than five", () => {
  fc.assert(
    fc.property(samples, threshold, (all, from) => {
      const change = proposeFor(all, from);
      const before = countsOf(all, from);
      if (change === null) return;
      const after = countsOf(all, change.to);
      expect(after.confirmed).toBeGreaterThanOrEqual(before.confirmed);
      if (change.way === "raise") expect(before.wrong).toBeGreaterThanOrEqual(leastCorrections);
      else expect(before.hidden).toBeGreaterThanOrEqual(leastCorrections);
      expect(change.way === "raise").toBe(change.to > from);
    }),
  );
});

test("law: one more correction never lowers what is proposed, one more confirmation never raises it", () => {
  const raisedTo = (all: readonly Sample[], from: number): number => {
    const change = proposeFor(
      // a past in which nothing was hidden: only raising is asked about
      all.filter(({ upTo }) => upTo >= from),
      from,
    );
    return change?.to ?? from;
  };
  fc.assert(
    fc.property(samples, threshold, sample, (all, from, one) => {
      const before = raisedTo(all, from);
      expect(raisedTo([...all, { ...one, judged: "wrong" }], from)).toBeGreaterThanOrEqual(before);
      for (const judged of ["chosen", "kept", "open"] as const)
        expect(raisedTo([...all, { ...one, judged }], from)).toBeLessThanOrEqual(before);
    }),
  );
});

test("one more correction below what is proposed does not draw it down", () => {
  const many = (upTo: number, judged: Sample["judged"], count = 4): Sample[] =>
    Array.from({ length: count }, () => ({ upTo, judged }));
  const past = [...many(30, "wrong", 1), ...many(40, "open"), ...many(50, "wrong")];
  // 31 mends one and 51 five, at the cost of four: worth the same, and a change for one is not worth proposing
  expect(proposeFor(past, 0)).toBeNull();
  const more = [...past, ...many(45, "wrong", 1)];
  expect(proposeFor(more, 0)).toMatchObject({ to: 51, mends: 6, also: 4 });
  expect(proposeFor([...more, ...many(35, "wrong", 1)], 0)).toMatchObject({ to: 51, mends: 7, also: 4 });
});

test("law: once it is applied, the same past does not ask for more of the same", () => {
  fc.assert(
    fc.property(samples, threshold, (all, from) => {
      const change = proposeFor(all, from);
      if (change !== null) expect(proposeFor(all, change.to)?.way).not.toBe(change.way);
    }),
  );
});

const anywhere = { zones: ["everywhere"], pir: "unknown" as const };

type Past = readonly (readonly [label: Label, score: number, corrected?: Label | "up"])[];

function eventsOf(past: Past): LabelEvent[] {
  return past.map(([label, score, by]) => ({
    ...anywhere,
    kind: "motion",
    said: [{ label, score }],
    what: [],
    whatScores: [],
    corrected: by === undefined || by === "up" ? null : by,
    mark: by === "up" ? "good" : null,
  }));
}

const fourteen: Past = [
  ["person", 0.46, "other"],
  ["person", 0.52, "other"],
  ["person", 0.59, "other"],
  ["person", 0.61, "animal"],
  ["person", 0.83, "other"],
  ["person", 0.9, "vehicle"],
  ["person", 0.8, "up"],
  ["person", 0.72, "person"],
  ["person", 0.58],
  ...Array.from({ length: 5 }, () => ["person", 0.95] as const),
];

test("an installer reads what another threshold would have done, and what stands against it", () => {
  const [person] = labelThresholds({ thresholds: { person: 0.45 } }, eventsOf(fourteen));
  expect(person).toEqual({
    label: "person",
    threshold: 0.45,
    called: 14,
    wrong: 6,
    confirmed: 2,
    hidden: 0,
    proposed: 0.62,
    words: [
      "Of 14 events called a person, 6 were corrected and 2 confirmed.",
      "From 62 % instead of 45 % on, 4 of the 6 corrected ones would not have been called so, and none that was confirmed would be lost.",
      "1 event that nobody judged would change too.",
    ],
  });
});

test("four corrections are too few, and where right and wrong are alike nothing is proposed", () => {
  const few = labelThresholds({}, eventsOf(fourteen.slice(2)));
  expect(few[0]).toMatchObject({ threshold: null, wrong: 4, proposed: null });
  expect(few[0]?.words.at(-1)).toBe("Nothing is proposed before there are 5 corrections.");
  const alike = labelThresholds({}, eventsOf([...fourteen, ["person", 0.4, "person"]]));
  expect(alike[0]).toMatchObject({ wrong: 6, proposed: null });
  expect(alike[0]?.words.at(-1)).toBe("No threshold parts the wrong ones from the right ones.");
});

test("it is lowered over events that were given the label and that it hid, and over no others", () => {
  const hidden = [0.7, 0.71, 0.74, 0.75, 0.55].map((score) => ["animal", score, "animal"] as const);
  const blind = hidden.map(([label, score]) => [label, score] as const);
  const zones = { thresholds: { animal: 0.8 } };
  const animalOf = (past: Past) => labelThresholds(zones, eventsOf(past))[2];
  expect(animalOf(blind)).toMatchObject({ hidden: 0, proposed: null });
  expect(animalOf([...hidden, ["animal", 0.6], ["animal", 0.65, "other"]])).toMatchObject({
    called: 0,
    hidden: 5,
    proposed: 0.7,
    words: [
      "No event was called an animal.",
      "5 events that somebody called an animal: not sure enough.",
      "1 event that nobody judged: not sure enough.",
      "From 70 % instead of 80 % on, 4 of the 5 that were not sure enough would be called so.",
      "No other event changes.",
    ],
  });
  const six: Past = [...hidden, ["animal", 0.69, "animal"], ["animal", 0.72], ["animal", 0.73, "other"]];
  expect(animalOf(six)?.words.slice(-2)).toEqual([
    "From 55 % instead of 80 % on, all 6 that were not sure enough would be called so.",
    "2 other events would change too.",
  ]);
});

test("a correction says nothing of a word that was less sure than the one that was chosen", () => {
  const event = (corrected: Label): LabelEvent => ({
    ...anywhere,
    kind: "motion",
    said: [
      { label: "person", score: 0.9 },
      { label: "animal", score: 0.6 },
    ],
    what: ["person"],
    whatScores: [0.9],
    corrected,
    mark: null,
  });
  const judged = (label: Label, corrected: Label) => samplesOf(label, [event(corrected)])[0]?.judged;
  expect([judged("person", "person"), judged("animal", "person")]).toEqual(["chosen", "open"]);
  expect([judged("person", "animal"), judged("animal", "animal")]).toEqual(["wrong", "chosen"]);
  expect([judged("person", "other"), judged("animal", "other")]).toEqual(["wrong", "wrong"]);
});

test("of a label that is ruled ignore only the hours count of which nothing was deleted for that", () => {
  const past = eventsOf(fourteen);
  const whole = { hours: 24, events: past.slice(2) };
  const person = (zones: Parameters<typeof labelThresholds>[0]) => labelThresholds(zones, past, whole)[0];
  const thresholds = { person: 0.45 };
  const said = "Only the last 24 hours count: what is ignored is deleted after that.";
  const zone = { name: "path", polygon: [], sensitivity: null };
  for (const zones of [
    { thresholds, what: { person: "ignore" as const } },
    { thresholds, zones: [{ ...zone, what: { person: "ignore" as const } }] },
  ]) {
    expect(person(zones)).toMatchObject({ called: 12, wrong: 4, proposed: null });
    expect(person(zones)?.words).toContain(said);
  }
  for (const what of [{}, { person: "record" as const }, { vehicle: "ignore" as const }])
    expect(person({ thresholds, what })).toMatchObject({ called: 14, wrong: 6, proposed: 0.62 });
});

test("what a threshold hides is listed although nobody judged it", () => {
  const [person] = labelThresholds(
    { thresholds: { person: 0.98 } },
    eventsOf([
      ["person", 0.9],
      ["person", 0.4],
    ]),
  );
  expect(person?.words).toEqual([
    "No event was called a person.",
    "2 events that nobody judged: not sure enough.",
  ]);
});

test("a parcel beside a person says nothing of the person, nor the person of the parcel", () => {
  const event = (corrected: Label): LabelEvent => ({
    ...anywhere,
    kind: "motion",
    said: [
      { label: "person", score: 0.8 },
      { label: "parcel", score: 0.7 },
    ],
    what: ["person", "parcel"],
    whatScores: [0.8, 0.7],
    corrected,
    mark: null,
  });
  const judged = (label: Label, corrected: Label) => samplesOf(label, [event(corrected)])[0]?.judged;
  expect([judged("person", "parcel"), judged("parcel", "parcel")]).toEqual(["open", "chosen"]);
  for (const corrected of ["person", "vehicle", "animal"] as const)
    expect(judged("parcel", corrected)).toBe("open");
  expect([judged("person", "other"), judged("parcel", "other")]).toEqual(["wrong", "wrong"]);
  const five = Array.from({ length: 5 }, () => event("parcel"));
  expect(labelThresholds({}, five)[0]).toMatchObject({ label: "person", wrong: 0, proposed: null });
});

test("events of an older Sill count by the words that were left, rings not at all", () => {
  const old = { said: [], what: ["vehicle"], whatScores: [0.7], corrected: null, mark: null } as const;
  const events: LabelEvent[] = (["motion", "ring"] as const).map((kind) => ({
    ...anywhere,
    ...old,
    kind,
    said: [],
    what: ["vehicle"],
    whatScores: [0.7],
  }));
  expect(samplesOf("vehicle", events)).toEqual([{ upTo: 70, judged: "open" }]);
});

test("never is never: what the sensor felt is not called so at 98 %, so nothing there is wrong", () => {
  const felt: LabelEvent = {
    kind: "motion",
    said: [{ label: "person", score: 0.9 }],
    what: [],
    whatScores: [],
    corrected: "other",
    mark: null,
    zones: [],
    pir: "moved",
  };
  const all = samplesOf(
    "person",
    Array.from({ length: 5 }, () => felt),
  );
  expect(countsOf(all, 97)).toMatchObject({ called: 5, wrong: 5 });
  expect(countsOf(all, 98)).toMatchObject({ called: 0, wrong: 0, hidden: 0 });
});
