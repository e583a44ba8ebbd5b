/**
 * More sensitivity never loses a motion frame nor an event: on the simulated porch and on real clips.
 *
 * The detector runs once; its levels are judged at every sensitivity, as live (settings.test.ts: a setting
 * leaves no trace in what is learnt). Clips need ../shared/footage and ffmpeg; skipped aloud without.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import { createMasker } from "../../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { createMotion } from "../../../../daemon/eye/motion/motion.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { Grid } from "../../../../daemon/sight/grid.ts";
import { initialMachine, step } from "../../../../daemon/sight/machine.ts";
import { verdictOf } from "../../../../daemon/sight/verdict.ts";
import { zonesOn } from "../../../../daemon/sight/zones.ts";
import type { I420 } from "../../../../hal/frame.ts";
import { newPicture } from "../../../../hal/sim/picture.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import { createPorch } from "../../../../hal/sim/porch/porch.ts";

const folder = join(import.meta.dirname, "../../../../../shared/footage");
const ready = existsSync(join(folder, "labels")) && spawnSync("ffmpeg", ["-version"]).status === 0;
if (!ready)
  process.stderr.write("sensitivity on real footage: skipped, ../shared/footage or ffmpeg is not here\n");

const size = { width: 320, height: 180 };
const fps = 15;
const timing = { postRollUs: 6_000_000, cooldownUs: 0, maxClipUs: 20_000_000 };
const sensitivities = Array.from({ length: 21 }, (_, i) => i * 5);
const zones = [
  {
    name: "path",
    polygon: [
      [0.2, 0.4],
      [0.8, 0.4],
      [0.9, 1],
      [0.1, 1],
    ] as [number, number][],
  },
  {
    name: "far",
    polygon: [
      [0, 0],
      [1, 0],
      [1, 0.4],
      [0, 0.4],
    ] as [number, number][],
  },
];

interface Film {
  readonly grid: Grid;
  /** Per frame, the levels of its cells. */
  readonly levels: readonly Uint8Array[];
}

function filmOf(pictures: Iterable<I420>, policy: MaskShape): Film {
  const opening = rasteriseOpening(size, policy);
  const [masker, memory] = [createMasker(opening), createPlainMemory(size.width, size.height)];
  const settings = { sensitivity: 50, zones: [] };
  const motion = createMotion({ ...size, fps, settings, visible: opening.luma });
  const levels = Array.from(pictures, (picture, i) =>
    motion.handle(masker.apply({ ...picture, ptsUs: i, sequence: i }, memory)).levels.slice(),
  );
  return { grid: motion.grid, levels };
}

interface Seen {
  /** 1 per frame on which something moved. */
  readonly frames: readonly boolean[];
  /** First and last moved frame of every event. */
  readonly events: readonly (readonly [number, number])[];
}

function judged({ grid, levels }: Film, sensitivity: number, zoned: boolean): Seen {
  const cells = zonesOn(grid, { sensitivity, zones: zoned ? zones : [] });
  const events: [number, number][] = [];
  let state = initialMachine;
  const tell = (input: Parameters<typeof step>[1]): void => {
    const next = step(state, input, { timing, newId: () => "id" });
    state = next.state;
    for (const action of next.actions) {
      if (action.type === "close-event") events.push([action.motion.startUs, action.motion.lastUs]);
    }
  };
  const frames = levels.map((each, i) => {
    const { motion, score, zones: names } = verdictOf(each, grid, cells);
    tell({ type: "frame", ptsUs: Math.round((i * 1e6) / fps), motion, score, zones: names });
    return motion;
  });
  tell({ type: "end", ptsUs: Math.round((levels.length * 1e6) / fps), reason: "stopped" });
  return { frames, events };
}

/** Every step of sensitivity beside the one below it. */
function expectMonotonic(film: Film): Seen {
  for (const zoned of [false, true]) {
    let low = judged(film, 0, zoned);
    expect(low.events).toEqual([]);
    for (const sensitivity of sensitivities) {
      const high = judged(film, sensitivity, zoned);
      expect(low.frames.filter((moved, i) => moved && high.frames[i] !== true)).toEqual([]);
      for (const [from, to] of low.events) {
        expect(high.events.some(([first, last]) => first <= to && last >= from)).toBe(true);
      }
      low = high;
    }
  }
  return judged(film, 100, false);
}

function* porch(settings: Parameters<typeof createPorch>[0], seconds: number): Generator<I420> {
  const stage = createPorch(settings, size);
  const picture = newPicture(size);
  for (let i = 0; i < seconds * fps; i += 1) {
    stage.render(6_000 + (i * 1_000) / fps, picture);
    yield picture;
  }
}

function* clip(name: string): Generator<I420> {
  const args = [
    "-v",
    "error",
    "-i",
    join(folder, name),
    "-vf",
    "scale=320:180",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "gray",
    "-",
  ];
  const { stdout } = spawnSync("ffmpeg", args, { maxBuffer: 1 << 28 });
  const picture = newPicture(size);
  const bytes = size.width * size.height;
  for (let at = 0; at + bytes <= stdout.length; at += bytes) {
    yield { ...picture, y: { ...picture.y, data: stdout.subarray(at, at + bytes), stride: size.width } };
  }
}

describe("more sensitivity loses no motion frame and no event", { timeout: 120_000 }, () => {
  test.each([
    ["by day", { light: "day" }],
    ["by night", { light: "night" }],
  ] as const)("on the porch %s", (_when, settings) => {
    const seen = expectMonotonic(filmOf(porch(settings, 40), porchPolicy));
    expect(seen.events.length).toBeGreaterThan(0);
  });

  test.skipIf(!ready).each(["bgsvideo.mp4", "atv.mp4", "cars.mp4", "s_rain.mp4", "s_head.mp4"])(
    "in %s",
    (name) => {
      const seen = expectMonotonic(filmOf(clip(name), wholePicture));
      expect(seen.frames.length).toBeGreaterThan(100);
    },
  );
});
