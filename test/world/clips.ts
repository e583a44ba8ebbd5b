/**
 * Clips: recordings as the eye leaves them, sealed once and put on every disk.
 *
 * One fragment is longer than a chunk, so that there is a byte in the middle of a file at which to stop.
 */
import { chunkBytes } from "../../daemon/consent/grant.ts";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import type { ClipManifest } from "../../daemon/wire/manifest.ts";
import { clipFiles, dayOf } from "../../daemon/wire/paths.ts";
import { people, requests, startMs } from "./cast.ts";

export interface WorldClip {
  readonly id: string;
  readonly startWallMs: number;
  readonly folder: string;
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly fragments: ClipManifest["fragments"];
}

const lengths = [
  [900, chunkBytes + 500, 1_200],
  [700, 1_500, 400],
];
const insideMs = (requests[0]?.request.window.from ?? startMs) + 60_000;

export const clips: readonly WorldClip[] = ["clip-000001", "clip-000002"].map((id, i) => {
  const startWallMs = insideMs + i * 600_000;
  return {
    id,
    startWallMs,
    folder: `clips/${dayOf(startWallMs)}/${id}`,
    codec: "avc1.42c01f",
    width: 640,
    height: 480,
    fragments: (lengths[i] ?? []).map((bytes, index) => ({
      index,
      startMs: index * 2_000,
      durationMs: 2_000,
      bytes,
      sha256: "",
    })),
  };
});

const viewers = [people.ada, people.bo].map(({ sealTo }) => parseRecipient(sealTo));

/** By their path under the data folder. */
export const clipFilesOfWorld: ReadonlyMap<string, Uint8Array> = new Map(
  clips.flatMap((clip, number) => [
    [`${clip.folder}/${clipFiles.init}`, seal(new Uint8Array(300).fill(number), viewers)] as const,
    ...(lengths[number] ?? []).map(
      (bytes, index) =>
        [
          `${clip.folder}/${clipFiles.fragment(index)}`,
          seal(new Uint8Array(bytes).fill(10 * number + index), viewers),
        ] as const,
    ),
    [
      `${clip.folder}/${clipFiles.manifest}`,
      new TextEncoder().encode(JSON.stringify(manifest(clip))),
    ] as const,
  ]),
);

function manifest({ id, startWallMs, codec, width, height, fragments }: WorldClip): ClipManifest {
  return {
    version: 1,
    clip: id,
    startWallMs,
    codec,
    width,
    height,
    events: [{ event: "event-000001", kind: "ring", startWallMs }],
    fragments: [...fragments],
    closed: { endWallMs: startWallMs + 6_000, reason: "quiet" },
  };
}
