import { expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { HeatFeed } from "../../../daemon/eye/heat-feed.ts";
import { DiskQueue } from "../../../daemon/eye/record/disk-queue.ts";
import { Session } from "../../../daemon/eye/session.ts";
import { Stages } from "../../../daemon/eye/stages.ts";
import type { Policy } from "../../../daemon/policy/policy.ts";
import { gridOf } from "../../../daemon/sight/grid.ts";
import { decodeHeat, type HeatUnit } from "../../../daemon/wire/heat.ts";
import { systemClock } from "../../../hal/clock.ts";
import { simCamera } from "../../../hal/sim/camera.ts";
import { hiddenCells } from "../../../scripts/rigs/hidden-cells.ts";
import { policyOf, testKeys } from "../../../scripts/rigs/paired.ts";

const size = { width: 320, height: 180 };
const porch = policyOf(testKeys(9).signKey);

interface Run {
  readonly fps: number;
  readonly frames: number;
  readonly policy?: Policy | null;
  readonly turn?: (heat: HeatFeed, frame: number) => void;
}

/** A session on the fast porch; its first visitor walks up from 7 s on. */
async function heatOf({ fps, frames, policy = porch, turn = () => {} }: Run) {
  await using camera = await simCamera({
    ...size,
    fps,
    pace: "fast",
    clock: systemClock,
    stallMs: 50,
  }).open();
  const heat: HeatUnit[] = [];
  const moved: boolean[] = [];
  const stages = new Stages();
  const feed = new HeatFeed({ stage: stages.at("heat"), send: (bytes) => heat.push(decodeHeat(bytes)) });
  const session = new Session(
    camera,
    { policy, watched: false },
    {
      settings: settingsSchema.parse({}),
      clock: systemClock,
      stages,
      clips: {
        queue: new DiskQueue({ clock: systemClock, maxBytes: 1e8, onFull: () => {} }),
        viewers: () => [],
        jpeg: null,
        folderOf: () => "/nonexistent",
        sendLive: null,
      },
      sentry: null,
      stills: null,
      heat: feed,
      report: () => {},
    },
  );
  await session.run(() => {
    moved.push(session.motion.motion);
    turn(feed, moved.length);
    if (moved.length >= frames) session.stop();
  });
  return { heat, moved, stage: stages.at("heat") };
}

test("heat is made of every analysed picture while it is on, and of none while it is off", async () => {
  const on = (feed: HeatFeed, frame: number): void => {
    if (frame === 10) feed.turn(true);
    if (frame === 30) feed.turn(false);
  };
  const { heat, stage } = await heatOf({ fps: 30, frames: 60, turn: on });
  expect(heat).toHaveLength(10); // every second of 20
  expect(stage).toMatchObject({ in: 10, out: 10, dropped: 0 });
  const times = heat.map(({ ptsUs }) => ptsUs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(heat[0]).toMatchObject({ cols: gridOf(size).cols, rows: gridOf(size).rows });
});

test("a visitor is hot where they walk; what is masked stays cold", async () => {
  const { heat, moved } = await heatOf({ fps: 10, frames: 150, turn: (feed) => feed.turn(true) });
  const hot = heat.filter(({ levels }) => levels.some((level) => level > 50));
  expect(moved).toContain(true);
  expect(hot.length).toBeGreaterThan(5);
  expect(heat.some(({ stirring }) => stirring.some((level) => level > 50))).toBe(true);
  const hidden = hiddenCells(size, porch);
  expect(hidden.length).toBeGreaterThan(100);
  for (const { levels, stirring } of heat)
    for (const k of hidden) expect([levels[k], stirring[k]]).toEqual([0, 0]);
});

test("with everything masked there is no heat", async () => {
  const { heat } = await heatOf({ fps: 10, frames: 100, policy: null, turn: (feed) => feed.turn(true) });
  expect(heat).toEqual([]);
});
