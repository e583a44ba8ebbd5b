/** Who chose to be told on this browser still is at the next start of the page, or learns that they are not. */
import { expect, test } from "vitest";
import type { PhonesShown } from "../../../daemon/wire/api-push.ts";
import { toldStep, type Seen } from "../../../web/push/told-step.ts";

const phone = { id: "a", person: "ada", label: "l", service: "s", addedWallMs: 0, mark: "here", own: true };
const shown: PhonesShown = { on: true, allowed: true, key: "k", phones: [phone] };
const without = { ...shown, phones: [] };
const another: PhonesShown = { ...shown, phones: [{ ...phone, own: false }] };
const kept = { person: "ada", key: "k", mark: "here" };
const seen: Seen = { kept, mark: "here", shown, person: "ada", mayNotify: true };

test.each([
  ["all is well", seen, "nothing"],
  ["told before anything was kept here", { ...seen, kept: null }, "nothing"],
  ["another session than when it was added", { ...seen, shown: another }, "bind"],
  ["another address", { ...seen, mark: "new", shown }, "move"],
  [
    "another address, the one before forgotten by its service",
    { ...seen, mark: "new", shown: without },
    "move",
  ],
  ["no address any more", { ...seen, mark: null, shown: without }, "move"],
  ["removed by somebody", { ...seen, shown: without }, "lost"],
  ["another address, not allowed to show anything", { ...seen, mark: null, mayNotify: false }, "lost"],
  [
    "another address, and a list that was begun anew",
    { ...seen, mark: "new", shown: { ...shown, key: "k2" } },
    "lost",
  ],
  ["alerts to browsers switched off", { ...seen, shown: { ...without, on: false, key: null } }, "nothing"],
  ["somebody else's choice, seen by an owner", { ...seen, person: "bob" }, "nothing"],
  ["somebody else's choice, seen by a member", { ...seen, person: "bob", shown: without }, "nothing"],
  ["nobody's choice", { ...seen, kept: null, mark: null }, "nothing"],
] as const)("%s", (_what, what, step) => {
  expect(toldStep(what)).toBe(step);
});
