import { expect, test } from "vitest";
import { everything, rulesSchema, type Rules } from "../../../daemon/alerts/rules.ts";
import {
  changedWindow,
  flawOf,
  isSame,
  mostWindows,
  withDay,
  withKind,
  withoutWindow,
  withWindow,
  withZone,
} from "../../../web/alerts/draft.ts";

const rules = everything("Europe/Berlin");
const one = withWindow(rules);

test("what the page makes of rules is what the doorbell takes", () => {
  const edits: Rules[] = [
    withKind(rules, "ring", false),
    withKind(withKind(rules, "ring", false), "ring", true),
    withZone(rules, "Path", true),
    one,
    changedWindow(one, 0, { from: "13:00", to: "15:00" }),
    withoutWindow(one, 0),
  ];
  for (const edit of edits) expect(rulesSchema.parse(edit)).toEqual(edit);
});

test("a kind, a zone and a day can be taken away and put back, in whatever order", () => {
  expect(isSame(withKind(withKind(rules, "ring", false), "ring", true), rules)).toBe(true);
  expect(isSame(withZone(withZone(rules, "Path", true), "Path", false), rules)).toBe(true);
  const [window] = one.quiet;
  if (window === undefined) throw new Error("no window");
  const without = withDay(window, "mon", false);
  expect([without.includes("mon"), without.length]).toEqual([false, 6]);
  const again = changedWindow(one, 0, { days: withDay({ ...window, days: without }, "mon", true) });
  expect(isSame(again, one)).toBe(true);
  expect(isSame(changedWindow(one, 0, { to: "08:00" }), one)).toBe(false);
});

test("quiet hours without a day or a time are not saved", () => {
  expect(flawOf(one)).toBeNull();
  expect(flawOf(changedWindow(one, 0, { days: [] }))).toBe("no-day");
  expect(flawOf(changedWindow(one, 0, { from: "" }))).toBe("no-time");
});

test("there are no more windows than the doorbell takes", () => {
  const many = Array.from({ length: mostWindows + 2 }).reduce<Rules>((each) => withWindow(each), rules);
  expect(rulesSchema.parse(many).quiet.length).toBe(mostWindows);
});
