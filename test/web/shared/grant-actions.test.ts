import { expect, test } from "vitest";
import { mayStep } from "../../../daemon/consent/grant-state.ts";
import { grantStates, type GrantState } from "../../../daemon/wire/api-consent.ts";
import { actionsOf, isIn, isMoving, toneOf, type GrantAction } from "../../../web/shared/grant-actions.ts";
import { words } from "../../../web/words.ts";

const request = { kind: "request", request: "ab".repeat(32), agency: "harbour-police" } as const;
const arrived = { destination: request, deliveredWallMs: 1 };

/** Where each action leads; looking changes nothing by itself. */
const leads: Readonly<Record<Exclude<GrantAction, "look">, GrantState>> = {
  cancel: "cancelled",
  stop: "revoked",
  "take-back": "revoked",
  resume: "sending",
  "ask-deletion": "deletion-asked",
};

test.each(grantStates)("of %s, nothing is offered that the doorbell would refuse", (state) => {
  for (const destination of [request, { kind: "link" }, { kind: "archive" }] as const)
    for (const action of actionsOf({ state, destination, deliveredWallMs: 1 }))
      if (action !== "look") expect(mayStep(state, leads[action])).toBe(true);
});

test.each([
  ["ready", ["cancel"]],
  ["sending", ["stop"]],
  ["suspended", ["resume", "stop"]],
  ["delivered", ["look", "ask-deletion"]],
  ["receipted", ["ask-deletion"]],
  ["deletion-asked", ["look"]],
  ["kept", ["look"]],
  ["deleted", []],
  ["cancelled", []],
] as const)("given for a request and %s: %j", (state, actions) => {
  expect(actionsOf({ state, ...arrived })).toEqual(actions);
});

test("a link that has arrived is taken back, not asked about; an archive is neither", () => {
  const state = "delivered" as const;
  expect(actionsOf({ state, destination: { kind: "link" }, deliveredWallMs: 1 })).toEqual(["take-back"]);
  expect(actionsOf({ state, destination: { kind: "archive" }, deliveredWallMs: 1 })).toEqual([]);
});

test.each(["revoked", "expired", "failed"] as const)(
  "what had arrived when it was %s can be asked back",
  (state) => {
    expect(actionsOf({ state, ...arrived })).toEqual(["ask-deletion"]);
    expect(actionsOf({ state, destination: request, deliveredWallMs: null })).toEqual([]);
  },
);

test.each(grantStates)("%s stands under one filter, and has words and a tone", (state) => {
  expect(
    (["running", "arrived", "stopped"] as const).filter((filter) => isIn({ state }, filter)),
  ).toHaveLength(1);
  expect(isIn({ state }, "all")).toBe(true);
  expect(words.shared.states[state].name).not.toBe("");
  expect(toneOf(state)).toMatch(/^(calm|moving|look|off)$/u);
});

test("what goes on by itself is under way", () => {
  expect(grantStates.filter((state) => isMoving({ state }))).toEqual(["ready", "sending"]);
});
