import { expect, test } from "vitest";
import { guardProblem } from "../../../daemon/keeper/guard-problem.ts";

test.each([
  [{ state: "tripped", reason: "moved" }, "confirm or redraw the line"],
  [{ state: "tripped", reason: "changed" }, "confirm or redraw the line"],
  [{ state: "tripped", reason: "covered" }, "comes back"],
  [{ state: "tripped" }, "confirm or redraw the line"],
] as const)("%j is a problem that says what to do", (guard, says) => {
  expect(guardProblem(guard)).toContain(says);
});

test.each([
  undefined,
  { state: "off" },
  { state: "learning" },
  { state: "watching" },
  { state: "blind" },
] as const)("%j keeps nothing closed", (guard) => {
  expect(guardProblem(guard)).toBe(null);
});
