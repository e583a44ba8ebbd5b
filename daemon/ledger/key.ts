/**
 * Key: the name under which a doorbell's ledger is signed, and the key that every checkpoint of it verifies with.
 */
import { Fault } from "../../hal/fault.ts";
import { fromBase64Url } from "../identity/base64url.ts";
import { noteKey, type NoteSigner } from "./note.ts";

/** Public half of a device key, base64url. */
type DeviceName = string;

/** What its checkpoints begin with. */
export function ledgerName(device: DeviceName): string {
  return `sill-ledger/${device}`;
}

/** The vkey. Throws Fault `invalid` for what is no doorbell's name. */
export function ledgerKey(device: DeviceName): string {
  return noteKey(ledgerName(device), publicKeyOf(device));
}

export function deviceSigner(key: { readonly device: DeviceName } & Pick<NoteSigner, "sign">): NoteSigner {
  return {
    name: ledgerName(key.device),
    publicKey: publicKeyOf(key.device),
    sign: (message) => key.sign(message),
  };
}

function publicKeyOf(device: DeviceName): Uint8Array {
  const key = fromBase64Url(device);
  if (key?.length !== 32) throw new Fault("invalid", "not the name of a doorbell");
  return key;
}
