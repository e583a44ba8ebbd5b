import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkStep,
  isAnswerable,
  isShare,
  isUnfinished,
  mayStep,
} from "../../../daemon/consent/grant-state.ts";
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

test.each([
  ["request", "https://portal.test/dock/agencies/police", "answers"],
  // an agency cannot rid itself of receipts and deletion notices by the name of its dock
  ["request", "https://police.test/dock/shares", "answers"],
  ["court-order", "https://portal.test/dock/agencies/police", "answers"],
  ["court-order", "https://portal.test/dock/shares", "lies there"],
  ["link", "https://portal.test/dock/shares", "lies there"],
  ["neighbour", "https://portal.test/dock/shares", "lies there"],
  ["archive", "https://nas.test/dock/shares", "neither"],
  ["board", "https://portal.test/dock/board", "neither"],
] as const)("what is granted by %s to %s: %s", (kind, deliverTo, what) => {
  const grant = { destination: { kind }, recipient: { deliverTo } };
  expect([isAnswerable(grant), isShare(grant)]).toEqual([what === "answers", what === "lies there"]);
});
