import { describe, expect, test } from "vitest";
import { addressOf, pageNames, routeOf } from "../../../portal/web/route/route.ts";

const at = (pathname: string, hash: string) => routeOf({ pathname, hash });
const hash = "a".repeat(64);

describe("the address of a page", () => {
  test.each(pageNames)("of %s leads back to it", (page) => {
    const of = page === "request" ? hash : page === "agency" ? "harbour-police" : "";
    expect(at("/", addressOf(page, of))).toEqual({ page, of });
  });

  test.each([
    ["", "requests"],
    ["#/", "requests"],
    ["#content", "requests"],
    ["#/desk/parcels/grant-0001", "desk"],
    ["#/nowhere", "missing"],
    ["#/request", "missing"],
    ["#/agency/", "missing"],
    ["#/agency/<script>", "missing"],
    ["#/__proto__", "missing"],
  ])("%s is %s", (address, page) => {
    expect(at("/", address).page).toBe(page);
  });

  test("keeps what stands behind a page of the desk", () => {
    expect(at("/", "#/desk/parcels/grant-0001")).toEqual({ page: "desk", of: "parcels/grant-0001" });
  });
});

describe("a share link", () => {
  const key = "AGE-SECRET-KEY-1QQQ";

  test("has its grant in the path and its key behind the #", () => {
    expect(at("/s/grant-0001", `#${key}`)).toEqual({ page: "share", of: "grant-0001", key });
  });

  test("without a key is one with an empty key", () => {
    expect(at("/s/grant-0001", "")).toEqual({ page: "share", of: "grant-0001", key: "" });
  });

  test("with what is no text behind the # is one with a wrong key", () => {
    expect(at("/s/grant-0001", "#%E0%A4%A")).toEqual({ page: "share", of: "grant-0001", key: "%E0%A4%A" });
  });

  test.each(["/s/", "/s/UPPER-CASE", "/s/short", "/s/a/b/c"])("%s is none", (pathname) => {
    expect(at(pathname, `#${key}`).page).not.toBe("share");
  });
});
