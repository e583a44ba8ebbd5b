/**
 * Core: the eye's own pipeline on the porch with the canary, in this process, with everything that it
 * hands on kept: what it says, what it shows, what it holds, what it gave to the picture encoder.
 *
 * Time is media time and ids are counted, so two runs differ by what they saw and by nothing else.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { settingsSchema } from "../../config/schema.ts";
import { buildPipeline } from "../../daemon/eye/build.ts";
import { fragment } from "../../daemon/eye/fmp4/fragment.ts";
import { initSegment } from "../../daemon/eye/fmp4/init.ts";
import { MotionJournal } from "../../daemon/eye/motion-journal/journal.ts";
import type { MotionResult } from "../../daemon/eye/motion/motion.ts";
import { DiskQueue } from "../../daemon/eye/record/disk-queue.ts";
import { Stages } from "../../daemon/eye/stages.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { decodeLive, type LiveUnit } from "../../daemon/wire/live.ts";
import type { EyeToKeeper } from "../../daemon/wire/messages.ts";
import type { EncodedUnit } from "../../hal/encoder.ts";
import type { I420, Plane } from "../../hal/frame.ts";
import { systemClock } from "../../hal/clock.ts";
import { openJpegEncoder } from "../../hal/gst/jpeg.ts";
import { simCamera } from "../../hal/sim/camera.ts";
import { testKeys } from "../../scripts/rigs/paired.ts";

export const size = { width: 640, height: 360 };
export const fps = 10;

export interface CoreRun {
  /** A folder that exists. */
  readonly folder: string;
  readonly shape: MaskShape | null;
  readonly canary: boolean;
  /** Default: until the porch's first visitor has walked up, 15 s after its beginning, and rung. */
  readonly frames?: number;
}

export interface Core {
  readonly said: readonly EyeToKeeper[];
  readonly live: readonly LiveUnit[];
  /** What the pre-roll buffer holds at the end. */
  readonly preroll: readonly EncodedUnit[];
  readonly thumbnails: readonly Uint8Array[];
  readonly motion: readonly MotionResult[];
  /** What the motion journal wrote. */
  readonly journal: Buffer;
  /** What all who come after the mask are handed, frame by frame. */
  readonly masked: readonly I420[];
  /** The pre-roll as a file that players play. */
  readonly prerollVideo: Uint8Array;
  readonly liveVideo: Uint8Array;
}

const settings = settingsSchema.parse({ recording: { bitrateKbps: 400, postRollMs: 1_000 } });

export async function runCore({ folder, shape, canary, frames = 190 }: CoreRun): Promise<Core> {
  const clock = systemClock;
  const options = { ...size, fps, frames, canary, light: "day", rain: "off", pace: "fast", clock } as const;
  await using camera = await simCamera(options).open();
  await using jpeg = await openJpegEncoder();
  const [said, live, thumbnails, motion]: [EyeToKeeper[], LiveUnit[], Uint8Array[], MotionResult[]] = [
    [],
    [],
    [],
    [],
  ];
  const queue = new DiskQueue({ clock, maxBytes: 1e8, onFull: () => {} });
  const masked: I420[] = [];
  let ids = 0;
  let pictured: Promise<unknown> = Promise.resolve();
  const journal = new MotionJournal({
    folder,
    mostBytesPerDay: Infinity,
    stage: new Stages().at("journal"),
    newId: () => "the-session",
  });
  const { pipeline, output } = await buildPipeline({
    size,
    fps,
    settings,
    shape,
    stages: new Stages(),
    onMasked: (frame) => masked.push(copyOf(frame)),
    clips: {
      queue,
      viewers: () => [parseRecipient(testKeys(1).sealTo)],
      jpeg: {
        encode: (frame, longestPx) => {
          const encoded = jpeg.encode(frame, longestPx);
          pictured = encoded.then((bytes) => thumbnails.push(bytes));
          return encoded;
        },
        close: () => jpeg.close(),
        [Symbol.asyncDispose]: () => jpeg.close(),
      },
      folderOf: (clip) => join(folder, clip),
      sendLive: (bytes) => live.push(decodeLive(bytes)),
    },
    journal,
    newId: () => `counted-${String((ids += 1)).padStart(4, "0")}`,
    wallMsAt: (ptsUs) => ptsUs / 1_000,
    report: (message) => said.push(message),
  });
  if (output === null) throw new Error("a core without an output");
  output.live?.turn(true);
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    motion.push(structuredClone(pipeline.handle(raw)));
    await pictured; // frames come faster than a camera's: a thumbnail must not be later than its clip
    if (raw.sequence === frames - 30) pipeline.press("the-ring-0001");
  }
  await pipeline.end("stopped");
  await queue.idle();
  await journal.idle();
  const preroll = output.preroll.since(-Infinity);
  const { config } = output.encoder;
  if (config === null) throw new Error("nothing was encoded");
  const init = initSegment({ ...size, avcC: config.avcC });
  const prerollVideo = Buffer.concat([
    init,
    fragment(preroll, { sequence: 1, baseUs: preroll[0]?.ptsUs ?? 0 }),
  ]);
  const liveVideo = Buffer.concat(live.map(({ payload }) => payload));
  await output.encoder.close();
  const kept = await readFile(join(folder, "1970-01-01.sight"));
  return { said, live, journal: kept, preroll, thumbnails, motion, masked, prerollVideo, liveVideo };
}

function copyOf({ width, height, y, u, v }: I420): I420 {
  const plane = (from: Plane): Plane => ({ ...from, data: Uint8Array.from(from.data) });
  return { width, height, y: plane(y), u: plane(u), v: plane(v) };
}
