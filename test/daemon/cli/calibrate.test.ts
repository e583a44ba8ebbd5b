import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../../daemon/keeper/store/database.ts";
import { Writer } from "../../../daemon/keeper/store/writer.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { cells, noonMs, write, type Happening } from "../sight/journal/story.ts";
import { sill as run, type Printed } from "./command-line.ts";

let folder = "";
const sill = (...words: string[]): Promise<Printed> => run([...words, `--data=${folder}`]);

/** Three hours; something moves for ten seconds at minute 10 (level 55), 20 (80) and 70 (12: nobody is told). */
const bursts: readonly (readonly [minute: number, level: number])[] = [
  [10, 55],
  [20, 80],
  [70, 12],
];
const story: Happening[] = Array.from({ length: 10_800 }, (_, second): Happening => {
  const burst = bursts.find(([minute]) => second >= minute * 60 && second < minute * 60 + 10);
  const col = burst === undefined ? 0 : (second - burst[0] * 60) % 5;
  return {
    type: "frame",
    ptsUs: second * 1_000_000,
    wallMs: noonMs + second * 1_000,
    light: "bright",
    minute: 720 + Math.floor(second / 60),
    levels: new Uint8Array(cells).fill(burst?.[1] ?? 0, 8 + col, 10 + col),
    analysed: true,
  };
});

