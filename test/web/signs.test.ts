/** The sign of an event: what matters most of it, whoever said so. */
import { expect, test } from "vitest";
import { mostOf, signIcons, signOf, signOfLabels, signs, signWords } from "../../web/events/signs.ts";
import { shapes } from "../../web/timeline/shapes.ts";
import { words } from "../../web/words.ts";
import { anEvent } from "./samples.ts";

test.each([
  ["nothing that has a name", {}, "motion"],
  ["nothing that matters", { what: ["other"] }, "motion"],
  ["the one label", { what: ["vehicle"] }, "vehicle"],
  ["a person before what is more certain", { what: ["vehicle", "animal", "person"] }, "person"],
  ["an animal before a vehicle", { what: ["vehicle", "other", "animal"] }, "animal"],
  ["a parcel before who brings it", { what: ["person", "parcel"] }, "parcel"],
  ["a parcel that was left by a person", { what: ["person"], happenings: ["parcel-left"] }, "parcel"],
  ["one that was taken", { what: [], happenings: ["crossed", "parcel-taken"] }, "parcel"],
  ["somebody's word", { what: ["person"], corrected: "animal" }, "animal"],
  ["somebody's word on who left a parcel", { happenings: ["parcel-left"], corrected: "person" }, "parcel"],
  ["somebody's word that it was no parcel", { happenings: ["parcel-left"], corrected: "other" }, "motion"],
  ["an animal, taken for a parcel", { happenings: ["parcel-taken"], corrected: "animal" }, "animal"],
  ["a ring, whatever moved", { kind: "ring", what: ["person", "parcel"], corrected: "animal" }, "ring"],
] as const)("%s is the sign", (_, { what = [], happenings = [], ...change }: SomeChange, sign) => {
  expect(signOf(anEvent("event-1", { ...change, what: [...what], happenings: [...happenings] }))).toBe(sign);
});

type Sample = Parameters<typeof signOf>[0];
type SomeChange = Partial<Omit<Sample, "what" | "happenings">> & {
  readonly what?: readonly Sample["what"][number][];
  readonly happenings?: readonly Sample["happenings"][number][];
};

test("a word in the menu has the sign of that word, whatever happened", () => {
  expect(signOfLabels(["person", "vehicle"])).toBe("person");
  expect(signOfLabels(["other"])).toBe("motion");
  for (const sign of ["parcel", "person", "animal", "vehicle"] as const)
    expect(signOfLabels([sign])).toBe(sign);
});

test("of two the one that stands first matters more, in either order", () => {
  for (const [at, one] of signs.entries())
    for (const other of signs.slice(at)) expect([mostOf(one, other), mostOf(other, one)]).toEqual([one, one]);
});

test("every sign has an icon, a shape and a word of its own", () => {
  for (const different of [signs.map((sign) => signIcons[sign]), signs.map((sign) => shapes[sign])])
    expect(new Set(different).size).toBe(signs.length);
  expect(signs.map(signWords)).toEqual([
    words.kinds.ring,
    words.what.labels.parcel,
    words.what.labels.person,
    words.what.labels.animal,
    words.what.labels.vehicle,
    words.kinds.motion,
  ]);
});
