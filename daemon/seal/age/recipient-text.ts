/**
 * Recipient text: is `age1...` a key that something can be sealed to? Answered without any curve.
 *
 * For schemas, which run in browsers and on floods of messages: the checksum, the length, and the
 * points of low order by a list (https://cr.yp.to/ecdh.html#validate), which protect nothing.
 * Agrees with `parseRecipient` (keys.ts), which asks the curve itself.
 */
import { Fault } from "../../../hal/fault.ts";
import { decodeBech32 } from "./bech32.ts";

const pointBytes = 32;

/** In hex, with the highest bit cleared, which X25519 ignores. */
const lowOrder = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

export function isRecipient(text: string): boolean {
  try {
    const point = decodeBech32("age", text);
    return point.length === pointBytes && !lowOrder.has(hexWithoutTop(point));
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

function hexWithoutTop(point: Uint8Array): string {
  const top = point.length - 1;
  return Array.from(point, (byte, i) => (i === top ? byte & 0x7f : byte).toString(16).padStart(2, "0")).join(
    "",
  );
}
