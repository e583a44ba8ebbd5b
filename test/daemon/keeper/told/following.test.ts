/** What may be told of an event that somebody corrected while it goes on. */
import { expect, test } from "vitest";
import { openMotion } from "../../../../daemon/keeper/events.ts";
import { duesOf, Followed } from "../../../../daemon/keeper/told/following.ts";
import type { Event } from "../../../../daemon/wire/api.ts";
import { happeningKinds } from "../../../../daemon/wire/what.ts";
import type { Label } from "../../../../models/labels.ts";

const moved = openMotion("motion-0001", { startWallMs: 1, score: 1, zones: ["path"] });

function of(corrected: Label | null, change: Partial<Event> = {}): Event {
  return { ...moved, what: ["person"], happenings: [...happeningKinds], corrected, ...change };
}

test.each<[Label | null, string[]]>([
  [null, ["move", ...happeningKinds]],
  ["person", [...happeningKinds]],
  ["parcel", ["crossed", "parcel-left", "parcel-taken"]],
  ["vehicle", ["crossed"]],
  ["animal", ["crossed"]],
  ["other", ["crossed"]],
])(
  "somebody's word (%s) takes the place of the name, and what it does not deny is told",
  (corrected, parts) => {
    const dues = duesOf({ event: of(corrected), waits: false });
    expect(dues.map(({ what }) => what)).toEqual(parts);
  },
);

test("a movement that waits for its name, and was corrected, is told of what happens in it", () => {
  expect(duesOf({ event: of("person", { happenings: ["waiting"] }), waits: true })).toEqual([
    { what: "waiting", kinds: ["waiting"] },
  ]);
});

test("what was told with an event before is news to nobody, until somebody else does it too", () => {
  const event = of(null, { happenings: ["waiting", "crossed"] });
  const followed = new Followed(event, false);
  followed.known = new Set(["waiting"]);
  expect(duesOf(followed).map(({ what }) => what)).toEqual(["move", "crossed"]);
  expect(followed.forBroker(() => true)).toEqual(["motion", "person", "crossed"]);
  followed.isNews(true);
  followed.known = new Set();
  expect(followed.isNews(true)).toBe(true);
  expect(duesOf(followed).map(({ what }) => what)).toEqual(["move", "waiting", "crossed"]);
});

test("the broker hears once of what comes after a correction, and never of the name", () => {
  const followed = new Followed(of("person", { happenings: [] }), false);
  const news = (event: Event): string[] => {
    followed.event = event;
    return followed.forBroker((kind) => kind !== "crossed");
  };
  expect(news(of("person", { happenings: [] }))).toEqual(["motion"]);
  expect(news(of("person", { happenings: ["crossed", "parcel-left"] }))).toEqual(["parcel-left"]);
  expect(news(of("animal", { happenings: ["parcel-left", "waiting"] }))).toEqual([]);
  expect(news(of("person", { happenings: ["parcel-left", "waiting"] }))).toEqual(["waiting"]);
});
