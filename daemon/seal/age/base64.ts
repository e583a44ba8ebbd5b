/**
 * Base64 as age writes it: the standard alphabet, no padding, one spelling per value.
 *
 * Decoders forgive nearly everything; a second spelling of the same bytes would let
 * a file be changed without its opener noticing, so everything but the canonical one is refused.
 */
const alphabet = /^[A-Za-z0-9+/]*$/u;

export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("=", "");
}

/** Null when `text` is not what `encodeBase64` writes for any bytes. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!alphabet.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return encodeBase64(bytes) === text ? bytes : null;
}
