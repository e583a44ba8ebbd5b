/**
 * Past rig: a data folder with a past of many events, as the doorbell itself would have left it: journal and index
 * through the store's own writer, recordings as sealed folders that play.
 *
 * All recordings are the same few seconds (ffmpeg's test picture), sealed once and linked: thousands take no room.
 */
import { execFile } from "node:child_process";
import { link, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Disk } from "../../daemon/keeper/store/disk.ts";
import type { Change } from "../../daemon/keeper/store/change.ts";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import type { GapReason } from "../../daemon/wire/api-timeline.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { ClipManifest } from "../../daemon/wire/manifest.ts";
import {
  clipFiles,
  clipFolder,
  dataPaths,
  type DataPaths,
  type PictureName,
} from "../../daemon/wire/paths.ts";
import { toFault } from "../../hal/fault.ts";
import { testKeys } from "./paired.ts";
import { makeVideo, type TestVideo } from "./video.ts";

const run = promisify(execFile);

export interface PastOptions {
  readonly events: number;
  /** The newest so many have a recording each. */
  readonly clips: number;
  readonly days: number;
  /** When the newest happened. */
  readonly untilWallMs: number;
  readonly gaps?: readonly {
    readonly reason: GapReason;
    readonly startWallMs: number;
    readonly endWallMs: number;
  }[];
  /** The newest event that is no ring left a parcel; its recording holds the place before and after. */
  readonly parcel?: boolean;
  /** What moved is named: each label in turn, some with two, and nothing every seventh time; parcels are taken. */
  readonly labels?: boolean;
  /** What else is known of the event with this number (0 = the newest) where it is no ring. */
  readonly known?: (at: number) => Partial<Pick<Event, "said" | "what" | "whatScores" | "corrected">>;
  /** What moved in the event with this number was ignored. */
  readonly ignored?: number;
}

export interface PastEvent {
  readonly id: string;
  readonly startWallMs: number;
  readonly clip: string | null;
}

const whatMoved: readonly Event["what"][] = [
  ["person"],
  ["vehicle"],
  ["animal"],
  ["person", "vehicle"],
  ["other"],
  ["person", "parcel"],
  [],
];
const preRollMs = 2_000;
const commitAtOnce = 500;
const parcelLeft = ["parcel-left-before", "parcel-left-after"] as const satisfies readonly PictureName[];

/** Same options, same events. Ids as the doorbell makes them, with a counter where it has chance. */
function idOf(wallMs: number, counter: number): string {
  return `${wallMs.toString(36).padStart(9, "0")}-${String(counter).padStart(10, "0")}`;
}

/** Before the doorbell starts on this folder. Newest first. */
export async function writePast(root: string, options: PastOptions): Promise<PastEvent[]> {
  const {
    events: count,
    clips,
    days,
    untilWallMs,
    gaps = [],
    parcel = false,
    labels = false,
    known,
    ignored,
  } = options;
  const paths = dataPaths(root);
  await mkdir(paths.root, { recursive: true });
  const everyMs = (days * 86_400_000) / count;
  const events = Array.from({ length: count }, (_, at): Event => {
    // not evenly: a busy hour, then a quiet one
    const startWallMs = Math.round(untilWallMs - at * everyMs - (at % 5) * everyMs * 0.15);
    const kind = at % 6 === 0 ? "ring" : "motion";
    const what = labels && kind === "motion" ? (whatMoved[at % whatMoved.length] ?? []) : [];
    return {
      id: idOf(startWallMs, at),
      kind,
      state: "closed",
      startWallMs,
      endWallMs: startWallMs + (kind === "ring" ? 0 : 3_500),
      score: kind === "ring" ? 0 : 3,
      zones: kind === "ring" ? [] : at % 4 === 0 ? ["gate"] : ["path"],
      clip: at < clips ? idOf(startWallMs - preRollMs, at) : null,
      thumbnail: at < clips,
      seer: kind === "ring" ? null : "picture",
      woke: false,
      what,
      whatScores: what.map(() => 0.9),
      said: [],
      pir: "unknown",
      happenings: parcel && at === 1 ? ["parcel-left"] : what.includes("parcel") ? ["parcel-taken"] : [],
      corrected: null,
      ignored: at === ignored,
      spared: null,
      mark: at % 50 === 1 && !(parcel && at === 1) ? "false" : null,
      ...(kind === "motion" ? known?.(at) : {}),
    };
  });
  await using stamp = await Recording.make();
  for (const event of events) if (event.clip !== null) await stamp.leave(paths, event, event.clip);
  const disk = new Disk(paths, untilWallMs);
  const changes: Change[] = [
    ...events.map((event) => ({ type: "event", event }) as const),
    ...gaps.map((gap, at) => ({ type: "gap", gap: { ...gap, id: idOf(gap.startWallMs, at) } }) as const),
  ];
  for (let at = 0; at < changes.length; at += commitAtOnce) disk.commit(changes.slice(at, at + commitAtOnce));
  disk.close();
  return events.map(({ id, startWallMs, clip }) => ({ id, startWallMs, clip }));
}

/** Sealed files to link from. */
class Recording implements AsyncDisposable {
  readonly #folder: string;
  readonly #video: TestVideo;
  readonly #fragments: ClipManifest["fragments"];

  private constructor(folder: string, video: TestVideo, fragments: ClipManifest["fragments"]) {
    this.#folder = folder;
    this.#video = video;
    this.#fragments = fragments;
  }

  static async make(): Promise<Recording> {
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
    return new Recording(folder, video, fragments);
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
