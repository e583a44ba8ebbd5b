import fc from "fast-check";
import { expect, test } from "vitest";
import { labels } from "../../../../models/labels.ts";
import { believe, believed, decided, noBelief, type Believed } from "../../../../daemon/sight/what/belief.ts";

function after(...answers: Believed[]) {
  return answers.reduce((belief, answer) => believe(belief, answer), noBelief);
}

const person = { label: "person", score: 0.9 } as const;
const animal = { label: "animal", score: 0.6 } as const;

test("nothing said, nothing believed; one sure look decides, one unsure look does not", () => {
  expect(believed(noBelief)).toBeNull();
  expect(decided(after(person))?.label).toBe("person");
  expect(decided(after(animal))).toBeNull();
  expect(decided(after(animal, animal))?.label).toBe("animal");
});

test("one sure answer outweighs two that are hardly sure, in any order", () => {
  const faint = { label: "animal", score: 0.35 } as const;
  for (const order of [
    [person, faint, faint],
    [faint, person, faint],
    [faint, faint, person],
  ])
    expect(believed(after(...order))?.label).toBe("person");
});

test("the shares of a model count as they are: what comes second twice comes first", () => {
  const share = (person: number, animal: number, other: number) => {
    const shares = [person, 0, animal, 0, other];
    const score = Math.max(...shares);
    return { label: labels[shares.indexOf(score)] ?? "other", score, shares };
  };
  const looks = [share(0.5, 0.45, 0.05), share(0.05, 0.45, 0.5)];
  expect(looks.map(({ label }) => label)).toEqual(["person", "other"]);
  expect(believed(after(...looks))?.label).toBe("animal");
});

test("labels that share the belief evenly are nothing that matters", () => {
  const even = labels.filter((label) => label !== "other").map((label) => ({ label, score: 0.5 }));
  expect(believed(after(...even))?.label).toBe("other");
});

test("it forgets: who gets off a bicycle is believed in the end", () => {
  const cycling = Array.from({ length: 200 }, () => ({ label: "vehicle", score: 0.9 }) as const);
  const answers: Believed[] = [...cycling, ...Array.from({ length: 40 }, () => person)];
  expect(believed(after(...answers))?.label).toBe("person");
});

test("whatever is said, NaN included: a known label, a score of 0..1", () => {
  const answer = fc.record({ label: fc.constantFrom(...labels), score: fc.double() });
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1 }), (answers) => {
      const { label, score } = believed(after(...answers)) ?? { label: "none", score: -1 };
      expect(labels).toContain(label);
      expect(score >= 0 && score <= 1).toBe(true);
    }),
  );
});
