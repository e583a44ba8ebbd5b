/**
 * Header: a file key sealed to recipients, and opened by one of them.
 *
 * The MAC is keyed with the file key: whoever opens a header knows that nobody without that key
 * changed a letter of it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { Fault } from "../../../hal/fault.ts";
import { formatCovered, formatMac, maxHeaderBytes, parseHeaderText } from "./header-text.ts";
import type { Identity, Recipient } from "./keys.ts";
import { deriveKey } from "./primitives.ts";
import type { Randomness } from "./randomness.ts";
import { unwrapFileKey, wrapFileKey } from "./stanza.ts";

export interface OpenedHeader {
  readonly fileKey: Uint8Array;
  readonly bytes: number;
}

const noSalt = new Uint8Array(0);

/** Throws Fault `invalid` without recipients, or with more than a header holds. */
export function sealHeader(
  fileKey: Uint8Array,
  recipients: readonly Recipient[],
  randomness: Randomness,
): Uint8Array {
  if (recipients.length === 0) throw new Fault("invalid", "no recipient: nobody could open the file");
  const covered = formatCovered(recipients.map((recipient) => wrapFileKey(fileKey, recipient, randomness)));
  const header = Buffer.from(covered + formatMac(macOf(fileKey, Buffer.from(covered, "latin1"))), "latin1");
  if (header.length > maxHeaderBytes)
    throw new Fault(
      "invalid",
      `${recipients.length} recipients do not fit into ${maxHeaderBytes} bytes of header`,
    );
  return header;
}

/**
 * `file` may stop anywhere after the header. Throws Fault `denied` when no identity fits,
 * `corrupt` when it was cut or changed, `invalid` when it is no age v1 file.
 */
export function openHeader(file: Uint8Array, identities: readonly Identity[]): OpenedHeader {
  const { stanzas, mac, covered, bytes } = parseHeaderText(file);
  const fileKey = unwrapFileKey(stanzas, identities);
  if (fileKey === null)
    throw new Fault("denied", `none of ${identities.length} identities opens this file`, {
      hint: "it was sealed to other people's keys",
    });
  if (!timingSafeEqual(mac, macOf(fileKey, covered)))
    throw new Fault("corrupt", "age header: its MAC does not match; it was changed after sealing");
  return { fileKey, bytes };
}

function macOf(fileKey: Uint8Array, covered: Uint8Array): Uint8Array {
  const key = deriveKey({ secret: fileKey, salt: noSalt, info: "header" });
  return createHmac("sha256", key).update(covered).digest();
}