const event = (minute: number, mark: Event["mark"]): Event => ({
  id: `event-${minute}`,
  kind: "motion",
  state: "closed",
  startWallMs: noonMs + minute * 60_000,
  endWallMs: noonMs + minute * 60_000 + 9_000,
  score: 110,
  zones: ["everywhere"],
  clip: null,
  thumbnail: false,
  seer: null,
  woke: false,
  what: [],
  whatScores: [],
  said: [],
  pir: "unknown",
  happenings: [],
  corrected: null,
  ignored: false,
  spared: null,
  mark,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sill-calibrate-"));
  const paths = dataPaths(folder);
  mkdirSync(paths.motion, { recursive: true });
  await write(paths.motion, story);
  const { database } = openDatabase(paths.database, noonMs);
  const writer = new Writer(database);
  for (const each of [event(10, "false"), event(20, "good")]) writer.event(each);
  database.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("sill calibrate report", () => {
  test("says what there is, by hour and cause, and which sensitivities would do", async () => {
    const { code, out, err } = await sill("calibrate", "report");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("events told     2 (1 marked good, 1 false alarms)");
    const lines = out.split("\n").map((line) => line.split(/ {2,}/u));
    const hour = String(new Date(noonMs).getHours()).padStart(2, "0");
    expect(lines.find(([first]) => first === `${hour}:00`)?.slice(1, 3)).toEqual(["2", "2"]);
    // one hour of three had events; of the two quiet ones the louder reaches 12
    expect(lines.find(([first]) => first === "everywhere")).toEqual([
      "everywhere",
      expect.stringContaining("50"),
      "12 (2 quiet hours)",
      "21 to 88",
    ]);
  });

  test("is JSON for programs", async () => {
    const { out } = await sill("calibrate", "report", "--json");
    expect(JSON.parse(out)).toMatchObject({
      events: { told: 2, good: 1, false: 1 },
      zones: [{ name: "everywhere", noise: 12, most: 88, least: 21 }],
    });
  });
});

test("sill calibrate propose says the smallest change in words", async () => {
  const { code, out } = await sill("calibrate", "propose");
  expect([code, out.split("\n")]).toEqual([
    0,
    [
      "Lower the sensitivity of the whole from 50 to 45.",
      "This removes 1 of 1 marked false alarm and keeps the marked good one.",
      "No other event would go.",
    ],
  ]);
});

describe("sill calibrate labels", () => {
  /** So many events called a person, a minute apart, of which the first were corrected. */
  function called(wrong: number, all: number): void {
    const { database } = openDatabase(dataPaths(folder).database, noonMs);
    const writer = new Writer(database);
    for (let at = 0; at < all; at += 1) {
      const score = at < wrong ? 0.5 : 0.9;
      const said: Event["said"] = [{ label: "person", score }];
      const corrected = at < wrong ? "animal" : null;
      writer.event({ ...event(30 + at, null), said, what: ["person"], whatScores: [score], corrected });
    }
    database.close();
  }

  test("says what the corrections propose, in words and for programs", async () => {
    called(6, 9);
    const { code, out, err } = await sill("calibrate", "labels");
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.map((line) => line.split(/ {2,}/u))).toContainEqual(
      "person, as the model says, 9, 6, 0, 51 %".split(", "),
    );
    expect(out).toContain("Of 9 events called a person, 6 were corrected and none confirmed.");
    const { labels } = JSON.parse((await sill("calibrate", "labels", "--json")).out);
    expect(labels).toContainEqual(expect.objectContaining({ label: "person", wrong: 6, proposed: 0.51 }));
  });

  test("of a shorter time counts what was then", async () => {
    const { out } = await sill("calibrate", "labels", "--last", "60s", "--json");
    expect(JSON.parse(out).labels).toContainEqual(expect.objectContaining({ label: "person", called: 0 }));
  });
});

describe("sill calibrate walk", () => {
  const around = ["--from", new Date(noonMs + 1_195_000).toISOString().slice(0, 19) + "Z", "--to"];
  const walk = [...around, new Date(noonMs + 1_220_000).toISOString().slice(0, 19) + "Z"];

  test("says seen, how late and where", async () => {
    const { code, out } = await sill("calibrate", "walk", ...walk);
    expect(code).toBe(0);
    expect(out).toMatch(/^SEEN 0 ms after the first stir\n/u);
    expect(out).toMatch(/first seen +after 5\.0 s/u);
    expect(out).toMatch(/everywhere +seen +after 5\.0 s +\d{3}/u);
  });

  test("of a time that the journal lacks is not judged", async () => {
    const far = ["--from", "2026-02-01T12:00:00Z", "--to", "2026-02-01T12:01:00Z"];
    expect(await sill("calibrate", "walk", ...far)).toMatchObject({
      code: 5,
      out: "",
      err: expect.stringContaining("only 0 % of the walk is in the motion journal"),
    });
  });

  test("writes the report where it is told to, and over nothing", async () => {
    const html = join(folder, "walk.html");
    const line = ["calibrate", "walk", ...walk, "--name", "<Gate>", "--html", html, "--json"];
    const { out } = await sill(...line);
    expect(JSON.parse(out)).toMatchObject({ name: "<Gate>", seen: true });
    expect(readFileSync(html, "utf8")).toContain("<h1>&lt;Gate&gt;</h1>");
    expect(await sill(...line)).toMatchObject({ code: 4, err: expect.stringContaining("already there") });
  });

  test("is the newest minute of the journal when nothing is said", async () => {
    const { out } = await sill("calibrate", "walk");
    expect(out).toMatch(/^NOT SEEN\n/u);
    expect(out).toMatch(/length +1 min 00 s/u);
  });
});

test.each([
  ["--last soon", "allowed: a length like 60s"],
  ["--from yesterday", "allowed: a time like"],
  ["--last 1h --from 2026-01-31", "--last goes without"],
  ["--from 2026-02-01 --to 2026-01-01", "--from must be before --to"],
])("sill calibrate walk %s is refused", async (words, message) => {
  const { code, err } = await sill("calibrate", "walk", ...words.split(" "));
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test("a folder without a journal says how to get one, and none is made", async () => {
  const { code, err } = await run(["calibrate", "report", "--data=/tmp/no-such-folder"]);
  expect([code, err]).toEqual([3, expect.stringContaining("no motion journal")]);
  expect(existsSync("/tmp/no-such-folder")).toBe(false);
});
