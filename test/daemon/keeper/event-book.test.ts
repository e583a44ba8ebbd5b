/** The event book and the PIR: what the eye says of the sensor counts, also when the sensor has been silent for long by now. */
import { expect, test } from "vitest";
import { EventBook } from "../../../daemon/keeper/event-book.ts";
import { isCertain } from "../../../daemon/sight/label-fusion.ts";
import type { PirSays } from "../../../daemon/sight/fusion.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const person = { label: "person", score: 0.65 } as const;
const seen = { startWallMs: 1_000, score: 0.5, zones: ["path"] };

function openBook(says: PirSays) {
  const kept = new Map<string, Event>();
  const book = new EventBook({
    clock: new SimClock(1_000),
    ringMs: 60_000,
    tell: () => {},
    keep: (event) => kept.set(event.id, event),
    isCertain: (each, { pir }) => isCertain(each, 0.75, { pir, near: false }),
    pirSays: () => says,
    isIgnored: () => false,
    ignoredMs: Infinity,
    onSettled: () => {},
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
