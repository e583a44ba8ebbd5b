import { describe, expect, test } from "vitest";
import { StillNonce } from "../../../../daemon/eye/setup-still/nonce.ts";
import { admitRequest } from "../../../../daemon/eye/setup-still/request.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../../daemon/identity/keys.ts";
import type { SetupStill } from "../../../../daemon/policy/setup-still.ts";
import { ada, bo, Chain, eve, personOf } from "../trust/house.ts";

const device = eve.signKey; // any 32 bytes name a doorbell
const { household } = new Chain(device)
  .add({ type: "enrol", person: personOf(bo, "member", "Bo") })
  .add({ type: "enrol", person: personOf(eve, "owner", "Eve") })
  .add({ type: "remove", person: "person-eve" });

function ask(nonce: StillNonce, change: Partial<SetupStill> = {}, by: Keys = ada) {
  const request: SetupStill = { device, nonce: nonce.value, issuedAt: 0, ...change };
  return signEnvelope(by, payloadTypes.setupStill, request);
}

test("an owner's request is admitted once, and the picture goes to that owner", () => {
  const nonce = new StillNonce();
  const request = ask(nonce);
  const before = nonce.value;
  expect(admitRequest(request, household, nonce).text).toBe(ada.sealTo);
  expect(nonce.value).not.toBe(before);
  expect(() => admitRequest(request, household, nonce)).toThrow(/used already, or is too old/);
});

test("no clock matters: a request signed ten years ahead or behind is judged by its nonce alone", () => {
  const tenYearsMs = 10 * 365 * 24 * 3_600_000;
  for (const issuedAt of [0, Date.now() - tenYearsMs, Date.now() + tenYearsMs]) {
    const nonce = new StillNonce();
    expect(admitRequest(ask(nonce, { issuedAt }), household, nonce).text).toBe(ada.sealTo);
  }
});

describe("refused, and the nonce stays good:", () => {
  const otherNonce = new StillNonce();
  test.each<[string, (nonce: StillNonce) => unknown, RegExp]>([
    ["nothing", () => undefined, /not a signed message/],
    ["a member's request", (nonce) => ask(nonce, {}, bo), /may not sign/],
    ["a former owner's", (nonce) => ask(nonce, {}, eve), /may not sign/],
    ["one for another doorbell", (nonce) => ask(nonce, { device: ada.signKey }), /another doorbell/],
    ["one with another nonce", () => ask(otherNonce), /too old/],
    ["a shorter nonce", (nonce) => ask(nonce, { nonce: nonce.value.slice(0, 20) }), /too old/],
    [
      "a policy's signature",
      (nonce) => ({ ...ask(nonce), payloadType: payloadTypes.policy }),
      /has the type/,
    ],
    [
      "a changed payload",
      (nonce) => ({ ...ask(nonce), payload: ask(nonce, { issuedAt: 1 }).payload }),
      /does not fit/,
    ],
  ])("%s", (_name, request, words) => {
    const nonce = new StillNonce();
    expect(() => admitRequest(request(nonce), household, nonce)).toThrow(words);
    expect(admitRequest(ask(nonce), household, nonce).text).toBe(ada.sealTo);
  });
});
