/**
 * Randomness that repeats, for tests that need the same sealed bytes each run.
 */
import { createHash } from "node:crypto";
import { identityFromSecret } from "../../../../daemon/seal/age/keys.ts";
import type { Identity } from "../../../../daemon/seal/age/keys.ts";
import type { Randomness } from "../../../../daemon/seal/age/randomness.ts";
import { keyPairFrom } from "../../../../daemon/seal/age/x25519.ts";

/** SHA-256 of a seed and a counter; at most 32 bytes a draw. */
export function seeded(seed: string): Randomness {
  let draws = 0;
  const bytes = (length: number): Uint8Array => {
    draws += 1;
    return createHash("sha256").update(`${seed} ${draws}`).digest().subarray(0, length);
  };
  return { bytes, keyPair: () => keyPairFrom(bytes(32)) };
}

export function seededIdentity(seed: string): Identity {
  return identityFromSecret(seeded(seed).bytes(32));
}

/** `length` bytes that look like nothing in particular. */
export function filler(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 2_654_435_761) >>> 24);
}
