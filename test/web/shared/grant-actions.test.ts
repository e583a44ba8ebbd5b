import { expect, test } from "vitest";
import { isAnswerable, mayStep } from "../../../daemon/consent/grant-state.ts";
import { grantStates, type GrantState } from "../../../daemon/wire/api-consent.ts";
import { actionsOf, isIn, isMoving, toneOf, type GrantAction } from "../../../web/shared/grant-actions.ts";
import { words } from "../../../web/words.ts";

const request = { kind: "request", request: "ab".repeat(32), agency: "harbour-police" } as const;
const order = { kind: "court-order", order: "cd".repeat(32) } as const;
const [atAgency, atShares] = [
  { deliverTo: "https://portal.test/dock/agencies/harbour-police" },
  { deliverTo: "https://portal.test/dock/shares" },
];
const arrived = { destination: request, recipient: atAgency, deliveredWallMs: 1 };

/** Where each action leads; looking changes nothing by itself. */
const leads: Readonly<Record<Exclude<GrantAction, "look">, GrantState>> = {
  cancel: "cancelled",
  stop: "revoked",
  "take-back": "revoked",
  resume: "sending",
  "ask-deletion": "deletion-asked",
};

test.each(grantStates)("of %s, nothing is offered that the doorbell would refuse", (state) => {
  for (const destination of [request, order, { kind: "link" }, { kind: "archive" }] as const)
    for (const recipient of [atAgency, atShares]) {
      const card = { state, destination, recipient, deliveredWallMs: 1 };
      const actions = actionsOf(card);
      for (const action of actions) if (action !== "look") expect(mayStep(state, leads[action])).toBe(true);
      if (!isAnswerable(card)) expect(actions).not.toContain("ask-deletion");
    }
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

test("what a court ordered is taken back where it lies behind a link, and asked about where an agency has it", () => {
  const card = { state: "delivered", destination: order, deliveredWallMs: 1 } as const;
  expect(actionsOf({ ...card, recipient: atShares })).toEqual(["take-back"]);
  expect(actionsOf({ ...card, recipient: atAgency })).toEqual(["look", "ask-deletion"]);
});

test("a link that has arrived is taken back, not asked about; an archive is neither", () => {
  const state = "delivered" as const;
  expect(
    actionsOf({ state, destination: { kind: "link" }, recipient: atShares, deliveredWallMs: 1 }),
  ).toEqual(["take-back"]);
  expect(
    actionsOf({ state, destination: { kind: "archive" }, recipient: atShares, deliveredWallMs: 1 }),
  ).toEqual([]);
});

test.each(["revoked", "expired", "failed"] as const)(
  "what had arrived when it was %s can be asked back",
  (state) => {
    expect(actionsOf({ state, ...arrived })).toEqual(["ask-deletion"]);
    expect(actionsOf({ state, ...arrived, deliveredWallMs: null })).toEqual([]);
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
