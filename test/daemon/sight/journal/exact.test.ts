/**
 * The promise of the journal: judged again, its frames say what a live eye with those settings would have.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { settingsSchema, type Settings } from "../../../../config/schema.ts";
import { buildPipeline } from "../../../../daemon/eye/build.ts";
import { MotionJournal } from "../../../../daemon/eye/motion-journal/journal.ts";
import { Stages } from "../../../../daemon/eye/stages.ts";
import { judgeAgain, type JudgedEvent } from "../../../../daemon/sight/journal/judge-again.ts";
import { readJournal } from "../../../../daemon/sight/journal/reader.ts";
import { fuses } from "../../../../daemon/sight/fusion.ts";
import { pirStates, type PirState } from "../../../../daemon/sight/pir-track.ts";
import { lights, type MotionSettings } from "../../../../daemon/sight/zones.ts";
import type { MaskShape } from "../../../../daemon/policy/shape.ts";
import type { EyeToKeeper } from "../../../../daemon/wire/messages.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { simCamera } from "../../../../hal/sim/camera.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import type { RawFrame } from "../../../../hal/frame.ts";
import type { Detector } from "../../../../models/detector.ts";
import { hash, wall } from "../../eye/motion/scene.ts";
import { always, newFolder, noonMs } from "./story.ts";

const [width, height] = [40, 22];
const recording = { postRollMs: 700, cooldownMs: 500, maxClipMs: 5_000 };
const timing = { postRollUs: 700_000, cooldownUs: 500_000, maxClipUs: 5_000_000 };

/** Somebody walks to and fro, faint or plain, in light that may go out or lose its colour. */
interface Scene {
  readonly seed: number;
  readonly fps: number;
  readonly frames: number;
  readonly contrast: number;
  readonly speed: number;
  readonly darkFrom: number;
  readonly greyFrom: number;
  readonly pressAt: readonly number[];
  readonly lostAt: number | null;
  /** Before the frame of that number; the edge itself may be older. */
  readonly pir: readonly { readonly at: number; readonly state: PirState; readonly agoUs: number }[];
  /** The camera was opened by the PIR. */
  readonly woke: boolean;
  readonly policy: MaskShape;
  /** From this frame on the walker stands where he is; absent = never. */
  readonly standsFrom?: number;
  /** Instead of the walker. */
  readonly raws?: readonly RawFrame[];
}

const scene: fc.Arbitrary<Scene> = fc.record({
  seed: fc.integer({ min: 0, max: 999 }),
  fps: fc.constantFrom(8, 15, 25, 30),
  frames: fc.integer({ min: 100, max: 240 }),
  contrast: fc.integer({ min: 30, max: 180 }),
  speed: fc.double({ min: 0.2, max: 1.2, noNaN: true }),
  darkFrom: fc.integer({ min: 30, max: 400 }),
  greyFrom: fc.integer({ min: 30, max: 400 }),
  pressAt: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 2 }),
  lostAt: fc.option(fc.integer({ min: 40, max: 200 })),
  pir: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 200 }),
      state: fc.constantFrom(...pirStates),
      agoUs: fc.integer({ min: 0, max: 900_000 }),
    }),
    { maxLength: 8 },
  ),
  woke: fc.boolean(),
  policy: fc.constantFrom<MaskShape>(
    { propertyLine: box(0, 0, 1, 1), privacyZones: [] },
    { propertyLine: box(0.1, 0.2, 0.9, 1), privacyZones: [box(0.6, 0.5, 0.7, 0.8)] },
  ),
});

const sensitivity = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 40, max: 100 }) },
  fc.integer({ min: 0, max: 40 }),
);
const corner = fc.double({ min: 0, max: 1, noNaN: true });
const time = fc.integer({ min: 0, max: 1_439 }).map((minute) => {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
});
const fuse = fc.constantFrom(...fuses);
const settings: fc.Arbitrary<MotionSettings> = fc.record({
  sensitivity,
  fuse,
  pirWindowMs: fc.integer({ min: 0, max: 3_000 }),
  zones: fc
    .array(
      fc.tuple(
        corner,
        corner,
        corner,
        corner,
        fc.option(sensitivity, { nil: undefined }),
        fc.option(fuse, { nil: undefined }),
      ),
      {
        maxLength: 3,
      },
    )
    .map((all) =>
      all.map(([x0, y0, x1, y1, own, ownFuse], i) => ({
        name: `zone ${i}`,
        polygon: box(x0, y0, x1, y1),
        sensitivity: own,
        fuse: ownFuse,
      })),
    ),
  rules: fc.array(
    fc.record({
      zone: fc.option(fc.constantFrom("zone 0", "zone 1", "everywhere")),
      light: fc.option(fc.constantFrom(...lights)),
      from: fc.option(time),
      to: fc.option(time),
      sensitivity,
    }),
    { maxLength: 3 },
  ),
});

