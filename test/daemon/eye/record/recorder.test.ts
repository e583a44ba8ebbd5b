/** The recorder: into which recording a picture goes that comes late. Real clips, on a disk. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DiskQueue } from "../../../../daemon/eye/record/disk-queue.ts";
import { Preroll } from "../../../../daemon/eye/record/preroll.ts";
import { Recorder } from "../../../../daemon/eye/record/recorder.ts";
import { clipFiles } from "../../../../daemon/wire/paths.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { viewers } from "../../seal/viewer.ts";
import { units } from "./units.ts";

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const name = "parcel-left-after";
const all = units({ count: 600, fps: 10, gopFrames: 10 });

function openRecorder(folder: string) {
  const preroll = new Preroll({ durationUs: 1_000_000, maxBytes: 1e6 });
  const queue = new DiskQueue({ clock: new SimClock(), maxBytes: 1e6, onFull: () => {} });
  const recorder = new Recorder({
    size: { width: 320, height: 180 },
    encoder: { config: { avcC: new Uint8Array([1, 66, 192, 31]), codec: "avc1.42c01f" } },
    preroll,
    queue,
    viewers: () => viewers,
    folderOf: (clip) => join(folder, clip),
    wallMsAt: (ptsUs) => ptsUs / 1_000,
    report: () => {},
  });
  let next = 0;
  /** Frames of so many seconds. */
  const run = (seconds: number): void => {
    for (const unit of all.slice(next, (next += seconds * 10))) {
      preroll.push(unit);
      recorder.push(unit);
    }
  };
  const nowUs = (): number => all[next]?.ptsUs ?? 0;
  return {
    recorder,
    run,
    open: (clip: string, event: string, kind: "motion" | "ring"): void => {
      recorder.open(clip, { event, kind, startWallMs: nowUs() / 1_000 }, nowUs());
      run(3);
    },
    close: (): void => {
      recorder.close(nowUs(), "quiet");
      run(3);
    },
    pictured: async (): Promise<string[]> => {
      await queue.idle();
      const clips = (await readdir(folder)).toSorted();
      const holds = await Promise.all(
        clips.map(async (clip) => (await readdir(join(folder, clip))).includes(clipFiles.picture(name))),
      );
      return clips.filter((_, i) => holds[i]);
    },
  };
}

test("a picture goes into the recording of its event, whoever rang since", async () => {
  await using temp = await tempFolder();
  const { recorder, run, open, close, pictured } = openRecorder(temp.path);
  run(2);
  open("clip-0001", "motion-0001", "motion");
  close();
  open("clip-0002", "ring-0002", "ring");
  recorder.picture("motion-0001", name, jpeg);
  close();
  expect(await pictured()).toEqual(["clip-0001"]);
});

test("also when the ring's recording is over too, and into one that is still recorded", async () => {
  await using temp = await tempFolder();
  const { recorder, run, open, close, pictured } = openRecorder(temp.path);
  run(2);
  open("clip-0001", "motion-0001", "motion");
  close();
  open("clip-0002", "ring-0002", "ring");
  close();
  recorder.picture("motion-0001", name, jpeg);
  open("clip-0003", "motion-0003", "motion");
  recorder.picture("motion-0003", name, jpeg);
  close();
  expect(await pictured()).toEqual(["clip-0001", "clip-0003"]);
});

test("one that no recording shows is dropped: nobody would look for it there", async () => {
  await using temp = await tempFolder();
  const { recorder, run, open, close, pictured } = openRecorder(temp.path);
  run(2);
  open("clip-0001", "ring-0001", "ring");
  recorder.picture("motion-0009", name, jpeg);
  close();
  recorder.picture("motion-0009", name, jpeg);
  expect(await pictured()).toEqual([]);
});
