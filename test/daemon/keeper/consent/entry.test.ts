import fc from "fast-check";
import { expect, test } from "vitest";
import { maxEntryBytes, readEntry } from "../../../../daemon/keeper/consent/feed/entry.ts";
import { requestEnvelope, testAgency, testRequest } from "../../../../scripts/rigs/agency.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const agency = testAgency();
const request = testRequest(agency, { nowMs: 1_800_000_000_000 });
const envelope = requestEnvelope(agency, request);

test("an entry is read alike however its JSON is written", () => {
  const { signatures, payload, payloadType } = envelope;
  const written = readEntry(bytesOf(JSON.stringify(envelope)));
  expect(written).toMatchObject({ payloadType, signKey: agency.keys.signKey, json: request });
  for (const text of [
    JSON.stringify(envelope, null, 2),
    JSON.stringify({ signatures, payload, payloadType }),
    JSON.stringify(envelope).replaceAll("/", "\\/"),
  ])
    expect(readEntry(bytesOf(text))).toEqual(written);
});

test.each<[string, string]>([
  ["a payload with a second spelling", JSON.stringify({ ...envelope, payload: "AB" })],
  ["a payload of an impossible length", JSON.stringify({ ...envelope, payload: "AAAAA" })],
  [
    "two signatures",
    JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] }),
  ],
  ["no signature", JSON.stringify({ ...envelope, signatures: [] })],
  ["something behind it", `${JSON.stringify(envelope)}\n{}`],
  ["a field of its own", JSON.stringify({ ...envelope, also: 1 })],
])("%s is no message", (_what, text) => {
  expect(readEntry(bytesOf(text))).toBe("bad-shape");
});

test("what ends in a new line, or is padded with space, is the same message", () => {
  expect(readEntry(bytesOf(` ${JSON.stringify(envelope)}\n`))).toEqual(
    readEntry(bytesOf(JSON.stringify(envelope))),
  );
});

test("the longest entry is read, a longer one is not", () => {
  const space = maxEntryBytes - JSON.stringify(envelope).length;
  const padded = (more: number): Uint8Array => bytesOf(JSON.stringify(envelope) + " ".repeat(space + more));
  expect(typeof readEntry(padded(0))).toBe("object");
  expect(readEntry(padded(1))).toBe("too-long");
});

test("bytes of any kind are read or refused, and never thrown at", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(readEntry(bytes)).toBe("bad-shape");
    }),
  );
});

test("one payload has one spelling", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.base64String({ maxLength: 60 }), (bytes, text) => {
      const payload = Buffer.from(bytes).toString("base64url");
      expect(typeof readEntry(bytesOf(JSON.stringify({ ...envelope, payload })))).toBe("object");
      const other = text.replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
      const read = readEntry(bytesOf(JSON.stringify({ ...envelope, payload: other })));
      if (typeof read === "object") expect(Buffer.from(read.payload).toString("base64url")).toBe(other);
    }),
  );
});
