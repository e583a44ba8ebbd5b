/**
 * Addresses: who asks too often, without a list of who asked.
 *
 * Rate limits count under a keyed hash of the address; the key is random, in memory, and another one each
 * hour, so what is counted cannot be turned back into addresses or be put together over hours.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../../hal/sensors.ts";

const keyMs = 3_600_000;

export function addressKeys(clock: Clock): (address: string) => string {
  let key = randomBytes(32);
  let sinceMs = clock.monoMs();
  return (address) => {
    const nowMs = clock.monoMs();
    if (nowMs - sinceMs >= keyMs) {
      key = randomBytes(32);
      sinceMs = nowMs;
    }
    return createHmac("sha256", key).update(networkOf(address)).digest("base64url").slice(0, 16);
  };
}

/** A household's IPv6 addresses change within their /64; they count as one. */
function networkOf(address: string): string {
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}
