/**
 * Payload: what follows the header, a nonce and then chunks of 64 KiB, each sealed by itself
 * (the STREAM construction).
 *
 * The nonce of a chunk is its number and whether it is the last. So chunks cannot be swapped,
 * repeated, left out or cut off at the end without it being noticed, and yet each can be opened
 * as soon as it is there. Depends on the file key alone, never on the recipients.
 */
import type { KeyObject } from "node:crypto";
import { Fault } from "../../../hal/fault.ts";
import { decrypt, deriveKey, encrypt, tagBytes } from "./primitives.ts";
import type { CipherUse } from "./primitives.ts";

export const nonceBytes = 16;
export const chunkBytes = 64 * 1024;
export const sealedChunkBytes = chunkBytes + tagBytes;

interface Place {
  readonly index: number;
  readonly isLast: boolean;
}

export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  return deriveKey({ secret: fileKey, salt: nonce, info: "payload" });
}

/** An empty payload has one chunk too. */
export function chunkCount(bytes: number, perChunk: number): number {
  return Math.max(1, Math.ceil(bytes / perChunk));
}

/** Chunks of one payload, in order, from the first; sealed or opened, not both. */
export class ChunkLine {
  readonly #key: KeyObject;
  /** Offset of the next chunk in the sealed file, for faults. */
  #at: number;
  #index = 0;

  constructor(key: KeyObject, at: number) {
    this.#key = key;
    this.#at = at;
  }

  /** Fills `out`, which is `tagBytes` longer than `plain`. */
  seal(plain: Uint8Array, out: Uint8Array, isLast: boolean): void {
    encrypt(this.#use({ index: this.#index, isLast }), plain, out);
    this.#index += 1;
  }

  /** Throws Fault `corrupt` that says where and, as far as can be known, what happened. */
  open(sealed: Uint8Array, isLast: boolean): Uint8Array {
    const place = { index: this.#index, isLast };
    const plain = decrypt(this.#use(place), sealed);
    if (plain === null) throw this.#explain(sealed, place);
    if (plain.length === 0 && this.#index > 0) throw this.#fault("it is empty");
    this.#index += 1;
    this.#at += sealed.length;
    return plain;
  }

  #use({ index, isLast }: Place): CipherUse {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(index, 5, 6);
    nonce.writeUInt8(isLast ? 1 : 0, 11);
    return { key: this.#key, nonce };
  }

  #explain(sealed: Uint8Array, { index, isLast }: Place): Fault {
    const fitsOtherwise = decrypt(this.#use({ index, isLast: !isLast }), sealed) !== null;
    if (fitsOtherwise)
      return this.#fault(isLast ? "the file is cut off after it" : "bytes follow the last chunk");
    return this.#fault(isLast ? "it is cut off or was changed" : "it was changed");
  }

  #fault(message: string): Fault {
    return new Fault("corrupt", `age payload, chunk ${this.#index} at byte ${this.#at}: ${message}`);
  }
}
