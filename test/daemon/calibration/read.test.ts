import { describe, expect, test } from "vitest";
import { eventsOf } from "../../../daemon/calibration/events.ts";
import { readTracks } from "../../../daemon/calibration/read.ts";
import { judgeAgain, type JudgedEvent } from "../../../daemon/sight/journal/judge-again.ts";
import { readJournal } from "../../../daemon/sight/journal/reader.ts";
import { fuses } from "../../../daemon/sight/fusion.ts";
import { pirStates } from "../../../daemon/sight/pir-track.ts";
import type { MotionSettings } from "../../../daemon/sight/zones.ts";
import { always, cells, newFolder, noonMs, write, type Happening } from "../sight/journal/story.ts";

const timing = { postRollUs: 6_000_000, cooldownUs: 4_000_000, maxClipUs: 60_000_000 };

/** Twenty minutes in which something moves now and then, here or there, more or less; twice a camera is lost. */
const story: Happening[] = Array.from({ length: 12_000 }, (_, i): Happening[] => {
  const burst = Math.floor(i / 130);
  const moves = burst % 3 !== 0 && i % 130 < 20 + ((burst * 37) % 100) && i % 7 !== 0;
  const from = (burst * 11) % (cells - 8);
  const levels = new Uint8Array(cells).fill(moves ? 1 + ((burst * 29) % 100) : 0, from, from + 8);
  const frame: Happening = {
    type: "frame",
    ptsUs: i * 100_003,
    wallMs: noonMs + i * 100,
    light: burst % 20 < 10 ? "bright" : "dark",
    minute: 720 + Math.floor(i / 600),
    levels,
    analysed: true,
  };
  if (i === 4_000) return [{ type: "wake", ptsUs: i * 100_003 }, frame];
  if (i % 97 === 0) {
    const state = pirStates[(i * 7) % 10 < 1 ? 0 : 1 + ((i / 97) % 2)] ?? "unknown";
    return [{ type: "pir", state, ptsUs: i * 100_003 - 250_000 }, frame];
  }
  if (i % 4_000 === 3_999) return [frame, { type: "camera-lost", ptsUs: i * 100_003 }];
  return i % 1_700 === 1_699 ? [frame, { type: "press", ptsUs: i * 100_003 }] : [frame];
}).flat();

async function judged(folder: string, settings: MotionSettings) {
  const events: JudgedEvent[] = [];
  const judge = judgeAgain({ settings, timing, boxes: false, onEvent: (event) => events.push(event) });
  await readJournal(folder, always, judge);
  judge.finish();
  return events.map(({ startWallMs, endWallMs, score, zones }) => ({ startWallMs, endWallMs, score, zones }));
}

const half: MotionSettings["zones"] = [
  {
    name: "left",
    polygon: [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ],
  },
];

describe("tracks of a journal on the disk", () => {
  test.each<[string, MotionSettings]>([
    ["50 everywhere", { sensitivity: 50, zones: [] }],
    ["90 in a half", { sensitivity: 90, zones: half }],
    ...fuses.map((fuse): [string, MotionSettings] => [fuse, { sensitivity: 50, zones: [], fuse }]),
    [
      "rules by light and time",
      {
        sensitivity: 20,
        zones: half,
        rules: [
          { light: "dark", sensitivity: 80 },
          { from: "12:05", to: "12:10", sensitivity: 100 },
        ],
      },
    ],
  ])("give the events of judging the journal again: %s", async (_, settings) => {
    const folder = await newFolder();
    await write(folder, story);
    const tracks = await readTracks(folder, { areas: settings.zones, span: always, timing });
    const events = eventsOf(tracks, settings);
    expect(events.length).toBeGreaterThan(3);
    expect(
      events.map(({ startWallMs, endWallMs, score, zones }) => ({ startWallMs, endWallMs, score, zones })),
    ).toEqual(await judged(folder, settings));
  });

  test("of a part know what was going on when it begins", async () => {
    const folder = await newFolder();
    await write(folder, story);
    const settings: MotionSettings = { sensitivity: 50, zones: [] };
    const all = eventsOf(await readTracks(folder, { areas: [], span: always, timing }), settings);
    const middle = all[Math.floor(all.length / 2)];
    if (middle === undefined) throw new Error("events expected");
    const span = { fromWallMs: middle.startWallMs + 1, toWallMs: middle.endWallMs };
    const [first] = eventsOf(await readTracks(folder, { areas: [], span, timing }), settings);
    expect(first).toMatchObject({ startWallMs: middle.startWallMs, endWallMs: middle.endWallMs });
  });

  test("of a folder that is not there hold nothing", async () => {
    const tracks = await readTracks("/tmp/no-such-journal", { areas: [], span: always, timing });
    expect(tracks).toMatchObject({ chunks: [], covered: [], cut: false });
  });
});
