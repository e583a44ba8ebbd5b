import { expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import { PolicyBook } from "../../../daemon/keeper/policy-book.ts";
import type { Policy } from "../../../daemon/policy/policy.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { policyOf } from "../../../scripts/rigs/paired.ts";
import { Fault } from "../../../hal/fault.ts";
import { ada, bo, Chain, eve, personOf } from "../eye/trust/house.ts";
import { tempFolder } from "./temp-folder.ts";

const device = eve.signKey;
const signed = (version: number, by: Keys) =>
  signEnvelope(by, payloadTypes.policy, policyOf(device, { version }));

test("a policy that waits its turn is judged by who owns the doorbell when the turn comes", async () => {
  await using folder = await tempFolder();
  const book = await PolicyBook.open(dataPaths(folder.path));
  const chain = new Chain(device).add({ type: "enrol", person: personOf(bo, "owner", "Bo") });
  const put = (envelope: unknown, before = async () => {}) =>
    book.put(envelope, { household: () => chain.household, picture: null, before, onNarrowed: () => {} });
  const first = put(signed(1, ada), async () => void chain.add({ type: "remove", person: "person-bo" }));
  const second = put(signed(2, bo));
  await first;
  await expect(second).rejects.toThrow("may not sign");
  expect(book.policy?.version).toBe(1);
});

test("what a signed policy takes back is taken back though it cannot be written; what it gives waits for that", async () => {
  await using folder = await tempFolder();
  const book = await PolicyBook.open(dataPaths(folder.path));
  const { household } = new Chain(device);
  const signedWith = (version: number, changes: Partial<Policy>): unknown =>
    signEnvelope(ada, payloadTypes.policy, policyOf(device, { version, ...changes }));
  let full = false;
  const seen: unknown[] = [];
  const put = (envelope: unknown) =>
    book.put(envelope, {
      household: () => household,
      picture: null,
      onNarrowed: () => void seen.push(book.policy?.publish.rtsp),
      before: async ({ was }) => {
        seen.push(was?.publish.rtsp);
        if (full) throw new Fault("exhausted", "the disk is full");
      },
    });
  await put(signedWith(1, { audio: true, publish: { rtsp: true } }));
  full = true;
  await expect(put(signedWith(2, { publish: { ntfy: true } }))).rejects.toThrow("full");
  expect([book.policy?.version, book.policy?.audio, book.policy?.publish]).toEqual([
    1,
    false,
    { rtsp: false, ntfy: false, webhook: false },
  ]);
  full = false;
  await put(signedWith(2, { publish: { ntfy: true } }));
  expect([book.policy?.version, book.policy?.publish]).toEqual([2, { ntfy: true }]);
  // the history compares with what was in force, each time
  expect(seen).toEqual([undefined, undefined, false, true, false, true]);
});
