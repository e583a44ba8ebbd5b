/**
 * Opened: a parcel that was fetched, checked and opened with a key in this browser.
 *
 * Every file is checked against the letter and opened once before anything of it is shown; what is played or
 * saved is opened again from the sealed bytes, so that no more than a piece lies in memory.
 */
import { readParcel, filesOf, type ParcelClip, type ParcelFile, type ReadParcel } from "./parcel.ts";
import { hashHex } from "./hash.ts";
import { startOpener, type ParcelOpener } from "./opener.ts";

export interface OpenedParcel extends ReadParcel {
  readonly bytes: number;
  /** One file of it, checked and opened. */
  open(file: ParcelFile): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

interface Fetched {
  readonly grant: string;
  readonly letterBytes: number;
  readonly sealed: Blob;
  /** Of the age identity that it is sealed to. */
  readonly secret: Uint8Array;
  /** Told the share of the files that are checked, 0..1. */
  readonly onProgress: (frac: number) => void;
}

/** Throws as `readParcel`; then nothing stays open. */
export async function openParcel(fetched: Fetched): Promise<OpenedParcel> {
  const opener = startOpener(fetched.secret);
  try {
    return await openWith(opener, fetched);
  } catch (error) {
    opener.close();
    throw error;
  }
}

async function openWith(opener: ParcelOpener, { grant, letterBytes, sealed, onProgress }: Fetched) {
  const slice = async (at: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await sealed.slice(at, at + bytes).arrayBuffer());
  const letter = await slice(0, letterBytes);
  const read = await readParcel(
    { grant, bytes: sealed.size, letter },
    { open: (file) => opener.open(file, null), hash: hashHex },
  );
  const open = async (file: ParcelFile): Promise<Uint8Array<ArrayBuffer>> =>
    opener.open(await slice(file.at, file.bytes), file);
  const files = filesOf(read.clips);
  for (const [done, file] of files.entries()) {
    await open(file);
    onProgress((done + 1) / files.length);
  }
  return { ...read, bytes: sealed.size, open, close: () => opener.close() } satisfies OpenedParcel;
}

/** The pieces of one recording as an ordinary MP4, which needs no key any more. */
export async function videoOf(parcel: OpenedParcel, { init, fragments }: ParcelClip): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (const file of [init, ...fragments]) pieces.push(await parcel.open(file));
  return new Blob(pieces, { type: "video/mp4" });
}
