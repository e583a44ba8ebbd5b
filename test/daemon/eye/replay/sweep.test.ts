import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foundIn } from "../../../../daemon/eye/replay/sweep/labels.ts";
import { sweepPlot } from "../../../../daemon/eye/replay/sweep/plot.ts";
import { sweepOf } from "../../../../daemon/eye/replay/sweep/range.ts";
import type { SweepLine } from "../../../../daemon/eye/replay/lines.ts";
import { clip, h264, openFootage, type Footage } from "../../../hal/gst/footage.ts";
import { sill } from "../../cli/command-line.ts";

let footage: Footage;
beforeAll(async () => {
  footage = await openFootage();
  await footage.make("ball.mp4", `${clip({ frames: 90 })} ! ${h264} ! mp4mux`);
});
afterAll(() => footage[Symbol.asyncDispose]());

async function swept(...words: string[]): Promise<SweepLine> {
  const { code, out, err } = await sill(["replay", footage.path("ball.mp4"), "--json", ...words]);
  expect(code, err).toBe(0);
  return JSON.parse(out.split("\n").at(-1) ?? "") as SweepLine;
}

describe("a sweep over a video", () => {
  test("says for every sensitivity what a replay with it says", async () => {
    const { rows } = await swept("--sweep", "sensitivity=0..100:25");
    expect(rows.map(({ sensitivity }) => sensitivity)).toEqual([0, 25, 50, 75, 100]);
    for (const row of rows) {
      const { out } = await sill(
        `replay ${footage.path("ball.mp4")} --json --frames --motion.sensitivity=${row.sensitivity}`,
      );
      const lines = out.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
      const frames = lines.filter(({ type, motion }) => type === "frame" && motion === true);
      expect(row.events).toBe(lines.filter(({ type }) => type === "event").length);
      expect(row.motionMs).toBe(Math.round((frames.length * 1_000) / 15));
      expect(row.firstMs).toBe(frames.length === 0 ? null : Math.round(Number(frames[0]?.["ptsMs"])));
    }
    expect(rows.at(-1)?.motionMs).toBeGreaterThan(0);
  });

  test("is a table in words, with labels how much is found and how much false", async () => {
    const labels = footage.path("labels.json");
    writeFileSync(labels, JSON.stringify({ positive: [[2, 6]], ignore: [] }));
    const { out } = await sill([
      "replay",
      footage.path("ball.mp4"),
      "--sweep",
      "sensitivity=0..100:50",
      "--labels",
      labels,
    ]);
    const [head, none, , most] = out.split("\n").slice(1);
    expect(head?.split(/ {2,}/u)).toEqual([
      "SENSITIVITY",
      "EVENTS",
      "MOTION",
      "FIRST AT",
      "FOUND",
      "FALSE",
      "MOTION, DRAWN",
    ]);
    expect(none?.trim().split(/ {2,}/u)).toEqual(["0", "0", "0.0 s", "-", "0 of 1", "0"]);
    expect(most).toMatch(/^ +100 .* 1 of 1 .*#{30}$/u);
  });

  test("is drawn where --svg says, and never over another file", async () => {
    const svg = footage.path("sweep.svg");
    await swept("--sweep", "sensitivity=0..100:20", "--svg", svg);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg [\s\S]*ball\.mp4[\s\S]*<\/svg>\n$/u);
    const again = await sill([
      "replay",
      footage.path("ball.mp4"),
      "--sweep",
      "sensitivity=0..100",
      "--svg",
      svg,
    ]);
    expect(again).toMatchObject({ code: 4, err: expect.stringContaining("already there") });
    rmSync(svg);
  });

  test.each([
    ["--sweep nothing", "allowed: sensitivity=FROM..TO:STEP"],
    ["--sweep sensitivity=90..10", "allowed: sensitivity=FROM..TO:STEP"],
    ["--sweep sensitivity=0..101", "allowed: sensitivity=FROM..TO:STEP"],
    ["--sweep sensitivity=0..100:0", "allowed: sensitivity=FROM..TO:STEP"],
    ["--svg x.svg", "--svg goes with --sweep"],
    ["--labels x.json", "--labels goes with --sweep"],
    ["second.mp4 --sweep sensitivity=0..100 --svg x.svg", "one video"],
  ])("refuses %s", async (words, message) => {
    const { code, err } = await sill(`replay ${footage.path("ball.mp4")} ${words}`);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync("x.svg")).toBe(false);
  });

  test("names a labels file that is none", async () => {
    const path = footage.path("none.json");
    writeFileSync(path, '{"positive": "all"}');
    const { code, err } = await sill(
      `replay ${footage.path("ball.mp4")} --sweep sensitivity=0..9 --labels ${path}`,
    );
    expect([code, err]).toEqual([2, expect.stringContaining("not labels: positive")]);
  });
});

test("a range has both ends, whatever the step", () => {
  expect(sweepOf("sensitivity=40..60:10")).toEqual([40, 50, 60]);
  expect(sweepOf("sensitivity=40..47:5")).toEqual([40, 45, 47]);
  expect(sweepOf("sensitivity=7..7")).toEqual([7]);
});

describe("what is found and what is false", () => {
  const labels = { positive: [[10, 14] as [number, number]], ignore: [[20, 25] as [number, number]] };
  test.each<[string, number[], { found: number; false: number }]>([
    ["motion in it", [11, 12], { found: 1, false: 0 }],
    ["motion half a second after it", [14.4], { found: 1, false: 0 }],
    ["motion while things settle", [15.5], { found: 0, false: 0 }],
    ["motion long before it, in two runs", [2, 3, 7], { found: 0, false: 2 }],
    ["motion that is to be ignored", [21, 22], { found: 0, false: 0 }],
    ["motion in the first second", [0.5], { found: 0, false: 0 }],
    ["nothing", [], { found: 0, false: 0 }],
  ])("%s", (_, times, expected) => {
    expect(foundIn(labels, times)).toEqual(expected);
  });
});

test("a plot of nothing has no number that is none, and a file's name is no markup", () => {
  const svg = sweepPlot([{ sensitivity: 0, events: 0, motionMs: 0, firstMs: null }], {
    title: "<b>.mp4",
    current: 50,
    positives: null,
  });
  expect(svg).not.toMatch(/NaN|Infinity|undefined|<b>/u);
  expect(svg).toContain("&lt;b&gt;.mp4");
});
