/** Which addresses are those of a push service that the settings name. */
import { expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { pushAddress } from "../../../daemon/wire/push-host.ts";

const usual = settingsSchema.parse({}).alerts.pushHosts;

test.each([
  "https://fcm.googleapis.com/fcm/send/abc:def",
  "https://updates.push.services.mozilla.com/wpush/v2/abc",
  "https://web.push.apple.com/abc",
  "https://wns2-par02p.notify.windows.com/w/?token=abc",
])("a browser's own service: %s", (address) => {
  expect(pushAddress(address, usual)?.href).toBe(address);
});

test.each([
  "http://fcm.googleapis.com/abc",
  "https://fcm.googleapis.com:444/abc",
  "https://fcm.googleapis.com.example.org/abc",
  "https://notify.windows.com/abc",
  "https://a.b.notify.windows.com/abc",
  "https://evilnotify.windows.com/abc",
  "https://.notify.windows.com/abc",
  "https://user:word@fcm.googleapis.com/abc",
  "https://fcm.googleapis.com/abc#part",
  "https://192.168.1.5/abc",
  "file:///etc/passwd",
  "nonsense",
])("not one that may be called: %s", (address) => {
  expect(pushAddress(address, usual)).toBeNull();
});

test("not one that is longer than any service's", () => {
  expect(pushAddress(`https://fcm.googleapis.com/${"a".repeat(1_100)}`, usual)).toBeNull();
});

test("without TLS only a service on this machine, and only when it is named with its port", () => {
  expect(pushAddress("http://127.0.0.1:8/a", ["127.0.0.1:8"])).not.toBeNull();
  expect(pushAddress("http://127.0.0.1:9/a", ["127.0.0.1:8"])).toBeNull();
  expect(pushAddress("http://192.168.1.5:8/a", ["192.168.1.5:8"])).toBeNull();
});

test.each(["*", "*.com/..", "https://a.example", "a b", "*.*.example.org", "a.example/path", ""])(
  "a setting that is no host is refused: %j",
  (host) => {
    expect(settingsSchema.safeParse({ alerts: { pushHosts: [host] } }).success).toBe(false);
  },
);