function box(x0: number, y0: number, x1: number, y1: number): [number, number][] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

function framesOf({
  seed,
  fps,
  frames,
  contrast,
  speed,
  darkFrom,
  greyFrom,
  standsFrom = Infinity,
}: Scene): RawFrame[] {
  return Array.from({ length: frames }, (_none, f) => {
    const from = 4 + (((Math.min(f, standsFrom) * speed * 15) / fps) % 30);
    const y = new Uint8Array(width * height).map((_, i) => {
      const [col, row] = [i % width, Math.floor(i / width)];
      const there = f > fps && col >= from && col < from + 7 && row > 4 && row < 18;
      const noisy = wall(col, row, seed) + 3 * (hash(col, row, f) - 0.5);
      const luma = noisy + (there ? contrast * hash(Math.floor(col - from) >> 1, row >> 1, seed) : 0);
      return Math.max(0, Math.min(255, Math.round(f >= darkFrom ? luma / 4 : luma)));
    });
    const chroma = new Uint8Array((width * height) / 4).map((_, i) => (f >= greyFrom ? 128 : 110 + (i % 40)));
    const colour = { data: chroma, stride: width / 2, width: width / 2, height: height / 2 };
    const ptsUs = 1_000_000 + Math.round((f * 1_000_000) / fps) + Math.round(2_000 * hash(f, seed, 1));
    const luma = { data: y, stride: width, width, height };
    return { width, height, y: luma, u: colour, v: colour, ptsUs, sequence: f };
  });
}

interface Said {
  readonly frames: unknown[];
  readonly events: unknown[];
}

interface Live {
  readonly motion: MotionSettings;
  /** From the frame of this number on. */
  readonly retune?: { readonly at: number; readonly to: MotionSettings };
  readonly journal?: MotionJournal;
  /** Who is asked what moved, and answered before the next frame; absent = nobody. */
  readonly detector?: Detector;
}

/** A minute of the day passes with every ten frames, so that schedules matter. */
const minuteAt = (wallMs: number): number => Math.floor((wallMs - noonMs) / 500) % 1_440;

async function live(shown: Scene, { motion, retune, journal, detector }: Live): Promise<Said> {
  const said: Said = { frames: [], events: [] };
  const starts = new Map<string, number>();
  let ids = 0;
  const report = (message: EyeToKeeper): void => {
    if (message.type === "event-opened") starts.set(message.event, message.startWallMs);
    if (message.type !== "event-closed") return;
    const { event, endWallMs, score, zones, seer } = message;
    said.events.push({ startWallMs: starts.get(event), endWallMs, score, zones, seer });
  };
  const begin = async () =>
    (
      await buildPipeline({
        size: { width, height },
        fps: shown.fps,
        settings: { ...settingsSchema.parse({ recording }), motion: motionOf(motion) },
        shape: shown.policy,
        stages: new Stages(),
        clips: null,
        journal: journal ?? null,
        detector: detector ?? null,
        minuteAt,
        newId: () => String((ids += 1)),
        wallMsAt: (ptsUs) => noonMs + ptsUs / 1_000,
        report,
      })
    ).pipeline;
  let pipeline = await begin();
  for (const raw of shown.raws ?? framesOf(shown)) {
    if (raw.sequence === shown.lostAt) {
      await pipeline.end("camera-lost");
      pipeline = await begin();
    }
    if (raw.sequence === retune?.at) pipeline.retune(retune.to);
    for (const { at, state, agoUs } of shown.pir)
      if (at === raw.sequence) pipeline.pir(state, raw.ptsUs - agoUs);
    const { motion: moved, score, zones, boxes, analysed, light } = pipeline.handle(raw);
    if (detector !== undefined) await pipeline.looked();
    said.frames.push({ ptsUs: raw.ptsUs, moved, score, zones, boxes, analysed, light });
    if (shown.woke && raw.sequence === 0) pipeline.wake();
    if (shown.pressAt.includes(raw.sequence)) pipeline.press(`ring-${raw.sequence}`);
  }
  await pipeline.end("stopped");
  return said;
}

/** As the settings have it: null is absent there, and the time is not between two. */
function motionOf({
  sensitivity: all,
  zones,
  rules = [],
  fuse: how,
  pirWindowMs,
}: MotionSettings): Settings["motion"] {
  const { motion } = settingsSchema.parse({});
  return { ...motion, sensitivity: all, zones, rules, fuse: how, pirWindowMs } as Settings["motion"];
}

async function again(folder: string, motion: MotionSettings | null): Promise<Said> {
  const said: Said = { frames: [], events: [] };
  const judge = judgeAgain({
    settings: motion,
    timing,
    boxes: true,
    onFrame: ({ ptsUs, analysed, light }, { motion: moved, score, zones, boxes }) =>
      said.frames.push({ ptsUs, moved, score, zones, boxes, analysed, light }),
    onEvent: ({ startWallMs, endWallMs, score, zones, seer }: JudgedEvent) =>
      said.events.push({ startWallMs, endWallMs, score, zones, seer }),
  });
  await readJournal(folder, always, judge);
  judge.finish();
  return said;
}

