import { expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope, type Keys } from "../../../daemon/identity/keys.ts";
import { PolicyBook } from "../../../daemon/keeper/policy-book.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { policyOf } from "../../../scripts/rigs/paired.ts";
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
    book.put(envelope, { household: () => chain.household, picture: null, before });
  const first = put(signed(1, ada), async () => void chain.add({ type: "remove", person: "person-bo" }));
  const second = put(signed(2, bo));
  await first;
  await expect(second).rejects.toThrow("may not sign");
  expect(book.policy?.version).toBe(1);
});
