import { expect, test } from "vitest";
import { pageAt } from "../../../web/route/pages.ts";
import { routeOf } from "../../../web/route/route.ts";

test.each([
  ["", ""],
  ["#", ""],
  ["#/", ""],
  ["#/people", "people"],
  ["#/people?x", "people"],
  ["#/people/", "people"],
  ["#/share/request/0a1b", "share/request/0a1b"],
  ["#/share//x", "share"],
  ["#events", null],
  ["#/../x", ""],
])("the address %j names the page %j", (hash, route) => {
  expect(routeOf(hash)).toBe(route);
});

test.each([
  ["people", "people", []],
  ["people/ada/x-1", "people", ["ada", "x-1"]],
] as const)("the address %j opens the page %j and hands it the rest", (route, page, rest) => {
  expect(pageAt("owner", route)).toMatchObject({ entry: { route: page }, rest });
});

test.each([
  ["owner", "peopl"],
  ["owner", "peoples"],
  ["member", "line"],
  ["tester", "history/x"],
] as const)("%s finds nothing at %j", (role, route) => {
  expect(pageAt(role, route)).toBeNull();
});
