/**
 * Pairing code: ten letters that a person reads on the doorbell's console and types into the page.
 *
 * 50 random bits in Crockford's base32 (no I, L, O, U), written XXXX-XXXX-XX. Read forgivingly:
 * case, dashes and spaces do not matter, O is 0, I and L are 1. Compared in constant time.
 */
import { createHash, randomInt, timingSafeEqual } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const length = 10;

export function newPairingCode(): string {
  const code = Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join("");
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join("-");
}

export function isSameCode(typed: string, code: string): boolean {
  return timingSafeEqual(digestOf(typed), digestOf(code));
}

function digestOf(text: string): Buffer {
  const plain = text.toUpperCase().replaceAll(/[\s-]/gu, "").replaceAll("O", "0").replaceAll(/[IL]/gu, "1");
  return createHash("sha256").update(plain).digest();
}
