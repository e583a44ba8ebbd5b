/**
 * Base64 as age writes it: the standard alphabet, no padding, one spelling per value.
 *
 * Node's own decoder forgives nearly everything; a second spelling of the same bytes would let
 * a file be changed without its opener noticing, so everything but the canonical one is refused.
 */
const alphabet = /^[A-Za-z0-9+/]*$/u;

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64").replaceAll("=", "");
}

/** Null when `text` is not what `encodeBase64` writes for any bytes. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!alphabet.test(text)) return null;
  const bytes = Buffer.from(text, "base64");
  return encodeBase64(bytes) === text ? bytes : null;
}
