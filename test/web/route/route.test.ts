import { expect, test } from "vitest";
import { routeOf } from "../../../web/route/route.ts";

test.each([
  ["", ""],
  ["#", ""],
  ["#/", ""],
  ["#/people", "people"],
  ["#/people?x", "people"],
  ["#events", null],
  ["#/../x", ""],
])("the address %j names the page %j", (hash, route) => {
  expect(routeOf(hash)).toBe(route);
});
