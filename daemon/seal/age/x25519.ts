/**
 * X25519 (RFC 7748) on raw 32-byte values, on top of Node's key objects.
 *
 * Key objects cost more to make than to use (0.04-0.1 ms): keep them, one per person.
 */
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { assert } from "../../../hal/fault.ts";

export const pointBytes = 32;
export const secretBytes = 32;

export interface KeyPair {
  readonly secret: KeyObject;
  readonly point: Uint8Array;
}

// DER is what Node takes: the fixed beginnings of RFC 8410's structures, then the raw bytes.
const secretDer = Buffer.from("302e020100300506032b656e04220420", "hex");
const pointDer = Buffer.from("302a300506032b656e032100", "hex");

export function generateKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  return { secret: privateKey, point: pointOf(publicKey) };
}

export function keyPairFrom(secret: Uint8Array): KeyPair {
  assert(secret.length === secretBytes, "an X25519 secret has 32 bytes");
  const der = Buffer.concat([secretDer, secret]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  der.fill(0);
  return { secret: key, point: pointOf(createPublicKey(key)) };
}

export function importPoint(point: Uint8Array): KeyObject {
  assert(point.length === pointBytes, "an X25519 point has 32 bytes");
  return createPublicKey({ key: Buffer.concat([pointDer, point]), format: "der", type: "spki" });
}

/** The raw bytes of a secret, to show to its owner. */
export function exportSecret(secret: KeyObject): Uint8Array {
  return Uint8Array.from(secret.export({ format: "der", type: "pkcs8" }).subarray(secretDer.length));
}

/** Null when `point` has a low order: the secret would be all zero, and everybody's. */
export function sharedSecret(secret: KeyObject, point: KeyObject): Uint8Array | null {
  try {
    return diffieHellman({ privateKey: secret, publicKey: point });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_OSSL_FAILED_DURING_DERIVATION")
      return null;
    throw error;
  }
}

function pointOf(key: KeyObject): Uint8Array {
  const { x } = key.export({ format: "jwk" }); // half the time of DER
  assert(x !== undefined, "a JWK of X25519 has an x");
  return Buffer.from(x, "base64url");
}
