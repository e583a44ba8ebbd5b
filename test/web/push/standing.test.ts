/** May this browser be told, is it, and why not. */
import { expect, test } from "vitest";
import type { PhonesShown } from "../../../daemon/wire/api-push.ts";
import { standingOf, type Here } from "../../../web/push/standing.ts";
import { words } from "../../../web/words.ts";

const here: Here = {
  worker: "ready",
  permission: "default",
  hasPush: true,
  mustInstall: false,
  mark: null,
};
const phone = { id: "a", person: "p", label: "l", service: "s", addedWallMs: 0, mark: "mine", own: true };
const shown: PhonesShown = { on: true, allowed: true, key: "k", phones: [phone] };

const me = { id: "p", name: "Ada", signKey: "k", sealTo: null };
const member = { person: { ...me, role: "member" } } as const;
const owner = { person: { ...me, role: "owner" } } as const;

test.each([
  ["nobody may be", here, { ...shown, on: false }, "off"],
  ["not installed on an iPhone", { ...here, mustInstall: true, worker: "unsupported" }, shown, "install"],
  ["plain HTTP", { ...here, worker: "insecure" }, shown, "insecure"],
  ["a certificate clicked away", { ...here, worker: "untrusted" }, shown, "untrusted"],
  ["a private window", { ...here, worker: "failed" }, shown, "failed"],
  ["no service workers", { ...here, worker: "unsupported" }, shown, "unsupported"],
  ["no push", { ...here, hasPush: false }, shown, "unsupported"],
  ["no notifications", { ...here, permission: null }, shown, "unsupported"],
  ["said no once", { ...here, permission: "denied", mark: "mine" }, shown, "denied"],
  ["not asked yet", here, shown, "ask"],
  ["asked, and not told", { ...here, permission: "granted" }, shown, "ask"],
  ["forgotten by the doorbell", { ...here, permission: "granted", mark: "other" }, shown, "ask"],
  ["told", { ...here, permission: "granted", mark: "mine" }, shown, "told"],
] as const)("%s", (_what, browser, list, state) => {
  expect(standingOf(browser, list, member).state).toBe(state);
});

test("another's on the same browser, which an owner sees, is not one's own", () => {
  const told = { ...here, permission: "granted", mark: "mine" } as const;
  const others = { ...shown, phones: [{ ...phone, person: "bob" }] };
  expect(standingOf(told, others, owner).state).toBe("ask");
});

test("a member waits for an owner's word, an owner gives it by being told", () => {
  const closed = { ...shown, allowed: false, phones: [] };
  expect(standingOf(here, closed, member).state).toBe("closed");
  expect(standingOf(here, closed, owner).state).toBe("ask");
});

test("what cannot be put right here is said with what to do", () => {
  for (const { title, note } of Object.values(words.push.standing)) expect([title, note]).not.toContain("");
});
