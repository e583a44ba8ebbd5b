/** How the model is, in one tile: every state has a word, and says which model and since when. */
import { expect, test } from "vitest";
import type { Status } from "../../../daemon/wire/api-status.ts";
import { modelTile } from "../../../web/health/model-tile.ts";
import { nearMoment, number } from "../../../web/look/format.ts";
import { words } from "../../../web/words.ts";
import { aStatus, noonMs } from "../samples.ts";

const { model: say } = words;
const ready: NonNullable<Status["what"]> = {
  model: "sill",
  state: "ready",
  runs: 3,
  dropped: 0,
  failures: 0,
  msMedian: 1.5,
  msP95: 2,
  rssBytes: 80_000_000,
  sinceWallMs: noonMs,
};
const tileOf = (change: Partial<typeof ready>) =>
  modelTile({ ...aStatus(), what: { ...ready, ...change } }, noonMs);
const fault = { kind: "unavailable", message: "it ended with SIGKILL" };

test("while all is well: which model, how long a look takes, since when", () => {
  const tile = tileOf({});
  expect(tile).toMatchObject({ value: say.states.ready, level: "fine" });
  expect(tile.note).toBe(
    `Sill's own model: 1.5 ms a look, 2 ms when it takes long. ${say.since(nearMoment(noonMs, noonMs))}`,
  );
  expect(tileOf({ model: "yolox", msMedian: null, msP95: null, sinceWallMs: undefined }).note).toBe(
    "The model “yolox”: nothing has moved that it could look at.",
  );
});

test("a model that its fault names already is named once", () => {
  const message = 'there is no model "gone"';
  const { note } = tileOf({ model: "gone", state: "refused", fault: { kind: "not-found", message } });
  expect(note.match(/gone/gu)).toHaveLength(1);
});

test("switched off it says so in plain words, and is nothing wrong", () => {
  const tile = tileOf({ model: "off", state: "off", msMedian: null });
  expect(tile).toMatchObject({ value: say.states.off, level: "fine" });
  expect(tile.note).toContain("what.model is off");
});

test.each([
  ["loading", {}, "fine", say.goesOn.loading],
  ["loading", { fault, failures: 3 }, "warn", "It ended with SIGKILL."],
  ["resting", { fault, failures: 3 }, "warn", "It ended with SIGKILL."],
  ["resting", { fault, failures: 3 }, "warn", say.failed("3")],
  ["refused", { fault }, "warn", say.goesOn.refused],
] as const)("%s says why and what happens next", (state, change, level, text) => {
  const tile = tileOf({ state, ...change });
  expect(tile).toMatchObject({ value: say.states[state], level });
  expect(tile.note).toContain(text);
});

test("one that cannot keep up is slow, with what helps; before anything was said nothing is known", () => {
  for (const everyMs of [300, 1_000]) {
    const slow = tileOf({ everyMs, msMedian: everyMs });
    expect(slow).toMatchObject({ value: say.slow, level: "warn" });
    expect(slow.note).toContain(say.slowHint(number(everyMs)));
    expect(tileOf({ everyMs, msMedian: everyMs - 1 })).toMatchObject({
      value: say.states.ready,
      level: "fine",
    });
  }
  expect(modelTile(aStatus(), noonMs)).toMatchObject({ value: say.unknown, level: "fine" });
});
