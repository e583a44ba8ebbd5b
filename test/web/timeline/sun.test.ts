import { afterEach, expect, test } from "vitest";
import { nightsOf } from "../../../web/timeline/nights.ts";
import { sunOf } from "../../../web/timeline/sun.ts";
import { dayMs, endOf, hourMs, startOf } from "../../../web/timeline/view.ts";

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

/** Published times (almanacs of the cities), UTC. */
test.each([
  ["Berlin at midsummer", { lat: 52.52, lon: 13.405 }, "2026-06-21", "02:43", "19:33"],
  ["Berlin at midwinter", { lat: 52.52, lon: 13.405 }, "2026-12-21", "07:15", "14:54"],
  ["Quito at the equinox", { lat: -0.18, lon: -78.47 }, "2026-03-20", "11:18", "23:24"],
  ["Sydney at midsummer", { lat: -33.87, lon: 151.21 }, "2026-12-21", "18:41", "09:05"],
])("the sun over %s, to five minutes", (_, place, date, rise, set) => {
  // noon there
  const noonMs = Date.parse(`${date}T12:00Z`) - (place.lon / 360) * dayMs;
  const sun = sunOf(noonMs, place);
  if (typeof sun === "string") throw new Error(`the sun is said not to move: ${sun}`);
  const offMin = (ms: number, clock: string): number => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    const difference = Math.abs(((ms % dayMs) - (hours * 60 + minutes) * 60_000) / 60_000);
    return Math.min(difference, 1_440 - difference);
  };
  expect(offMin(sun.riseMs, rise)).toBeLessThanOrEqual(5);
  expect(offMin(sun.setMs, set)).toBeLessThanOrEqual(5);
  expect(sun.riseMs).toBeLessThan(sun.setMs);
});

test("beyond the polar circle it stays up, or down", () => {
  const tromso = { lat: 69.65, lon: 18.96 };
  expect(sunOf(Date.parse("2026-06-21T12:00Z"), tromso)).toBe("day");
  expect(sunOf(Date.parse("2026-12-21T12:00Z"), tromso)).toBe("night");
});

const view = { atMs: Date.parse("2026-06-10T12:00Z"), spanMs: 3 * dayMs };

test.each([
  ["by the clock", null],
  ["by the sun", { lat: 52.52, lon: 13.405 }],
])("nights %s cover what is dark in view, in order, without touching", (_, place) => {
  process.env["TZ"] = "Europe/Berlin";
  const nights = nightsOf(view, place).filter(
    ({ startWallMs, endWallMs }) => endWallMs > startOf(view) && startWallMs < endOf(view),
  );
  expect(nights.length).toBeGreaterThanOrEqual(3);
  for (const [at, { startWallMs, endWallMs }] of nights.entries()) {
    expect(endWallMs - startWallMs).toBeGreaterThan(5 * hourMs);
    expect(endWallMs - startWallMs).toBeLessThan(10 * hourMs);
    const before = nights[at - 1];
    if (before !== undefined) expect(startWallMs).toBeGreaterThan(before.endWallMs);
  }
});
