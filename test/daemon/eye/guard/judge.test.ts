import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  firstState,
  isClosed,
  judge,
  type JudgeState,
  type Look,
} from "../../../../daemon/eye/guard/judge.ts";
import { tuning } from "../../../../daemon/eye/guard/tuning.ts";

const learntClear = 15;
const here: Look = { verdict: "here", clear: 14, learntClear, bare: false };
const faint: Look = { ...here, clear: 5 };
const away: Look = { ...here, verdict: "away", clear: 2 };
const foreign: Look = { ...here, verdict: "unseen", clear: 2 };
const bare: Look = { ...foreign, bare: true };

const times = (count: number, look: Look): Look[] => Array.from({ length: count }, () => look);
const after = (looks: readonly Look[], from: JudgeState = firstState(true, learntClear)): JudgeState =>
  looks.reduce(judge, from);
const told = ({ state, reason }: JudgeState): string => (reason === null ? state : `${state} ${reason}`);

describe("from watching", () => {
  test.each([
    ["two looks away are a slammed door", [here, away, away, here], "watching"],
    ["three are a bump", [here, away, away, away], "tripped moved"],
    [
      "three looks without the scene are a passer-by at the lens",
      [here, ...times(3, foreign), here],
      "watching",
    ],
    ["four are a cover", [here, ...times(4, foreign)], "tripped covered"],
    ["a sudden dark is a cover too", [here, ...times(4, bare)], "tripped covered"],
    ["a scene that faded and is bare is not", [...times(60, faint), ...times(4, bare)], "blind"],
    [
      "a scene that faded behind another one is covered",
      [...times(60, faint), ...times(4, foreign)],
      "tripped covered",
    ],
  ])("%s", (_, looks, says) => {
    expect(told(after(looks))).toBe(says);
  });
});

describe("from covered", () => {
  const covered = after(times(4, foreign));
  const changedLooks = tuning.changedMs / tuning.lookEveryMs;

  test.each([
    ["five looks in a row at the scene are not enough", times(5, here), "tripped covered"],
    ["six are", times(6, here), "watching"],
    [
      "a look that misses it begins the count again",
      [...times(5, here), bare, ...times(5, here)],
      "tripped covered",
    ],
    ["the scene in another place is a camera that was moved", times(3, away), "tripped moved"],
    ["another scene for minutes is changed", times(changedLooks, foreign), "tripped changed"],
    ["a lens that stays dark is still covered", times(2 * changedLooks, bare), "tripped covered"],
  ])("%s", (_, looks, says) => {
    expect(told(after(looks, covered))).toBe(says);
  });
});

test("in the dark nothing is closed until edges show that are not the scene's", () => {
  const blind = after([...times(60, faint), ...times(4, bare)]);
  expect(told(after(times(500, bare), blind))).toBe("blind");
  expect(told(after(times(4, foreign), blind))).toBe("tripped covered");
  expect(told(after([here], blind))).toBe("watching");
});

test("a start with a known reference is closed until the scene was recognised", () => {
  const first = firstState(false, learntClear);
  expect(isClosed(first)).toBe(true);
  expect(isClosed(after([foreign, bare, away], first))).toBe(true);
  expect(told(after([foreign, here], first))).toBe("watching");
});

const anyLook = fc.constantFrom(here, faint, away, foreign, bare);

test("law: moved and changed stay, whatever is seen", () => {
  fc.assert(
    fc.property(
      fc.array(anyLook, { maxLength: 60 }),
      fc.constantFrom("moved", "changed"),
      (looks, reason) => {
        const final: JudgeState = { ...firstState(true, learntClear), state: "tripped", reason };
        expect(after(looks, final)).toMatchObject({ state: "tripped", reason });
      },
    ),
  );
});

test("law: what is closed opens only after six looks in a row that saw the scene in its place", () => {
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: 80 }), (looks) => {
      let state = firstState(true, learntClear);
      for (const [i, look] of looks.entries()) {
        const next = judge(state, look);
        if (isClosed(state) && !isClosed(next)) {
          const lately = looks.slice(i + 1 - tuning.backLooks, i + 1);
          expect(lately.every(({ verdict }) => verdict === "here")).toBe(true);
        }
        state = next;
      }
    }),
  );
});