async function journalled(shown: Scene, how: Live): Promise<{ folder: string; said: Said }> {
  const folder = await newFolder();
  let ids = 0;
  const journal = new MotionJournal({
    folder,
    mostBytesPerDay: Infinity,
    stage: new Stages().at("journal"),
    newId: () => String((ids += 1)),
  });
  const said = await live(shown, { ...how, journal });
  await journal.idle();
  return { folder, said };
}

const timeout = 120_000;

test(
  "other settings: the same verdicts, frame by frame, and the same events as an eye that had them",
  { timeout },
  async () => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(scene, settings, settings, async (shown, a, b) => {
        const { folder } = await journalled(shown, { motion: a });
        const seen = await live(shown, { motion: b });
        expect(await again(folder, b)).toEqual(seen);
        moved += seen.events.length;
      }),
      { numRuns: 30 },
    );
    expect(moved).toBeGreaterThan(5);
  },
);

test(
  "the settings that it had: what was said then, also where they changed on the way",
  { timeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        scene,
        settings,
        settings,
        fc.integer({ min: 1, max: 150 }),
        async (shown, a, b, at) => {
          const { folder, said } = await journalled(
            { ...shown, lostAt: null },
            { motion: a, retune: { at, to: b } },
          );
          expect(await again(folder, null)).toEqual(said);
        },
      ),
      { numRuns: 12 },
    );
  },
);

/** Sees a person wherever it is asked, but for every eighth time. */
const sure: Detector = {
  name: "sure",
  detect: async ({ sequence }, regions) =>
    regions.map((region) => ({
      label: hash(sequence, 1, 2) < 0.125 ? "other" : "person",
      score: 0.9,
      box: region,
    })),
  close: async () => {},
};

test(
  "visitors whom a model held: under the settings that it had, the events that were told then",
  { timeout },
  async () => {
    let joined = 0;
    // in plain sight, so that he moves, is seen, and stands
    const plain = fc.record({
      fps: fc.constantFrom(8, 15),
      frames: fc.integer({ min: 200, max: 240 }),
      lostAt: fc.constantFrom(null, null, 190),
      standsFrom: fc.integer({ min: 40, max: 90 }),
      contrast: fc.integer({ min: 120, max: 180 }),
    });
    const keen = fc.integer({ min: 60, max: 100 });
    await fc.assert(
      fc.asyncProperty(scene, settings, plain, keen, async (any, some, visitor, sensitive) => {
        const shown = { ...any, ...visitor, darkFrom: 400 };
        const motion = { ...some, sensitivity: sensitive, zones: [], rules: [] };
        const { folder, said } = await journalled(shown, { motion, detector: sure });
        expect(await again(folder, motion)).toEqual(said);
        expect(await again(folder, null)).toEqual(said);
        const alone = await live(shown, { motion });
        if (JSON.stringify(alone.events) !== JSON.stringify(said.events)) joined += 1;
      }),
      { numRuns: 10 },
    );
    expect(joined).toBeGreaterThan(0);
  },
);

async function porchFrames(frames: number): Promise<RawFrame[]> {
  const options = {
    width,
    height,
    fps: 15,
    frames,
    pace: "fast",
    clock: systemClock,
    light: "day",
    seed: 7,
  } as const;
  await using camera = await simCamera(options).open();
  const raws: RawFrame[] = [];
  for (let raw = await camera.read(); raw !== null; raw = await camera.read())
    raws.push(structuredClone(raw));
  return raws;
}

test("the same on the simulated porch, through its privacy mask", { timeout }, async () => {
  const raws = await porchFrames(900);
  const shown: Scene = {
    seed: 0,
    fps: 15,
    frames: 0,
    contrast: 0,
    speed: 0,
    darkFrom: 0,
    greyFrom: 0,
    pressAt: [400],
    lostAt: 700,
    pir: [],
    woke: false,
    policy: porchPolicy,
    raws,
  };
  const { folder } = await journalled(shown, { motion: { sensitivity: 20, zones: [] } });
  let moved = 0;
  for (const b of [10, 50, 90].map((level) => ({
    sensitivity: level,
    zones: [{ name: "path", polygon: box(0.2, 0.3, 1, 1) }],
    rules: [{ light: "bright" as const, zone: null, from: "00:01", to: "00:02", sensitivity: 75 }],
  }))) {
    const seen = await live(shown, { motion: b });
    expect(await again(folder, b)).toEqual(seen);
    moved += seen.events.length;
  }
  expect(moved).toBeGreaterThan(0);
});
