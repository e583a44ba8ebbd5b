/**
 * VAPID key: with which this doorbell says to push services who it is (RFC 8292), raw in base64url as browsers want it.
 *
 * A key of its own: the doorbell's name must not be known to a push service.
 */
import { createECDH } from "node:crypto";

export interface VapidKey {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function newVapidKey(): VapidKey {
  const ecdh = createECDH("prime256v1");
  const publicKey = ecdh.generateKeys("base64url");
  // without the zeros in front, which Node leaves out
  const privateKey = Buffer.concat([Buffer.alloc(32), ecdh.getPrivateKey()]).subarray(-32);
  return { publicKey, privateKey: privateKey.toString("base64url") };
}
