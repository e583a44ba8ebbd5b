/**
 * Motion: Debian's `motion` with its defaults, frame by frame (motion-feed.c says how).
 *
 * What decides is as Debian ships it (/etc/motion/motion.conf of 4.5.1); size and rate are the
 * clip's, and files, ports and text are switched off. A frame has motion when Motion would save a picture of it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../../../hal/fault.ts";
import type { Watcher } from "../watcher.ts";
import { frameMsIn, watchingChild } from "./child.ts";

const device = "/dev/sill-feed";

/** What Debian's file sets, as far as it has to do with detection. */
const defaults = [
  "emulate_motion off",
  "threshold 1500",
  "despeckle_filter EedDl",
  "minimum_motion_frames 1",
  "event_gap 60",
  "post_capture 0",
];

/** `pictures`: false = only its CPU counts, no frame is encoded. */
export function motionWatcher(pictures = true): Watcher {
  return {
    name: "motion",
    inProcess: false,
    blobs: false,
    open({ width, height, fps }) {
      const folder = mkdtempSync(join(tmpdir(), "sill-bench-motion-"));
      const config = join(folder, "motion.conf");
      const lines = [
        ...defaults,
        `video_device ${device}`,
        `width ${width}`,
        `height ${height}`,
        `framerate ${Math.ceil(fps)}`,
        `target_dir ${folder}`,
        `picture_output ${pictures ? "on" : "off"}`,
        "picture_filename sill-saw-motion",
        "pre_capture 0",
        "movie_output off",
        "webcontrol_port 0",
        "stream_port 0",
        "log_level 4",
      ];
      writeFileSync(config, `${lines.join("\n")}\n`);
      return watchingChild({
        name: "motion",
        command: ["motion", "-n", "-c", config],
        env: { LD_PRELOAD: feedLibrary(), SILL_FEED_DEVICE: device, SILL_FEED_FPS: String(fps) },
        framesIn: 3,
        answersOut: 4,
        parse: (answers) => ({
          evidence: (answers.split("\n")[0] ?? "").split("").map(Number),
          frameMs: frameMsIn(answers),
        }),
      });
    },
  };
}

let built: string | null = null;

/** Built once a run, from source. */
function feedLibrary(): string {
  if (built !== null) return built;
  const folder = join(tmpdir(), `sill-bench-feed-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const to = join(folder, "motion-feed.so");
  const source = join(import.meta.dirname, "motion-feed.c");
  const { status, stderr } = spawnSync("cc", ["-shared", "-fPIC", "-O2", "-o", to, source, "-ldl"]);
  if (status !== 0) throw new Fault("unavailable", `cannot build ${source}: ${String(stderr)}`);
  built = to;
  return to;
}
