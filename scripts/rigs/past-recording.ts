/**
 * Past recording: a few sealed seconds (ffmpeg's test picture) that are made once and linked into every folder of a clip.
 */
import { execFile } from "node:child_process";
import { link, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { ClipManifest } from "../../daemon/wire/manifest.ts";
import { clipFiles, clipFolder, type DataPaths, type PictureName } from "../../daemon/wire/paths.ts";
import { toFault } from "../../hal/fault.ts";
import { testKeys } from "./paired.ts";
import { preRollMs } from "./past-events.ts";
import { makeVideo, type TestVideo } from "./video.ts";

const run = promisify(execFile);

const parcelLeft = ["parcel-left-before", "parcel-left-after"] as const satisfies readonly PictureName[];

export class PastRecording implements AsyncDisposable {
  readonly #folder: string;
  readonly #video: TestVideo;
  readonly #fragments: ClipManifest["fragments"];

  private constructor(folder: string, video: TestVideo, fragments: ClipManifest["fragments"]) {
    this.#folder = folder;
    this.#video = video;
    this.#fragments = fragments;
  }

  static async make(): Promise<PastRecording> {
    const folder = await mkdtemp(join(tmpdir(), "sill-past-"));
    const video = await makeVideo(6);
    const viewers = [parseRecipient(testKeys(1).sealTo)];
    const put = async (name: string, content: Uint8Array): Promise<Uint8Array> => {
      const sealed = seal(content, viewers);
      await writeFile(join(folder, name), sealed);
      return sealed;
    };
    await put(clipFiles.init, video.init);
    await put(clipFiles.thumbnail, await thumbnail());
    const fragments: ClipManifest["fragments"] = [];
    for (const [index, content] of video.fragments.entries()) {
      const sealed = await put(clipFiles.fragment(index), content);
      fragments.push({
        index,
        startMs: index * video.fragmentMs,
        durationMs: video.fragmentMs,
        bytes: sealed.length,
        sha256: createHash("sha256").update(sealed).digest("hex"),
      });
    }
    return new PastRecording(folder, video, fragments);
  }

  async leave(paths: DataPaths, event: Event, clip: string): Promise<void> {
    const { codec, width, height } = this.#video;
    const startWallMs = event.startWallMs - preRollMs;
    const folder = clipFolder(paths, clip, startWallMs);
    await mkdir(folder, { recursive: true });
    const names = [
      clipFiles.init,
      clipFiles.thumbnail,
      ...this.#fragments.map(({ index }) => clipFiles.fragment(index)),
    ];
    for (const name of names) await link(join(this.#folder, name), join(folder, name));
    const pictures = event.happenings.includes("parcel-left") ? parcelLeft : [];
    for (const name of pictures)
      await link(join(this.#folder, clipFiles.thumbnail), join(folder, clipFiles.picture(name)));
    const manifest: ClipManifest = {
      version: 1,
      clip,
      startWallMs,
      codec,
      width,
      height,
      events: [{ event: event.id, kind: event.kind, startWallMs: event.startWallMs }],
      fragments: this.#fragments,
      closed: { endWallMs: startWallMs + 6_000, reason: "quiet" },
    };
    await writeFile(join(folder, clipFiles.manifest), JSON.stringify(manifest));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function thumbnail(): Promise<Uint8Array> {
  const words = [
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=320x180",
    "-frames:v",
    "1",
    "-f",
    "mjpeg",
    "pipe:1",
  ];
  const { stdout } = await run("ffmpeg", words, { encoding: "buffer" }).catch((error: unknown) => {
    throw toFault(error, "ffmpeg made no picture");
  });
  return stdout;
}
