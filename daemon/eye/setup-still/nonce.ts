/**
 * Nonce: the number that the next request for a setup still has to repeat; good once.
 *
 * It lives in memory only and no clock matters: a request that was recorded, or that is older than
 * the last one that was answered or the last start, fits no more. Compared in constant time.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { toBase64Url } from "../../identity/base64url.ts";

export class StillNonce {
  #value = fresh();

  get value(): string {
    return this.#value;
  }

  /** Does it fit? Then it is used up, and `value` is another one. */
  use(given: string): boolean {
    if (!timingSafeEqual(digest(given), digest(this.#value))) return false;
    this.#value = fresh();
    return true;
  }
}

function fresh(): string {
  return toBase64Url(randomBytes(24));
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
