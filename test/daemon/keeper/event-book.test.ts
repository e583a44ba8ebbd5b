/** The event book: what the PIR says counts, also when it has been silent for long by now; what was cut short is never ignored. */
import { expect, test } from "vitest";
import { isIgnored } from "../../../daemon/alerts/ignored.ts";
import { EventBook } from "../../../daemon/keeper/event-book.ts";
import { isCertain } from "../../../daemon/sight/label-fusion.ts";
import type { PirSays } from "../../../daemon/sight/fusion.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const person = { label: "person", score: 0.65 } as const;
const seen = { startWallMs: 1_000, score: 0.5, zones: ["path"] };

const persons = { whole: { person: "ignore" }, zones: new Map() } as const;

function openBook(says: PirSays, kept = new Map<string, Event>()) {
  const book = new EventBook({
    clock: new SimClock(1_000),
    ringMs: 60_000,
    tell: () => {},
    keep: (event) => kept.set(event.id, event),
    isCertain: (each, { pir }) => isCertain(each, 0.75, { pir, near: false }),
    pirSays: () => says,
    isIgnored: (event) => isIgnored(event, persons),
    ignoredMs: Infinity,
    onSettled: () => {},
    onKnown: () => {},
    find: (id) => kept.get(id) ?? null,
  });
  const name = (id: string): void => book.what(id, { what: [person], happenings: [], settled: true });
  return { book, kept, name };
}

test.each([{ woke: true, seer: "pir" as const }, { seer: "both" as const }, { seer: "pir" as const }])(
  "what the PIR woke or saw too is an event in which it moved: %o",
  (how) => {
    const { book, kept, name } = openBook("silent");
    book.motion("motion-1", { ...seen, ...how });
    name("motion-1");
    expect(kept.get("motion-1")).toMatchObject({ pir: "moved", what: ["person"] });
  },
);

test("what the picture alone saw is as the PIR says", () => {
  for (const says of ["silent", "unknown"] as const) {
    const { book, kept, name } = openBook(says);
    book.motion("motion-1", { ...seen, seer: "picture" });
    name("motion-1");
    book.end("motion-1", { seer: "picture" });
    expect(kept.get("motion-1")).toMatchObject({ pir: says, what: [] });
  }
});

test("that the PIR saw it too is known at its end at the latest, of this event alone", () => {
  const { book, kept, name } = openBook("silent");
  for (const id of ["motion-1", "motion-2"]) {
    book.motion(id, { ...seen, seer: "picture" });
    name(id);
  }
  book.end("motion-1", { seer: "both" });
  expect(kept.get("motion-1")).toMatchObject({
    state: "closed",
    seer: "both",
    pir: "moved",
    what: ["person"],
  });
  expect(kept.get("motion-2")).toMatchObject({ state: "open", pir: "silent", what: [] });
});

const cutShort = (kept = new Map<string, Event>()) => {
  const open = openBook("moved", kept);
  open.book.motion("motion-1", seen);
  open.book.interruptMotion();
  return open;
};

test("a movement that was cut short is not ignored when its end comes late, whatever is said of it then", () => {
  const { book, kept, name } = cutShort();
  name("motion-1");
  book.end("motion-1", { endWallMs: 5_000 });
  const isShown = { state: "closed", what: ["person"], spared: "cut", ignored: false };
  expect(kept.get("motion-1")).toMatchObject(isShown);
  book.mark("motion-1", "good");
  book.mark("motion-1", null);
  for (const by of ["person", null] as const) book.spare("motion-1", by);
  expect(kept.get("motion-1")).toMatchObject(isShown);
  book.spare("motion-1", "shared");
  expect(kept.get("motion-1")).toMatchObject({ spared: "shared", ignored: false });
});

test("one that was seen to its end is", () => {
  const { book, kept, name } = openBook("moved");
  book.motion("motion-1", seen);
  name("motion-1");
  book.end("motion-1", { endWallMs: 5_000 });
  expect(kept.get("motion-1")).toMatchObject({ spared: null, ignored: true });
});

test.each([
  ["while the eye was away", 3_000, "ring"],
  ["before it", 500, "cut"],
  ["after it", 6_000, "cut"],
] as const)("somebody who rang %s: it is theirs if they rang in it", (_, wallMs, spared) => {
  const { book, kept } = cutShort();
  book.ring("ring-1", wallMs);
  book.end("motion-1", { endWallMs: 5_000 });
  expect(kept.get("motion-1")).toMatchObject({ spared, ignored: false });
  const restarted = openBook("moved", cutShort().kept);
  restarted.book.ring("ring-2", wallMs);
  restarted.book.end("motion-1", { endWallMs: 5_000 });
  expect(restarted.kept.get("motion-1")).toMatchObject({ spared, ignored: false });
});
