/**
 * Note: a text with signatures under it, as C2SP signed notes write it (https://c2sp.org/signed-note).
 *
 *   text\n
 *   \n
 *   — NAME base64(4 bytes key hash, 64 bytes Ed25519)\n
 *
 * A key is told as `NAME+HASH+KEY` (a "vkey"): hash = first 4 bytes of SHA-256(NAME \n 0x01 KEY) in hex, KEY =
 * base64(0x01 KEY). Runs in Node and in browsers; one check is some 2 ms of a desktop's time, so not for every entry.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { Fault } from "../../hal/fault.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { sha256 } from "./sha256.ts";
import { isSameHash } from "./tree.ts";

const ed25519Type = 1;
const keyBytes = 32;
const signatureBytes = 64;
/** As other readers of notes allow. */
const maxNoteChars = 1_000_000;
const maxSignatures = 100;

export interface NoteSigner {
  /** Without spaces and `+`. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** The vkey. Throws Fault `invalid` for a name that a note cannot carry. */
export function noteKey(name: string, publicKey: Uint8Array): string {
  if (!isName(name)) throw new Fault("invalid", `${name} cannot name a note's key: no spaces, no +`);
  const hash = [...keyHash(name, publicKey)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${name}+${hash}+${toBase64(Uint8Array.of(ed25519Type, ...publicKey))}`;
}

/** Throws Fault `invalid` for what is no vkey of an Ed25519 key. */
export function parseNoteKey(vkey: string): NoteKey {
  const [, name = "", key = ""] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/u.exec(vkey) ?? [];
  const bytes = fromBase64(key);
  if (bytes !== null && bytes.length === 1 + keyBytes && bytes[0] === ed25519Type && isName(name)) {
    const publicKey = bytes.slice(1);
    if (noteKey(name, publicKey) === vkey) return { name, publicKey };
  }
  throw new Fault("invalid", "not the public key of a log", { hint: "it reads NAME+HASH+KEY" });
}

/** `text` ends with a newline. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!isText(text))
    throw new Fault("invalid", "a note's text ends with a newline and has no other control character");
  const { name, publicKey } = signer;
  const signature = signer.sign(new TextEncoder().encode(text));
  const blob = toBase64(Uint8Array.of(...keyHash(name, publicKey), ...signature));
  return `${text}\n— ${name} ${blob}\n`;
}

/**
 * The text, signed by the key of `vkey`; signatures of others are left alone.
 * Throws Fault `invalid` (no note) or `denied` (not signed by it).
 */
export function verifyNote(note: string, vkey: string): string {
  const { name, publicKey } = parseNoteKey(vkey);
  const { text, signatures } = splitNote(note);
  const hash = keyHash(name, publicKey);
  const own = signatures.find((one) => one.name === name && isSameHash(one.hash, hash));
  if (own === undefined) throw new Fault("denied", `the note is not signed by ${name}`);
  if (!isSignature(own.signature, new TextEncoder().encode(text), publicKey))
    throw new Fault("denied", `the signature of ${name} does not fit the note`);
  return text;
}

interface Signature {
  readonly name: string;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
}

function splitNote(note: string): { text: string; signatures: Signature[] } {
  const end = note.lastIndexOf("\n\n") + 1;
  const text = note.slice(0, end);
  const lines = note.slice(end + 1).split("\n");
  const last = lines.pop();
  if (note.length > maxNoteChars || end === 0 || last !== "" || !isText(text))
    throw new Fault("invalid", "not a signed note");
  if (lines.length === 0 || lines.length > maxSignatures)
    throw new Fault("invalid", `a note has 1 to ${maxSignatures} signatures, not ${lines.length}`);
  return { text, signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [, name = "", blob = ""] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(blob);
  if (!isName(name) || bytes === null || bytes.length < 5)
    throw new Fault("invalid", "a line of the note is not a signature");
  return { name, hash: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function isSignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureBytes) return false;
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false; // no point of the curve
  }
}

function keyHash(name: string, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${name}\n`);
  return sha256(Uint8Array.of(...head, ed25519Type, ...publicKey)).slice(0, 4);
}

function isName(name: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(name);
}

function isText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.endsWith("\n") && !/[\u0000-\u0009\u000B-\u001F]/u.test(text) && text.isWellFormed();
}
