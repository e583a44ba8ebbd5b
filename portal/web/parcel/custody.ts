/**
 * Custody: the record that is kept beside a video: what arrived, who signed it, and that it was whole.
 *
 * JSON that a third party can check without us: the owner's signed letter lists the hash of every sealed chunk; the
 * manifest is what a receipt names; the video's hash ties the file on the disk to them. Pure.
 */
import type { ReadParcel } from "./parcel.ts";

export interface CustodyFacts {
  readonly portal: string;
  readonly parcel: Pick<ReadParcel, "letter" | "envelope" | "letterSha256" | "clips" | "manifest">;
  readonly videos: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  readonly openedWallMs: number;
  /** Of the agency, if it signed one. */
  readonly receipt: unknown;
}

export function custodyOf({ portal, parcel, videos, openedWallMs, receipt }: CustodyFacts): string {
  const { letter, envelope, letterSha256, clips, manifest } = parcel;
  const record = {
    format: "sill custody record v1",
    portal,
    grant: letter.grant,
    destination: letter.destination,
    purpose: letter.purpose,
    ownerKey: letter.ownerKey,
    signedAt: new Date(letter.issuedAt).toISOString(),
    openedAt: new Date(openedWallMs).toISOString(),
    manifest: { sha256: manifest, of: "one line a file: BYTES SHA256... for each MiB, the letter first" },
    checked: "the owner's signature of the letter, the hash of every MiB of every file, every age seal",
    letter: { sha256: letterSha256, envelope },
    recordings: clips.map(({ clip, init, fragments }, i) => ({
      clip: clip.clip,
      startedAt: new Date(clip.startWallMs).toISOString(),
      video: videos[i] ?? null,
      sealedFiles: [init, ...fragments].map(({ name, bytes, chunks }) => ({ name, bytes, sha256: chunks })),
    })),
    receipt,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}
