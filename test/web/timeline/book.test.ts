import fc from "fast-check";
import { expect, test } from "vitest";
import { dense } from "../../../daemon/keeper/api/timeline.ts";
import { ClipColumns, EventColumns, sortOf } from "../../../daemon/keeper/store/timeline-columns.ts";
import { Book, pieceOf } from "../../../web/timeline/book.ts";
import { unpack, type Moment } from "../../../web/timeline/moment.ts";
import { between, lastBy } from "../../../web/timeline/sorted.ts";
import { whatAt, whatWords } from "../../../web/timeline/what-at.ts";
import { nothingKnown } from "../../../web/timeline/state.ts";
import { dayMs } from "../../../web/timeline/view.ts";
import { words } from "../../../web/words.ts";
import { momentAt, noonMs, recordingAt } from "./samples.ts";

const kinds = fc.constantFrom("ring", "motion");
const moments = fc.array(
  fc.record({
    offset: fc.nat(dayMs),
    ms: fc.option(fc.nat(60_000)),
    kind: kinds,
    zones: fc.subarray(["path", "gate"]),
    clip: fc.option(fc.constantFrom("clip-0001", "clip-0002")),
    mark: fc.option(fc.constantFrom("good", "false")),
    woke: fc.boolean(),
    ignored: fc.boolean(),
    spared: fc.constantFrom("ring", "person", null),
  }),
  { maxLength: 50 },
);

test("what the doorbell packs the page unpacks, oldest first", () => {
  fc.assert(
    fc.property(moments, (rows) => {
      const made = rows
        .map(({ offset, ms, ...rest }, at): Moment => {
          const startWallMs = noonMs + offset;
          const endWallMs = ms === null ? null : startWallMs + ms;
          return momentAt(`event-${String(at).padStart(3, "0")}`, startWallMs, { endWallMs, ...rest });
        })
        .sort((a, b) => a.startWallMs - b.startWallMs);
      const recordings = made.map(({ startWallMs }, at) => recordingAt(`clip-${at}`, startWallMs));
      const events = new EventColumns();
      for (const each of made.toReversed()) {
        const ms = each.endWallMs === null ? null : each.endWallMs - each.startWallMs;
        events.push([each.id, each.startWallMs, ms, each.clip, sortOf(each)]);
      }
      const clips = new ClipColumns();
      for (const { id, startWallMs, durationMs, bytes, thumbnail } of recordings.toReversed())
        clips.push([id, startWallMs, durationMs, bytes, Number(thumbnail)]);
      const page = dense({
        from: noonMs,
        to: noonMs + dayMs + 1,
        next: null,
        oldestWallMs: null,
        events,
        clips,
        gaps: [],
      });
      expect(unpack(page)).toEqual({ moments: made, recordings, gaps: [] });
    }),
  );
});

const day = pieceOf(noonMs);
const piece = (...ids: readonly string[]) => ({
  moments: ids.map((id, at) => momentAt(id, noonMs + at * 1_000, { clip: `clip of ${id}` })),
  recordings: ids.map((id, at) => recordingAt(`clip of ${id}`, noonMs + at * 1_000)),
  gaps: [],
});

test("pieces come in any order and are joined in the order of time, a gap of two pieces once", () => {
  const book = new Book();
  const gap = { id: "gap-0001", reason: "off", startWallMs: noonMs, endWallMs: noonMs + dayMs } as const;
  const later = { ...piece(), moments: [momentAt("later", noonMs + dayMs)], gaps: [gap] };
  book.put(day + 1, later);
  book.put(day, { ...piece("first", "second"), gaps: [gap] });
  expect(book.all.moments.map(({ id }) => id)).toEqual(["first", "second", "later"]);
  expect(book.all.gaps).toEqual([gap]);
});

test("a notice changes the one it is about, adds what is new, and waits for a piece that is not there", () => {
  const book = new Book();
  book.put(day, piece("first", "second"));
  expect(book.tell(momentAt("between", noonMs + 500))).toBe(true);
  expect(book.tell(momentAt("first", noonMs, { mark: "good" }))).toBe(true);
  expect(book.tell(momentAt("elsewhere", noonMs + 3 * dayMs))).toBe(false);
  expect(book.all.moments.map(({ id, mark }) => [id, mark])).toEqual([
    ["first", "good"],
    ["between", null],
    ["second", null],
  ]);
});

test("a recording goes with the last event that it shows", () => {
  const book = new Book();
  const shared = { ...piece("first"), moments: [] as Moment[] };
  shared.moments = ["first", "second"].map((id, at) => momentAt(id, noonMs + at, { clip: "clip of first" }));
  book.put(day, shared);
  book.remove(new Set(["first"]));
  expect([book.all.moments.length, book.all.recordings.length]).toEqual([1, 1]);
  book.remove(new Set(["second"]));
  expect([book.all.moments.length, book.all.recordings.length]).toEqual([0, 0]);
});

test("looking up by time agrees with looking at all", () => {
  const times = fc.array(fc.nat(50), { maxLength: 30 });
  fc.assert(
    fc.property(times, fc.nat(50), fc.nat(50), (list, a, b) => {
      const sorted = list.toSorted((x, y) => x - y).map((startWallMs) => ({ startWallMs }));
      expect(lastBy(sorted, a)).toEqual(sorted.findLast(({ startWallMs }) => startWallMs <= a) ?? null);
      expect(between(sorted, a, b)).toEqual(
        sorted.filter(({ startWallMs }) => startWallMs >= a && startWallMs < b),
      );
    }),
  );
});

test("what there is at a time is said: recorded, a gap's reason, or nothing", () => {
  const ring = momentAt("ring", noonMs, { kind: "ring", clip: "clip-0001", endWallMs: noonMs });
  const recording = recordingAt("clip-0001", noonMs - 2_000);
  const gap = { id: "gap-0001", reason: "camera", startWallMs: noonMs + 60_000, endWallMs: null } as const;
  const known = { ...nothingKnown, moments: [ring], recordings: [recording], gaps: [gap] };
  const said = (atMs: number): string => whatWords(whatAt(known, atMs));
  expect(said(noonMs - 1_000)).toBe(`${words.kinds.ring}, ${words.timeline.recorded}`);
  expect(said(noonMs + 10_000)).toBe(words.timeline.empty);
  expect(said(noonMs + 70_000)).toBe(words.timeline.gaps.camera);
});
