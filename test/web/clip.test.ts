/** Which fragment next: the one under the position first, none twice, never far ahead. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { eventStartMs, isWhole, nextFragment, openAtMs, playableMs } from "../../web/clip/plan.ts";
import { aClip, anEvent, noonMs } from "./samples.ts";

const { fragments } = aClip(10);
const ask = (positionMs: number, loaded: number[] = [], aheadMs = 6_000): number | null =>
  nextFragment({ fragments, loaded: new Set(loaded), positionMs, aheadMs })?.index ?? null;

test.each([
  ["the first at the start", 0, [], 0],
  ["the one under a seek", 9_000, [0, 1], 4],
  ["the next one ahead", 9_000, [4, 5], 6],
  ["none past the distance", 0, [0, 1, 2, 3], null],
  ["none at the end", 20_000, [], null],
  ["at a seam the one that starts there", 4_000, [], 2],
] as const)("%s", (_, positionMs, loaded, wanted) => {
  expect(ask(positionMs, [...loaded])).toBe(wanted);
});

test("asking again and again loads everything from the position on, each once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 19_999 }), (positionMs) => {
      const loaded: number[] = [];
      for (
        let next = ask(positionMs, loaded, 60_000);
        next !== null;
        next = ask(positionMs, loaded, 60_000)
      ) {
        expect(loaded).not.toContain(next);
        loaded.push(next);
      }
      expect(loaded).toHaveLength(10 - Math.floor(positionMs / 2_000));
    }),
  );
});

test("a clip that is being recorded is never whole; a complete one is when all is there", () => {
  const all = new Set([0, 1]);
  expect(isWhole(aClip(2, { state: "recording" }), all)).toBe(false);
  expect(isWhole(aClip(2), all)).toBe(true);
  expect(isWhole(aClip(3), all)).toBe(false);
});

test("the mark stands where the event began, inside the clip whatever the clocks say", () => {
  const start = (wallMs: number): number => eventStartMs(aClip(5), anEvent("e", { startWallMs: wallMs }));
  expect(start(noonMs + 5_000)).toBe(5_000);
  expect(start(noonMs - 5_000)).toBe(0);
  expect(start(noonMs + 60_000)).toBe(10_000);
});

test("playback begins with the whole of a short pre-roll, and near a late event of a long clip", () => {
  const open = (atMs: number): number => openAtMs(aClip(60), anEvent("e", { startWallMs: noonMs + atMs }));
  expect(open(5_000)).toBe(0);
  expect(open(90_000)).toBe(80_000);
});

test("a clip without fragments has no length", () => {
  expect(playableMs(aClip(0))).toBe(0);
  expect(playableMs(aClip(3))).toBe(6_000);
});
