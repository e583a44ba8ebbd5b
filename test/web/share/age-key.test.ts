import { expect, test } from "vitest";
import { parseIdentity, recipientOf } from "../../../daemon/seal/age/keys.ts";
import { flawOf, linkOf, newLinkKey, pointOf, shareAddress } from "../../../web/share/age-key.ts";

const { sealTo, secret } = newLinkKey();

test("a link's key opens what is sealed to its other half, and every link has its own", () => {
  expect(recipientOf(parseIdentity(secret)).text).toBe(sealTo);
  expect(newLinkKey().sealTo).not.toBe(sealTo);
});

test.each([
  ["", "empty"],
  ["  \n", "empty"],
  [secret, "secret"],
  [secret.toLowerCase(), "secret"],
  ["age1", "wrong"],
  [sealTo.slice(0, -1), "wrong"],
  [`${sealTo}q`, "wrong"],
  [sealTo, null],
  [` ${sealTo}\n`, null],
])("a pasted key: %j is %j", (pasted, flaw) => {
  expect(flawOf(pasted)).toBe(flaw);
});

test("a key that protects nothing has no point", () => {
  expect(() => pointOf("age1qqqq")).toThrow(/not an age recipient/u);
});

test.each(["https://portal.example/dock/shares", "https://portal.example/dock/shares/"])(
  "the key stands behind the # of a link at %s, where no server sees it",
  (dock) => {
    expect(linkOf(dock, "0123456789", secret)).toBe(`https://portal.example/s/0123456789#${secret}`);
    expect(new URL(linkOf(dock, "0123456789", secret)).pathname).not.toContain("SECRET");
    expect(shareAddress("https://example.org/sill/dock/shares", "0123")).toBe(
      "https://example.org/sill/s/0123",
    );
  },
);
