import { expect, test } from "vitest";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { rewrap } from "../../../../daemon/seal/age/rewrap.ts";
import { open, seal } from "../../../../daemon/seal/age/seal.ts";
import { filler, seededIdentity } from "./seeded.ts";
import { thrownBy } from "./thrown.ts";

const [owner, agency, eve] = [seededIdentity("owner"), seededIdentity("agency"), seededIdentity("eve")];
const plain = filler(100_000);
const file = seal(plain, [recipientOf(owner)]);
const toAgency = { identities: [owner], recipients: [recipientOf(agency)] };

test("the new recipient opens the old payload under the new header, the old one does not", () => {
  const { header, payloadAt } = rewrap(file, toAgency);
  const handedOn = Buffer.concat([header, file.subarray(payloadAt)]);
  expect(Buffer.compare(open(handedOn, [agency]), plain)).toBe(0);
  expect(thrownBy(() => open(handedOn, [owner]))).toContain("denied");
});

test("the header alone is enough, and nothing of it is left", () => {
  const { payloadAt } = rewrap(file, toAgency);
  const { header } = rewrap(file.subarray(0, payloadAt), toAgency);
  const lines = Buffer.from(file.subarray(0, payloadAt)).toString("latin1").split("\n").slice(1, -1);
  expect(lines.filter((line) => Buffer.from(header).includes(line))).toEqual([]);
});

test("whoever cannot open a file cannot hand it on", () => {
  expect(thrownBy(() => rewrap(file, { ...toAgency, identities: [eve] }))).toContain("denied");
});

test("a changed header is not handed on", () => {
  const greased = Buffer.from(
    Buffer.from(file).toString("latin1").replace("--- ", "-> grease\n\n--- "),
    "latin1",
  );
  expect(thrownBy(() => rewrap(greased, toAgency))).toContain("corrupt: age header: its MAC does not match");
});
