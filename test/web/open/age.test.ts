/** The page's reader of sealed files, against what the doorbell writes. */
import { expect, test } from "vitest";
import { keysOf } from "../../../daemon/identity/keys.ts";
import { generateIdentity, parseRecipient, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { seal } from "../../../daemon/seal/age/seal.ts";
import { openerWith } from "../../../web/open/age.ts";

const keys = keysOf(new Uint8Array(32).fill(3));
const me = parseRecipient(keys.sealTo);
const others = Array.from({ length: 3 }, () => recipientOf(generateIdentity()));
const chunk = 64 * 1024;

function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk])(
  "what the doorbell seals to me opens here: %d bytes",
  (length) => {
    const plain = patterned(length);
    expect(openerWith(keys.sealSecret).open(seal(plain, [me]))).toEqual(plain);
  },
);

test("among other viewers my place is found, wherever it is", () => {
  const opener = openerWith(keys.sealSecret);
  const plain = patterned(100);
  for (const recipients of [
    [...others, me],
    [me, ...others],
    [...others, me],
  ])
    expect(opener.open(seal(plain, recipients))).toEqual(plain);
});

test("a file that was sealed to others is denied, in words", () => {
  const file = seal(patterned(100), others);
  expect(thrown(() => openerWith(keys.sealSecret).open(file))).toMatchObject({
    kind: "denied",
    message: "this was not sealed to your key",
  });
});

test("a file cut off anywhere is corrupt and gives nothing out", () => {
  const file = seal(patterned(2 * chunk + 10), [me]);
  const opener = openerWith(keys.sealSecret);
  for (const length of [30, 150, 200, 216, 230, 300, 216 + chunk, 216 + chunk + 16, file.length - 1])
    expect(thrown(() => opener.open(file.subarray(0, length)))).toMatchObject({ kind: "corrupt" });
});

test("a changed byte is found, in the header and in the payload", () => {
  const file = seal(patterned(2 * chunk), [me]);
  const opener = openerWith(keys.sealSecret);
  for (const at of [file.length - 1, file.length - chunk, 100 + chunk]) {
    const changed = Uint8Array.from(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(thrown(() => opener.open(changed))).toMatchObject({ kind: "corrupt" });
  }
});
