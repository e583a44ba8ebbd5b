/**
 * Randomness: the three things age draws by lot (file key, payload nonce, one key pair a stanza).
 *
 * Everything that seals takes one as its last parameter, for tests only: two files sealed with
 * the same draws give their contents away. The product never passes it.
 */
import { randomBytes } from "node:crypto";
import { generateKeyPair } from "./x25519.ts";
import type { KeyPair } from "./x25519.ts";

export interface Randomness {
  bytes(length: number): Uint8Array;
  keyPair(): KeyPair;
}

export const systemRandomness: Randomness = { bytes: randomBytes, keyPair: generateKeyPair };
