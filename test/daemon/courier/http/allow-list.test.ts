import fc from "fast-check";
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { isWithin } from "../../../../daemon/courier/http/home.ts";
import { Fault } from "../../../../hal/fault.ts";

const list = new AllowList(
  settingsSchema.parse({
    portal: {
      url: "https://Portal.Example.org/sill",
      docks: ["dock.example.org:8443", "127.0.0.1:9000", "[2001:db8::7]"],
    },
    archive: { to: "http://192.168.1.20:1080/files" },
  }),
);

test.each([
  "https://portal.example.org/sill/log/checkpoint",
  "https://portal.example.org:443/dock/shares",
  "https://PORTAL.example.org/",
  "https://dock.example.org:8443/x",
  "https://127.0.0.1:9000/x",
  "http://127.0.0.1:9000/x",
  "https://[2001:db8::7]/x",
  "http://192.168.1.20:1080/files/abc",
])("%s may be called", (address) => {
  expect(list.check(address).url.href).toBe(new URL(address).href);
});

test.each([
  ["another host", "https://example.org/"],
  ["a name that begins like it", "https://portal.example.org.evil.example/"],
  ["a name above it", "https://example.org/portal.example.org"],
  ["a name below it", "https://a.portal.example.org/"],
  ["a final dot", "https://portal.example.org./"],
  ["another port", "https://portal.example.org:444/"],
  ["another port of the dock", "https://dock.example.org/"],
  ["no TLS", "http://portal.example.org/"],
  ["no TLS to a dock", "http://dock.example.org:8443/"],
  ["another port of this machine", "http://127.0.0.1:9001/"],
  ["this machine by another name", "http://localhost:9000/"],
  ["a user name", "https://ada@portal.example.org/"],
  ["a password", "https://:x@portal.example.org/"],
  ["a fragment", "https://portal.example.org/#AGE-SECRET-KEY-1"],
  ["an address that hides behind a user name", "https://portal.example.org@evil.example/"],
  ["another machine of the home", "http://192.168.1.21:1080/files"],
  ["a cloud's metadata", "http://169.254.169.254/latest"],
  ["a file", "file:///etc/passwd"],
  ["a socket", "wss://portal.example.org/"],
  ["no address", "portal.example.org"],
  ["nothing", ""],
  ["a very long one", `https://portal.example.org/${"a".repeat(600)}`],
])("%s may not be called", (_what, address) => {
  expect(() => list.check(address)).toThrow(Fault);
});

test("without settings nobody may be called", () => {
  const none = new AllowList(settingsSchema.parse({}));
  expect(none.size).toBe(0);
  expect(() => none.check("https://example.org/")).toThrow(/not among the hosts/);
});

test("an archive in a folder adds no host", () => {
  expect(new AllowList(settingsSchema.parse({ archive: { to: "file:///mnt/nas" } })).size).toBe(0);
});

test("an archive without TLS must be at home", () => {
  const to = "http://93.184.216.34/files";
  const open = new AllowList(settingsSchema.parse({ archive: { to } }));
  expect(() => open.check(to)).toThrow(/not in the home network/);
});

test("whatever is called is one of the origins that were named", () => {
  const named = new Set(["https://portal.example.org", "https://dock.example.org:8443"]);
  const only = new AllowList(
    settingsSchema.parse({ portal: { url: "https://portal.example.org", docks: ["dock.example.org:8443"] } }),
  );
  const pieces = [
    "https://",
    "http://",
    "portal.example.org",
    "dock.example.org",
    ":8443",
    "@",
    "/",
    "\\",
    "#",
    "?",
    ".",
    "evil.example",
    "%2e",
    "\t",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
      let origin: string | null = null;
      try {
        origin = only.check(parts.join("")).url.origin;
      } catch {
        return;
      }
      expect(named).toContain(origin);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["127.0.0.1", true, true],
  ["::1", true, true],
  ["[::1]", true, true],
  ["::ffff:127.0.0.1", true, true],
  ["10.0.0.1", false, true],
  ["172.31.255.255", false, true],
  ["172.32.0.1", false, false],
  ["192.168.0.1", false, true],
  ["192.169.0.1", false, false],
  ["169.254.10.1", false, true],
  ["fd00::1", false, true],
  ["fe80::1", false, true],
  ["2001:db8::1", false, false],
  ["100.64.0.1", false, false],
  ["8.8.8.8", false, false],
  ["::ffff:8.8.8.8", false, false],
  ["0.0.0.0", false, false],
  ["example.org", false, false],
])("%s: this machine %s, home %s", (address, here, home) => {
  expect([isWithin(address, "here"), isWithin(address, "home")]).toEqual([here, home]);
});

test.each([
  "dock.example.org/path",
  "ada@dock.example.org",
  "https://dock.example.org",
  "dock example",
  "dock:99999",
  "",
])("the settings take no dock that reads %j", (dock) => {
  expect(settingsSchema.safeParse({ portal: { docks: [dock] } }).success).toBe(false);
});
