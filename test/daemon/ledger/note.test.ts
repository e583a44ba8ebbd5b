import { ed25519 } from "@noble/curves/ed25519.js";
import { expect, test } from "vitest";
import {
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "../../../daemon/ledger/checkpoint.ts";
import { noteKey, parseNoteKey, signNote, verifyNote, type NoteSigner } from "../../../daemon/ledger/note.ts";
import { emptyRoot } from "../../../daemon/ledger/tree.ts";

/** The example of the Go library golang.org/x/mod/sumdb/note. */
const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const secretKey = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

function signerOf(name: string, secret: Uint8Array): NoteSigner {
  return { name, publicKey: ed25519.getPublicKey(secret), sign: (message) => ed25519.sign(message, secret) };
}
const peter = signerOf("PeterNeumann", new Uint8Array(Buffer.from(secretKey, "base64").subarray(1)));
const other = signerOf("sill.example/other", new Uint8Array(32).fill(7));

test("the known note is signed and verified as others do", () => {
  expect(noteKey(peter.name, peter.publicKey)).toBe(vkey);
  expect(signNote(text, peter)).toBe(note);
  expect(verifyNote(note, vkey)).toBe(text);
  expect(parseNoteKey(vkey)).toEqual({ name: peter.name, publicKey: peter.publicKey });
});

test("a note with signatures of others too is verified by ours", () => {
  const [, theirs = ""] = signNote(text, other).split("\n\n");
  expect(verifyNote(note + theirs, vkey)).toBe(text);
  expect(verifyNote(note + theirs, noteKey(other.name, other.publicKey))).toBe(text);
});

test.each([
  ["another text", note.replace("cryptography", "Cryptography"), "denied"],
  ["another signature", note.replace("SffcvIAQ", "SffcvIAR"), "denied"],
  ["another name", note.replace("PeterNeumann", "PeterNewmann"), "denied"],
  ["another key's signature", signNote(text, { ...other, name: peter.name }), "denied"],
  ["no signature", `${text}\n`, "invalid"],
  ["no text", "", "invalid"],
  ["a cut end", note.slice(0, -1), "invalid"],
  ["a control character", note.replace("problem", "prob\tlem"), "invalid"],
  ["a line that is no signature", `${note}hello\n`, "invalid"],
])("a note with %s is refused", (_, changed, kind) => {
  expect(() => verifyNote(changed, vkey)).toThrow(expect.objectContaining({ kind }));
});

test.each(["", "a b", "a+b", "a\nb"])("the name %j cannot name a key", (name) => {
  expect(() => noteKey(name, other.publicKey)).toThrow("cannot name");
});

test.each([
  ["another hash", vkey.replace("c74f20a3", "c74f20a4")],
  ["no key", "PeterNeumann+c74f20a3+"],
  ["another type of key", vkey.replace("+AR", "+AB")],
  ["nothing", ""],
])("a vkey with %s is refused", (_, bad) => {
  expect(() => parseNoteKey(bad)).toThrow("not the public key of a log");
});

test("a checkpoint is read as it was written, and needs its own log's key", () => {
  const signed = signCheckpoint({ size: 12, root: emptyRoot }, other);
  const opened = openCheckpoint(signed, noteKey(other.name, other.publicKey));
  expect(opened).toEqual({ origin: other.name, size: 12, root: emptyRoot });
  expect(() => openCheckpoint(signed, vkey)).toThrow(expect.objectContaining({ kind: "denied" }));
  const foreign = signNote(formatCheckpoint({ ...opened, origin: "sill.example/third" }), other);
  expect(() => openCheckpoint(foreign, noteKey(other.name, other.publicKey))).toThrow(
    "checkpoint of sill.example/third",
  );
});

test("lines behind the root are left alone, and nonsense is no checkpoint", () => {
  const good = formatCheckpoint({ origin: "a", size: 0, root: emptyRoot });
  expect(parseCheckpoint(`${good}more\n`).size).toBe(0);
  for (const bad of [
    "",
    "a\n1\n",
    good.replace("\n0\n", "\n00\n"),
    good.replace("\n0\n", "\n-1\n"),
    good.slice(0, -1),
  ])
    expect(() => parseCheckpoint(bad)).toThrow("not a checkpoint");
});
