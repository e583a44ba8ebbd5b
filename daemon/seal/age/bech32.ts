/**
 * Bech32 (BIP 173, without its limit on length): how age writes keys for people.
 *
 * Strict: exactly the wanted prefix in its own case, the rest in the same case, known characters,
 * right checksum, no stray bits at the end. Faults never repeat the text: it may be a secret.
 */
import { Fault } from "../../../hal/fault.ts";

const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const checksumChars = 6;

/** In the case of `prefix`, which is all lower or all upper case. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const values = regroup(bytes, { from: 8, to: 5 });
  if (values.spareBits > 0) values.groups.push(values.spare << (5 - values.spareBits));
  const data = values.groups;
  const sum = checksum(prefix, [...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  for (let i = checksumChars - 1; i >= 0; i -= 1) data.push((sum >>> (5 * i)) & 31);
  const text = data.map((value) => alphabet[value]).join("");
  return `${prefix}1${isUpper(prefix) ? text.toUpperCase() : text}`;
}

/** Throws Fault `invalid` that says what is wrong with it. */
export function decodeBech32(prefix: string, text: string): Uint8Array {
  if (!text.startsWith(`${prefix}1`)) throw new Fault("invalid", `it does not start with ${prefix}1`);
  const letters = text.slice(prefix.length + 1);
  if (isUpper(prefix) ? letters !== letters.toUpperCase() : letters !== letters.toLowerCase())
    throw new Fault("invalid", "it mixes capital and small letters");
  const values = Array.from(letters.toLowerCase(), (letter, i) => {
    const value = alphabet.indexOf(letter);
    if (value < 0) throw new Fault("invalid", `its character ${prefix.length + 2 + i} is not used in keys`);
    return value;
  });
  if (values.length < checksumChars || checksum(prefix, values) !== 1)
    throw new Fault("invalid", "its checksum does not match: it has a typing mistake or is incomplete");
  const { groups, spare, spareBits } = regroup(values.slice(0, -checksumChars), { from: 5, to: 8 });
  if (spareBits >= 5 || spare !== 0) throw new Fault("invalid", "it has stray bits at its end");
  return Uint8Array.from(groups);
}

function isUpper(text: string): boolean {
  return text !== text.toLowerCase();
}

/** BIP 173's polymod over the expanded prefix and the values. */
function checksum(prefix: string, values: readonly number[]): number {
  const codes = Array.from(prefix.toLowerCase(), (letter) => letter.charCodeAt(0));
  let sum = 1;
  for (const value of [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31), ...values]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, i) => {
      if (((top >>> i) & 1) === 1) sum ^= generator;
    });
  }
  return sum >>> 0;
}

interface Regrouped {
  readonly groups: number[];
  /** Bits that fill no group, and how many they are. */
  readonly spare: number;
  readonly spareBits: number;
}

/** The same bits in groups of another size. */
function regroup(values: Iterable<number>, { from, to }: { from: number; to: number }): Regrouped {
  const groups: number[] = [];
  let spare = 0;
  let spareBits = 0;
  for (const value of values) {
    spare = (spare << from) | value;
    spareBits += from;
    while (spareBits >= to) {
      spareBits -= to;
      groups.push(spare >>> spareBits);
      spare &= (1 << spareBits) - 1;
    }
  }
  return { groups, spare, spareBits };
}
