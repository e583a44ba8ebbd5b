import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openNext } from "../../../../daemon/sight/journal/envelope.ts";
import { pirStates } from "../../../../daemon/sight/pir-track.ts";
import { lights } from "../../../../daemon/sight/zones.ts";
import { cells, minutes, newFolder, noonMs, read, write, type Happening, type Told } from "./story.ts";

const level = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 100 }));
const frame = fc.record({
  type: fc.constant("frame" as const),
  stepUs: fc.oneof(fc.constant(66_667), fc.integer({ min: 1, max: 3_000_000 })),
  light: fc.constantFrom(...lights),
  minute: fc.option(fc.integer({ min: 0, max: 1_439 })),
  levels: fc.array(level, { minLength: cells, maxLength: cells }),
  analysed: fc.boolean(),
  held: fc.boolean(),
});
const other = fc.oneof(
  fc.record({ type: fc.constantFrom("press" as const, "camera-lost" as const, "stopped" as const) }),
  fc.record({ type: fc.constant("wake" as const) }),
  fc.record({
    type: fc.constant("pir" as const),
    state: fc.constantFrom(...pirStates),
    agoUs: fc.integer({ min: -100_000, max: 9_000_000 }),
  }),
  fc.record({ type: fc.constant("settings" as const), sensitivity: fc.integer({ min: 0, max: 100 }) }),
);

type Made<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** What is made up, with times that grow and levels that stay where nobody looked. */
function storyOf(made: readonly (Made<typeof frame> | Made<typeof other>)[]): Happening[] {
  let ptsUs = 5_000_000;
  return made.map((each) => {
    if (each.type === "settings") return each;
    if (each.type === "pir") return { type: "pir", state: each.state, ptsUs: ptsUs - each.agoUs };
    if (each.type !== "frame") return { type: each.type, ptsUs };
    ptsUs += each.stepUs;
    const levels = Uint8Array.from(each.levels);
    const { light, minute, analysed, held } = each;
    return { type: "frame", ptsUs, wallMs: noonMs + ptsUs / 1_000, light, minute, levels, analysed, held };
  });
}

describe("the motion journal", () => {
  test("says again exactly what it was told, whatever that was", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 6, arbitrary: frame }, other), { minLength: 1 }),
        async (made) => {
          const story = storyOf(made);
          const folder = await newFolder();
          await write(folder, [...minutes(1), ...story]);
          const told = await read(folder);
          expect(
            told
              .filter((each) => each.told !== "session")
              .slice(1)
              .map(bare),
          ).toEqual(expected(story));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("cuts blocks each minute, and goes on in the next where it was", async () => {
    const folder = await newFolder();
    const story = minutes(1_500, 0);
    await write(folder, story);
    const told = await read(folder);
    expect(told.map((each) => each.told)).toEqual(["session", ...story.map(() => "frame")]);
    expect(told.slice(1).map(bare)).toEqual(expected(story));
  });

  test("says version 2 only of blocks in which somebody was held, and reads both", async () => {
    const folder = await newFolder();
    const story = minutes(1_300).map((each, i) => (i < 700 ? each : { ...each, held: i < 720 }));
    await write(folder, story);
    const bytes = await readFile(join(folder, "2026-01-31.sight"));
    const versions: number[] = [];
    for (let next = openNext(bytes, 0).block; next !== null; next = openNext(bytes, next.end).block)
      versions.push(next.version);
    expect(versions).toEqual([1, 2, 1]);
    expect((await read(folder)).slice(1).map(bare)).toEqual(expected(story));
  });

  test("tells only what lies in the time asked for, from its first millisecond on", async () => {
    const folder = await newFolder();
    await write(folder, minutes(3_000));
    const span = { fromWallMs: noonMs + 100_000, toWallMs: noonMs + 170_050 };
    const told = await read(folder, span);
    expect(told[0]).toMatchObject({ told: "session", wallMs: noonMs + 100_000 });
    const frames = told.filter((each) => each.told === "frame");
    expect([frames.length, frames[0]?.wallMs, frames.at(-1)?.wallMs]).toEqual([
      701,
      noonMs + 100_000,
      noonMs + 170_000,
    ]);
    expect(frames.map(bare)).toEqual(expected(minutes(3_000).slice(1_000, 1_701)));
  });
});

/** Without what only the reader knows. */
function bare(told: Told): unknown {
  if (told.told !== "frame") {
    const { wallMs: _wallMs, ...rest } = told;
    return rest;
  }
  const { ptsUs, levels } = told;
  const { light, minute, analysed, held, wallMs } = told as unknown as Record<string, unknown>;
  return { told: "frame", ptsUs, levels, light, minute, analysed, held, wallMs: Math.round(Number(wallMs)) };
}

function expected(story: readonly Happening[]): unknown[] {
  let [levels, light, minute]: [Uint8Array, string, number | null] = [new Uint8Array(cells), "bright", 0];
  return story.map((each) => {
    if (each.type === "settings") return { told: "settings", sensitivity: each.sensitivity };
    if (each.type === "pir") return { told: "pir", state: each.state, ptsUs: each.ptsUs };
    if (each.type === "wake") return { told: "wake", ptsUs: each.ptsUs };
    if (each.type === "press") return { told: "press", ptsUs: each.ptsUs };
    if (each.type !== "frame") return { told: "end", ptsUs: each.ptsUs, reason: each.type };
    if (each.analysed) ({ levels, light, minute } = each);
    const { ptsUs, analysed, held = false, wallMs } = each;
    const hex = Buffer.from(levels).toString("hex");
    return { told: "frame", ptsUs, levels: hex, light, minute, analysed, held, wallMs: Math.round(wallMs) };
  });
}
