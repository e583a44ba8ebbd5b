import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { lanHostOf, noticeAddress } from "../../../../daemon/keeper/notice/address.ts";
import { gapsOf, noticeFacts, type PolicyFacts } from "../../../../daemon/keeper/notice/facts.ts";
import { promisesOf } from "../../../../daemon/keeper/notice/promises.ts";
import { noticeWords } from "../../../../daemon/keeper/notice/translations.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { complete, silent } from "./samples.ts";

const picture = { width: 640, height: 480 };
const policy: PolicyFacts = { ...porchPolicy, retentionHours: 24, picture, audio: false, publish: {} };
const factsOf = (storageHours: number, inForce: PolicyFacts | null) =>
  noticeFacts({
    settings: settingsSchema.parse({ storage: { retentionHours: storageHours } }),
    policy: inForce,
    inForce: true,
    address: null,
  });

test.each([
  [72, policy, 24],
  [12, policy, 12],
  [72, null, 72],
])("settings of %i hours and this policy keep recordings for the shorter time", (hours, inForce, kept) => {
  expect(factsOf(hours, inForce).retentionHours).toBe(kept);
});

test("the drawing has the shape of the picture on which the line was drawn", () => {
  expect(factsOf(72, policy).picture).toEqual(picture);
  expect(factsOf(72, null)).toMatchObject({ shape: null, picture: { width: 1280, height: 720 } });
});

test("a policy that the eye does not obey shows nothing, and recordings go as it says all the same", () => {
  const settings = settingsSchema.parse({});
  const facts = noticeFacts({ settings, policy, inForce: false, address: null });
  expect([facts.shape, facts.retentionHours]).toEqual([null, 24]);
});

test("a camera on its side has its drawing upright, as it shows its picture", () => {
  const settings = settingsSchema.parse({ camera: { rotate: 90 } });
  const turned = noticeFacts({ settings, policy, inForce: true, address: null });
  expect(turned.picture).toEqual({ width: 480, height: 640 });
  const [first] = porchPolicy.propertyLine;
  expect(turned.shape?.propertyLine[0]).toEqual([1 - (first?.[1] ?? 0), first?.[0]]);
});

test("what the owner has not said is a gap, not a made-up default", () => {
  expect(gapsOf(complete)).toEqual([]);
  expect(gapsOf(silent)).toEqual(["controller", "contact", "purpose", "line", "address"]);
  expect(factsOf(72, null)).toMatchObject({ controller: null, contact: null, purpose: null });
});

const asked = { url: "", protocol: "https", host: "192.0.2.20:8460", lanHost: "192.0.2.20" };
test.each([
  ["the setting, when there is one", { url: "https://example.org/door" }, "https://example.org/door"],
  [
    "the setting in letters that every phone reads",
    { url: "https://exämple.org/é" },
    "https://xn--exmple-cua.org/%C3%A9",
  ],
  ["nowhere, when the setting is no web address", { url: "javascript:alert(1)" }, null],
  ["where it was asked for", {}, "https://192.0.2.20:8460/notice"],
  ["the name it was asked for by", { host: "door.local:8460" }, "https://door.local:8460/notice"],
  ["the network's address, asked on itself", { host: "localhost:8460" }, "https://192.0.2.20:8460/notice"],
  [
    "an IPv6 address in brackets",
    { host: "[::1]:8460", lanHost: "2001:db8::5" },
    "https://[2001:db8::5]:8460/notice",
  ],
  ["nowhere, when it listens to itself alone", { host: "127.0.0.1:8460", lanHost: null }, null],
  ["nowhere, when the host makes no sense", { host: "a b" }, null],
])("the page is at %s", (_what, changes, address) => {
  expect(noticeAddress({ ...asked, ...changes })).toBe(address);
});

const card = { internal: false };
test.each([
  ["127.0.0.1", null],
  ["localhost", null],
  ["192.0.2.7", "192.0.2.7"],
  ["0.0.0.0", "192.0.2.9"],
  ["::", "192.0.2.9"],
])("listening on %s it is found on the network at %s", (host, found) => {
  const interfaces = {
    lo: [{ internal: true, address: "127.0.0.1" }],
    eth0: [
      { ...card, address: "fe80::1" },
      { ...card, address: "2001:db8::1" },
      { ...card, address: "192.0.2.9" },
    ],
  };
  expect(lanHostOf(host, interfaces)).toBe(found);
});

test.each([
  [{}, false, false],
  [{ audio: true }, true, false],
  [{ publish: { rtsp: true } }, false, true],
  [{ publish: { webhook: false } }, false, false],
])("a policy with %j: heard %s, given %s", (open, heard, given) => {
  expect(factsOf(72, { ...policy, ...open })).toMatchObject({ heard, given });
});

test("the sign says what the owner opened, in the place of what is promised otherwise", () => {
  const { en } = noticeWords;
  const closed = promisesOf(complete, en);
  const open = promisesOf({ ...complete, heard: true, given: true }, en);
  expect(open).toHaveLength(closed.length);
  expect(closed.filter((promise) => !open.includes(promise))).toEqual([en.promises.sound, en.promises.place]);
  expect(open).toEqual(expect.arrayContaining([en.promises.soundHeard, en.promises.placeGiven]));
});
