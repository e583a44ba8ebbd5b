/**
 * Age: what a viewer's key does with a sealed file (https://c2sp.org/age) in a browser: open it,
 * hand it on to somebody else, or open it only if it is the one that was handed on.
 *
 * Pure, and slow enough (see README.md) to belong in a worker. File keys are overwritten when they
 * have been used.
 *
 * Throws Fault `denied` (sealed to other keys), `corrupt` (cut off or changed; nothing of it is
 * given out), `invalid` (no age v1 file).
 */
import { Fault } from "../../hal/fault.ts";
import { hashChunks, type Hashed } from "./chunk-hashes.ts";
import { headerOpenerWith, randomBytes, sealHeader, type OpenedHeader } from "./header.ts";
import { openPayload } from "./payload.ts";

/** A file for another recipient: a new header, then the payload as it lies on the doorbell. */
export interface Rewrapped extends Hashed {
  readonly header: Uint8Array<ArrayBuffer>;
}

export interface Opener {
  open(file: Uint8Array): Uint8Array<ArrayBuffer>;
  /** Opens the header alone. `point`: the recipient's, 32 bytes. */
  rewrap(file: Uint8Array, point: Uint8Array): Rewrapped;
  /** As `open`; Fault `corrupt` when with that header it is not, byte for byte, what was rewrapped. */
  openSame(file: Uint8Array, as: Rewrapped): Uint8Array<ArrayBuffer>;
}

/** `secret`: 32 bytes, the X25519 half of the viewer's keys. */
export function openerWith(secret: Uint8Array): Opener {
  const openHeader = headerOpenerWith(secret);

  const withKeyOf = <T>(file: Uint8Array, use: (header: OpenedHeader) => T): T => {
    const header = openHeader(file);
    try {
      return use(header);
    } finally {
      header.fileKey.fill(0);
    }
  };
  const open = (file: Uint8Array): Uint8Array<ArrayBuffer> =>
    withKeyOf(file, ({ fileKey, bytes }) => openPayload(file.subarray(bytes), fileKey));

  return {
    open,
    rewrap(file, point) {
      return withKeyOf(file, ({ fileKey, bytes }) => {
        const header = new Uint8Array(sealHeader(fileKey, point, randomBytes(32)));
        return { header, ...hashChunks([header, file.subarray(bytes)]) };
      });
    },
    openSame(file, { header, bytes, chunks }) {
      const payload = withKeyOf(file, (opened) => file.subarray(opened.bytes));
      const now = hashChunks([header, payload]);
      if (now.bytes !== bytes || now.chunks.join() !== chunks.join())
        throw new Fault("corrupt", "this is not the recording that was chosen: it has changed since");
      return open(file);
    },
  };
}
