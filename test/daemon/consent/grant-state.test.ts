import fc from "fast-check";
import { expect, test } from "vitest";
import { checkStep, isUnfinished, mayStep } from "../../../daemon/consent/grant-state.ts";
import { grantStates, type GrantState } from "../../../daemon/wire/api-consent.ts";

/** Every state that can be reached from these, by any number of steps. */
function reachable(from: readonly GrantState[]): Set<GrantState> {
  const seen = new Set(from);
  for (const each of seen) for (const to of grantStates) if (mayStep(each, to)) seen.add(to);
  return seen;
}

test("the way of a grant that arrives, is receipted and deleted", () => {
  const way = ["ready", "sending", "delivered", "receipted", "closed", "deletion-asked", "deleted"] as const;
  for (const [i, to] of way.slice(1).entries()) checkStep(way[i] ?? "ready", to);
});

test("what was stopped never sends again", () => {
  for (const from of ["cancelled", "revoked", "expired", "failed", "delivered", "deleted"] as const)
    for (const to of reachable([from])) expect([from, to, isUnfinished(to)]).toEqual([from, to, false]);
});

test("every state can be reached", () => {
  expect(reachable(["ready"])).toEqual(new Set(grantStates));
});

test("a step that is not drawn is denied, also the one to itself", () => {
  fc.assert(
    fc.property(fc.constantFrom(...grantStates), fc.constantFrom(...grantStates), (from, to) => {
      if (from === to) expect(mayStep(from, to)).toBe(false);
      if (!mayStep(from, to)) expect(() => checkStep(from, to)).toThrow(`a grant that is ${from} cannot`);
    }),
  );
});

test("after it has arrived it cannot fail or be suspended", () => {
  for (const to of ["failed", "suspended", "cancelled", "sending"] as const)
    expect(mayStep("delivered", to)).toBe(false);
});
