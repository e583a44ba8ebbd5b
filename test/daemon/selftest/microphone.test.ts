import { expect, test } from "vitest";
import { chimeHeard, riseDb } from "../../../daemon/selftest/microphone.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { simChime } from "../../../hal/sim/sensors.ts";
import { someSettings } from "./ask.ts";
import { played } from "./played.ts";

const quiet = Array.from({ length: 40 }, (_, i) => -50 - (i % 3));

test.each([
  ["a chime", [...quiet, ...Array.from({ length: 30 }, () => -20)], 31],
  ["nothing", quiet, 1],
  ["a chime that fades", [...quiet, ...Array.from({ length: 30 }, (_, i) => -20 - i)], 24],
  ["no sound at all", [], 0],
])("how much louder it gets: %s", (_what, loud, db) => {
  expect(riseDb(quiet, loud, 600)).toBeCloseTo(db, 0);
});

test("a clap before the chime is not taken for the quiet", () => {
  const clap = quiet.map((db, i) => (i < 5 ? -10 : db));
  expect(riseDb(clap, [-20, -20, -20], 100)).toBeCloseTo(31, 0);
});

test("digital silence before the chime is no bottomless pit", () => {
  expect(riseDb([-Infinity, -Infinity], [-Infinity], 600)).toBe(0);
});

async function heard(microphone: string, signal = new AbortController().signal) {
  const clock = new SimClock();
  const chime = simChime({ clock });
  const settings = someSettings("/nonexistent", { selftest: { microphone } });
  const told = chimeHeard({ settings, clock, chime, sound: () => chime.sound(), signal });
  return { ...(await played(clock, told)), sounded: chime.sounded };
}

test("without a microphone it sounds all the same", async () => {
  expect(await heard("")).toEqual({
    name: "sim chime",
    heardDb: null,
    microphone: "selftest.microphone is empty",
    sounded: 1,
  });
});

test("the simulated one hears the simulated chime", async () => {
  const { heardDb, sounded } = await heard("sim");
  expect(heardDb).toBeCloseTo(33, -1);
  expect(sounded).toBe(1);
});

test("who gives up is not kept waiting", async () => {
  const giveUp = new AbortController();
  setImmediate(() => giveUp.abort());
  await expect(heard("sim", giveUp.signal)).rejects.toMatchObject({ kind: "cancelled" });
});

test.each(["mic", "alsa:", "alsa:hw 1", "jack"])("a microphone called %j is refused", (microphone) => {
  expect(() => someSettings("/nonexistent", { selftest: { microphone } })).toThrow();
});
