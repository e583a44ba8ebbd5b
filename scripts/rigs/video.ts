/**
 * Video rig: a short real recording in the pieces in which a doorbell keeps one: init segment, and fragments of two
 * seconds that each begin with a key frame. Made by ffmpeg, for tests that need no camera. `sealedClip` is the
 * same as it lies on a doorbell's disk, for grant.ts.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import { clipFiles } from "../../daemon/wire/paths.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Choice, ReadSealed } from "./grant.ts";

const run = promisify(execFile);
const fps = 25;
const fragmentS = 2;

export interface TestVideo {
  readonly init: Uint8Array;
  readonly fragments: readonly Uint8Array[];
  readonly fragmentMs: number;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

/** Throws Fault `not-found` when ffmpeg is not installed. */
export async function makeVideo(seconds: number): Promise<TestVideo> {
  const [width, height] = [640, 360];
  const gop = String(fps * fragmentS);
  const picture = `testsrc2=size=${width}x${height}:rate=${fps}:duration=${seconds}`;
  const words = ["-v", "error", "-f", "lavfi", "-i", picture];
  words.push("-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-preset", "ultrafast");
  words.push("-g", gop, "-keyint_min", gop, "-sc_threshold", "0");
  words.push("-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1");
  const { stdout } = await run("ffmpeg", words, { encoding: "buffer", maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: unknown) => {
      throw toFault(error, "ffmpeg made no video");
    },
  );
  const { init, fragments } = piecesOf(stdout);
  return { init, fragments, fragmentMs: fragmentS * 1000, width, height, codec: "avc1.42c01e" };
}

/** Everything before the first moof is the init segment; a moof and its mdat are a fragment. */
function piecesOf(file: Uint8Array): { init: Uint8Array; fragments: Uint8Array[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const starts: number[] = [];
  let end = file.length;
  for (let at = 0; at + 8 <= file.length; at += view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (type === "moof") starts.push(at);
    if (type === "mfra") end = at; // an index over the file, of no use to pieces
    if (view.getUint32(at) < 8) throw new Fault("corrupt", "ffmpeg made a box without a length");
  }
  const [first = end] = starts;
  return {
    init: file.slice(0, first),
    fragments: starts.map((start, i) => file.slice(start, starts[i + 1] ?? end)),
  };
}

export interface SealedClip {
  readonly clip: Choice["clip"];
  readonly read: ReadSealed;
}

/** Sealed to a viewer; `read` is of this clip alone. */
export function sealedClip(
  { init, fragments, fragmentMs, ...track }: TestVideo,
  { id, sealTo, startWallMs }: { readonly id: string; readonly sealTo: string; readonly startWallMs: number },
): SealedClip {
  const viewers = [parseRecipient(sealTo)];
  const files = new Map([[clipFiles.init as string, seal(init, viewers)]]);
  for (const [index, fragment] of fragments.entries())
    files.set(clipFiles.fragment(index), seal(fragment, viewers));
  return {
    clip: {
      id,
      startWallMs,
      ...track,
      fragments: fragments.map(({ length }, index) => ({
        index,
        startMs: index * fragmentMs,
        durationMs: fragmentMs,
        bytes: length,
        sha256: "",
      })),
    },
    read: async (_clip, name) => {
      const file = files.get(name);
      if (file === undefined) throw new Fault("not-found", `the clip has no ${name}`);
      return file;
    },
  };
}
