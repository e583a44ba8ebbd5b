import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { CalibrationDesk, type Question } from "../../../../daemon/keeper/calibration/desk.ts";
import { openDatabase } from "../../../../daemon/keeper/store/database.ts";
import { dataPaths } from "../../../../daemon/wire/paths.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { blob, filmOf, noon, timing } from "../../calibration/film.ts";
import { tempFolder } from "../temp-folder.ts";
import { writeJournal } from "./past.ts";

async function openDesk() {
  const folder = await tempFolder();
  const paths = dataPaths(folder.path);
  openDatabase(paths.database, noon).database.close();
  const film = filmOf({ seconds: 60, startWallMs: noon, levels: () => blob(60, [0.5, 0.5], [0.2, 0.2]) });
  await writeJournal(paths.motion, film);
  const clock = new SimClock();
  const desk = new CalibrationDesk(clock);
  const question: Question = {
    paths,
    timing,
    settings: settingsSchema.parse({}).motion,
    zones: { zones: [], sensitivity: 50, rules: [] },
    fromWallMs: noon,
    toWallMs: noon + 60_000,
  };
  return {
    desk,
    clock,
    paths,
    question,
    with: (sensitivity: number): Question => ({ ...question, zones: { ...question.zones, sensitivity } }),
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const never = new AbortController().signal;

test("of questions at the same time the newest is answered, and the others hear at once that it came", async () => {
  await using bench = await openDesk();
  const { desk } = bench;
  const asked = [10, 90].map((sensitivity) => desk.preview(bench.with(sensitivity), never));
  const proposed = desk.propose(bench.question, never);
  const last = desk.preview(bench.with(90), never);
  for (const older of [...asked, proposed])
    await expect(older).rejects.toMatchObject({
      kind: "cancelled",
      message: "superseded by a newer question",
    });
  expect((await last).counts).toEqual({ stays: 0, appears: 2, vanishes: 0 });
  expect(desk).toMatchObject({ in: 4, out: 1, dropped: 3, progress: { busy: false } });
});

test("a question whose asker has gone is taken back, also before it was begun", async () => {
  await using bench = await openDesk();
  const { desk, question } = bench;
  const gone = new AbortController();
  const asked = desk.preview(question, gone.signal);
  gone.abort();
  await expect(asked).rejects.toMatchObject({ kind: "cancelled", message: "whoever asked has gone" });
  await expect(desk.preview(question, gone.signal)).rejects.toMatchObject({ kind: "cancelled" });
  expect((await desk.preview(question, never)).events.length).toBeGreaterThan(0);
});

test("walks wait for their turn, a few of them; the next one is refused", async () => {
  await using bench = await openDesk();
  const { desk, question } = bench;
  const walk = (number: number) =>
    desk.walk(question, { id: `walk-000${number}`, name: "a walk", by: "Ada", notes: [] });
  const walks = [1, 2, 3, 4].map(walk);
  await expect(walk(5)).rejects.toMatchObject({ kind: "unavailable", hint: "ask again in a moment" });
  expect((await Promise.all(walks)).map(({ id, seen }) => [id, seen])).toEqual(
    [1, 2, 3, 4].map((number) => [`walk-000${number}`, true]),
  );
});

test("what was read is remembered while somebody asks, and forgotten when nobody does for long", async () => {
  await using bench = await openDesk();
  const { desk, clock, paths, question } = bench;
  const { events } = await desk.preview(question, never);
  await rm(paths.motion, { recursive: true });
  expect((await desk.preview(question, never)).events).toEqual(events);
  await clock.advance(11 * 60_000);
  expect((await desk.preview(question, never)).events).toEqual([]);
});

test("an index that is away is a fault, and the next question is answered", async () => {
  await using bench = await openDesk();
  const { desk, paths, question } = bench;
  await rm(paths.database);
  await expect(desk.preview(question, never)).rejects.toMatchObject({
    kind: expect.not.stringMatching("bug"),
  });
  openDatabase(paths.database, noon).database.close();
  expect((await desk.preview(question, never)).events.length).toBeGreaterThan(0);
});
