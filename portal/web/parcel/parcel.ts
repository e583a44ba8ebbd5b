/**
 * Parcel: what an owner sent, read from its letter: which files follow, where each lies, what they are of.
 *
 * The letter is the first file, an age file around a message that the owner signed; it lists the others with their
 * hashes, in order. Pure: opening and hashing come in. What the letter does not say exactly is refused as a whole.
 *
 * Throws Fault `denied` (sealed to another key) or `corrupt` (cut, changed, of another parcel, not signed by the
 * key that it names), in words of `words.parcel.faults`.
 */
import { chunkBytes, manifestText, type Item } from "../../../daemon/consent/grant.ts";
import { letterSchema, type Letter } from "../../../daemon/consent/letter.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { verifyInBrowser } from "../../../daemon/identity/verify-in-browser.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import { words } from "../words.ts";

const { faults, file: fileWords } = words.parcel;

export interface ParcelFile {
  /** For people: "piece 3 of recording 1". */
  readonly name: string;
  /** Of its first byte in the parcel. */
  readonly at: number;
  readonly bytes: number;
  /** Hex SHA-256 of each chunk of `chunkBytes`. */
  readonly chunks: readonly string[];
}

export interface ParcelClip {
  readonly clip: Letter["clips"][number];
  readonly init: ParcelFile;
  readonly fragments: readonly ParcelFile[];
}

export interface ReadParcel {
  readonly letter: Letter;
  /** As it was signed. */
  readonly envelope: unknown;
  readonly letterSha256: string;
  readonly clips: readonly ParcelClip[];
  /** SHA-256 of `manifestText`: what a receipt names. */
  readonly manifest: string;
}

interface Sealed {
  /** As the portal files it; the letter must say the same. */
  readonly grant: string;
  /** Of the whole parcel. */
  readonly bytes: number;
  /** The first file, still sealed. */
  readonly letter: Uint8Array<ArrayBuffer>;
}

interface Hands {
  readonly open: (file: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Hex. */
  readonly hash: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
}

export async function readParcel(
  { grant, bytes, letter: sealed }: Sealed,
  hands: Hands,
): Promise<ReadParcel> {
  const letterItem = { bytes: sealed.length, chunks: await hashesOf(sealed, hands.hash) };
  const envelope = jsonOf(await openLetter(sealed, hands));
  const { letter, sha256 } = verifiedLetter(envelope);
  if (letter.grant !== grant) throw refused(faults.otherGrant);
  const clips = clipsOf(letter, sealed.length);
  const files = filesOf(clips);
  const end = files.reduce((sum, file) => sum + file.bytes, sealed.length);
  if (end !== bytes) throw refused(faults.cut);
  const manifest = await hands.hash(textBytes(manifestText([letterItem, ...files.map(itemOf)])));
  return { letter, envelope, letterSha256: sha256, clips, manifest };
}

export function filesOf(clips: readonly ParcelClip[]): ParcelFile[] {
  return clips.flatMap(({ init, fragments }) => [init, ...fragments]);
}

/** One file, opened only after its hashes fitted. Throws Fault `corrupt`, or `denied` when another key is needed. */
export async function openFile(
  bytes: Uint8Array<ArrayBuffer>,
  file: Pick<ParcelFile, "name" | "chunks" | "bytes">,
  {
    open,
    hash,
  }: { readonly open: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>; readonly hash: Hands["hash"] },
): Promise<Uint8Array<ArrayBuffer>> {
  await checkFile(bytes, file, hash);
  try {
    return open(bytes);
  } catch (error) {
    const { hint } = faults;
    throw new Fault(toFault(error).kind, faults.notOpened(file.name), { hint, cause: error });
  }
}

/** Each chunk of a file is what the letter says. */
async function checkFile(
  bytes: Uint8Array<ArrayBuffer>,
  { name, chunks, bytes: wanted }: Pick<ParcelFile, "name" | "chunks" | "bytes">,
  hash: Hands["hash"],
): Promise<void> {
  const found = bytes.length === wanted ? await hashesOf(bytes, hash) : [];
  if (found.length !== chunks.length || found.some((each, i) => each !== chunks[i]))
    throw refused(faults.changed(name));
}

async function hashesOf(bytes: Uint8Array<ArrayBuffer>, hash: Hands["hash"]): Promise<string[]> {
  const hashes: string[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    hashes.push(await hash(bytes.subarray(at, at + chunkBytes)));
  return hashes;
}

async function openLetter(sealed: Uint8Array<ArrayBuffer>, { open }: Hands): Promise<Uint8Array> {
  try {
    return await open(sealed.slice()); // what is opened is handed over
  } catch (error) {
    const isOthers = error instanceof Fault && error.kind === "denied";
    throw new Fault(isOthers ? "denied" : "corrupt", isOthers ? faults.letterSeal : faults.letterBroken, {
      hint: faults.hint,
      cause: error,
    });
  }
}

function verifiedLetter(envelope: unknown): { readonly letter: Letter; readonly sha256: string } {
  const wanted = {
    type: payloadTypes.letter,
    schema: letterSchema,
    trusts: () => true, // whose key it is, nobody here can know: that it is one and the same is what counts
    what: "letter",
  } as const;
  try {
    const { value, signKey, sha256 } = verifyInBrowser(envelope, wanted);
    if (value.ownerKey === signKey) return { letter: value, sha256 };
  } catch (error) {
    throw refused(faults.letterSignature, error);
  }
  throw refused(faults.letterSignature);
}

function clipsOf({ clips }: Letter, letterBytes: number): ParcelClip[] {
  let at = letterBytes;
  const place = (
    name: string,
    { bytes, chunks }: { bytes: number; chunks: readonly string[] },
  ): ParcelFile => {
    const file = { name, at, bytes, chunks };
    at += bytes;
    return file;
  };
  return clips.map((clip, number) => ({
    clip,
    init: place(fileWords.init(String(number + 1)), clip.init),
    fragments: clip.fragments.map((each, i) =>
      place(fileWords.fragment(String(i + 1), String(number + 1)), each),
    ),
  }));
}

function itemOf({ bytes, chunks }: ParcelFile): Pick<Item, "bytes" | "chunks"> {
  return { bytes, chunks: [...chunks] };
}

function refused(message: string, cause?: unknown): Fault {
  return new Fault("corrupt", message, { hint: faults.hint, cause });
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw refused(faults.letterBroken, error);
  }
}
