/** What PIR and label have to say together: laws of the table, and that the paper says what the code does. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fuses, pirSayings } from "../../../daemon/sight/fusion.ts";
import {
  blindZones,
  countsUpTo,
  isCertain,
  labelTable,
  mostSure,
  pirCaseOf,
  pirCases,
  pirIn,
  pirOver,
  type Ask,
} from "../../../daemon/sight/label-fusion.ts";
import { labels } from "../../../models/labels.ts";

const label = fc.constantFrom(...labels);
const says = fc.constantFrom(...pirSayings);
const hundredth = fc.integer({ min: 0, max: 100 }).map((value) => value / 100);
const circumstances = fc.record({ pir: says, near: fc.boolean() });

test("law: a house without a PIR is as it was: the house's threshold alone decides", () => {
  fc.assert(
    fc.property(label, hundredth, hundredth, fc.boolean(), (what, score, threshold, near) => {
      const counts = isCertain({ label: what, score }, threshold, { pir: "unknown", near });
      expect(counts).toBe(Math.min(score, mostSure / 100) >= threshold);
    }),
  );
});

test("law: a higher score never counts less, and a higher threshold never more", () => {
  fc.assert(
    fc.property(label, hundredth, hundredth, circumstances, (what, score, threshold, known) => {
      if (!isCertain({ label: what, score }, threshold, known)) return;
      expect(isCertain({ label: what, score: Math.min(1, score + 0.01) }, threshold, known)).toBe(true);
      expect(isCertain({ label: what, score }, Math.max(0, threshold - 0.01), known)).toBe(true);
    }),
  );
});

test("law: a threshold above what any model is sure of is never, also when the sensor fired", () => {
  fc.assert(
    fc.property(label, hundredth, circumstances, (what, score, known) => {
      expect(isCertain({ label: what, score }, (mostSure + 1) / 100, known)).toBe(false);
    }),
  );
});

test("law: what counts at a threshold is what calibration says counts up to it", () => {
  fc.assert(
    fc.property(label, hundredth, hundredth, circumstances, (what, score, threshold, known) => {
      const upTo = countsUpTo(what, score, known);
      const counts = isCertain({ label: what, score }, threshold, known);
      expect(counts).toBe(upTo !== null && upTo >= Math.round(threshold * 100));
    }),
  );
});

test("law: whoever the PIR felt is taken for a body no less than where it was silent; cars and parcels do not ask it", () => {
  fc.assert(
    fc.property(hundredth, hundredth, fc.boolean(), (score, threshold, near) => {
      const at = (what: (typeof labels)[number], pir: (typeof pirSayings)[number]): boolean =>
        isCertain({ label: what, score }, threshold, { pir, near });
      for (const body of ["person", "animal"] as const)
        if (at(body, "silent") || at(body, "unknown")) expect(at(body, "moved")).toBe(true);
      for (const thing of ["vehicle", "parcel"] as const)
        expect(new Set(pirSayings.map((pir) => at(thing, pir))).size).toBe(1);
      if (at("other", "moved")) expect(at("other", "silent")).toBe(true);
    }),
  );
});

test("law: over an event the PIR has moved once it has, and was silent only when it could be asked all the time", () => {
  fc.assert(
    fc.property(fc.array(says, { minLength: 1 }), (all) => {
      const [first = "unknown", ...rest] = all;
      const over = rest.reduce((before, now) => pirOver(before, now), first);
      if (all.includes("moved")) expect(over).toBe("moved");
      else expect(over).toBe(all.includes("unknown") ? "unknown" : "silent");
    }),
  );
});

test("a zone that the house says the sensor does not see is not asked about, one that it sees is", () => {
  const blind = blindZones([
    { name: "street", fuse: "picture" },
    { name: "path" },
    ...fuses.filter((fuse) => fuse !== "picture").map((fuse) => ({ name: fuse, fuse })),
  ]);
  expect([...blind]).toEqual(["street"]);
  expect(pirIn("silent", ["street"], blind)).toBe("unknown");
  expect(pirIn("moved", ["street"], blind)).toBe("unknown");
  expect(pirIn("silent", ["street", "path"], blind)).toBe("silent");
  expect(pirIn("moved", [], blind)).toBe("moved");
});

test("the four cases are those that can be", () => {
  const all = pirSayings.flatMap((pir) => [true, false].map((near) => pirCaseOf({ pir, near })));
  expect(new Set(all)).toEqual(new Set(pirCases));
});

function inWords({ least, less }: Ask): string {
  if (less > 0) return `${less} points less than the threshold`;
  return least > 0 ? `the threshold, and at least ${least} %` : "the threshold";
}

test("docs/what.md has the table as the code has it", () => {
  const paper = readFileSync(new URL("../../../docs/what.md", import.meta.url), "utf8");
  for (const each of labels) {
    const cells = (["moved", "near", "far", "unasked"] as const).map((at) => inWords(labelTable[each][at]));
    expect(paper).toContain(`| ${each} | ${cells.join(" | ")} |`);
  }
});
