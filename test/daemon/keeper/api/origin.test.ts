import { expect, test } from "vitest";
import { isHostAllowed, isOriginAllowed } from "../../../../daemon/keeper/api/origin.ts";

test.each([
  ["127.0.0.1:8460", true],
  ["127.0.0.1", true],
  ["[::1]:8460", true],
  ["[fe80::1]", true],
  ["192.168.1.20:8460", true],
  ["localhost", true],
  ["LOCALHOST:8460", true],
  ["door.local:8460", true],
  ["porch.example:8460", true],
  ["evil.example", false],
  ["evil.example:8460", false],
  ["localhost.evil.example", false],
  ["local", false],
  ["door.local.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["", false],
  ["a b", false],
  ["[::1", false],
  ["localhost:99999999", false],
  [undefined, false],
])("Host %s allowed: %s", (host, allowed) => {
  expect(isHostAllowed(host, "porch.example")).toBe(allowed);
});

test.each([
  [undefined, true],
  ["http://door.local:8460", true],
  ["https://door.local:8460", true],
  ["http://door.local", false],
  ["http://door.local:8461", false],
  ["http://evil.example", false],
  ["null", false],
  ["", false],
])("Origin %s to door.local:8460 allowed: %s", (origin, allowed) => {
  expect(isOriginAllowed(origin, { host: "door.local:8460", secure: false })).toBe(allowed);
});

test.each([
  ["https://door.local:8460", true],
  ["http://door.local:8460", false],
  [undefined, true],
])(
  "over HTTPS, Origin %s allowed: %s, because anybody on the way can write a page in plain HTTP",
  (origin, allowed) => {
    expect(isOriginAllowed(origin, { host: "door.local:8460", secure: true })).toBe(allowed);
  },
);
