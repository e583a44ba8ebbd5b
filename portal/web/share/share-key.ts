/**
 * ShareKey: the key in a share link, or in a key file, as the bytes that open its parcel. Pure.
 *
 * Null = there is none; throws Fault `invalid` for one with a mistake, without repeating it.
 */
import { decodeBech32 } from "../../../daemon/seal/age/bech32.ts";
import { Fault } from "../../../hal/fault.ts";
import { words } from "../words.ts";

const secretBytes = 32;

export function shareKeyOf(fragment: string): Uint8Array | null {
  const text = /AGE-SECRET-KEY-1[0-9A-Z]+/iu.exec(fragment)?.[0] ?? fragment.trim();
  if (text === "") return null;
  const { badKey: message, badKeyHint: hint } = words.share;
  let secret: Uint8Array;
  try {
    secret = decodeBech32("AGE-SECRET-KEY-", text.toUpperCase());
  } catch (error) {
    throw new Fault("invalid", message, { hint, cause: error });
  }
  if (secret.length !== secretBytes) throw new Fault("invalid", message, { hint });
  return secret;
}
