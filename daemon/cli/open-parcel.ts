/**
 * Open parcel: a parcel as it lies in an archive, checked and opened with a key that it was sealed to.
 *
 *   the cover letter (an age file), then of each clip the init segment and the chosen pieces, one behind the other
 *
 * The letter ends where the next age file begins; from then on it says itself how long each file is and
 * which hashes its chunks have. The owner's signature under the letter is checked first: it covers those hashes, so
 * what is given out is what was granted. Throws Fault `denied` (another key), `corrupt`, `invalid`.
 */
import { createHash } from "node:crypto";
import { Fault } from "../../hal/fault.ts";
import { chunkBytes } from "../consent/grant.ts";
import { letterSchema, type Letter } from "../consent/letter.ts";
import { payloadTypes } from "../identity/envelope.ts";
import { verifyEnvelope } from "../identity/verify.ts";
import type { Identity } from "../seal/age/keys.ts";
import { open } from "../seal/age/seal.ts";

export interface OpenedParcel {
  readonly letter: Letter;
  /** Of each clip, in the letter's order, what plays: its init segment and the pieces of it that were granted. */
  readonly recordings: readonly { readonly clip: string; readonly parts: readonly Uint8Array[] }[];
}

/** The first line of every age file and the beginning of its second. */
const begins = Buffer.from("age-encryption.org/v1\n-> ");

export function openParcel(parcel: Buffer, identities: readonly Identity[]): OpenedParcel {
  if (parcel.indexOf(begins) !== 0)
    throw new Fault("invalid", "this is no parcel: it does not begin with an age file");
  const found = parcel.indexOf(begins, 1);
  let at = found === -1 ? parcel.length : found;
  const letter = readLetter(open(parcel.subarray(0, at), identities));
  const take = (what: string, { bytes, chunks }: Letter["clips"][number]["init"]): Uint8Array => {
    const file = parcel.subarray(at, at + bytes);
    at += bytes;
    const hashes = Array.from({ length: Math.ceil(file.length / chunkBytes) }, (_, i) =>
      createHash("sha256")
        .update(file.subarray(i * chunkBytes, (i + 1) * chunkBytes))
        .digest("hex"),
    );
    if (file.length !== bytes || hashes.join() !== chunks.join())
      throw new Fault("corrupt", `${what} is not what was signed: the parcel was cut off or changed`);
    return open(file, identities);
  };
  const recordings = letter.clips.map(({ clip, init, fragments }) => ({
    clip,
    parts: [
      take(`the beginning of ${clip}`, init),
      ...fragments.map((fragment) => take(`piece ${fragment.index} of ${clip}`, fragment)),
    ],
  }));
  if (at !== parcel.length) throw new Fault("corrupt", "the parcel has bytes behind its end");
  return { letter, recordings };
}

function readLetter(plain: Uint8Array): Letter {
  let envelope: unknown;
  try {
    envelope = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
  } catch (error) {
    throw new Fault("invalid", "the first file of the parcel is no letter", { cause: error });
  }
  const { value, signKey } = verifyEnvelope(envelope, {
    type: payloadTypes.letter,
    schema: letterSchema,
    trusts: () => true, // whose house it is, is not known here: the letter is shown with its key
    what: "letter",
  });
  if (value.ownerKey !== signKey)
    throw new Fault("invalid", "the letter names another key than it was signed with");
  return value;
}
