/** Who is at the door and has not rung, and the parcel that is news: in whatever order it is told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { atDoor, forget, lost, newsMs, remember, renew, type Recent } from "../../web/door/at-door.ts";
import { applyNotice, corrected, emptyModel } from "../../web/state/model.ts";
import { anEvent, noonMs } from "./samples.ts";
import type { Event } from "../../daemon/wire/api.ts";

const at = (minute: number, change: Partial<Event> = {}): Event =>
  anEvent(`e${String(minute).padStart(6, "0")}`, { startWallMs: noonMs + minute * 60_000, ...change });
const open = { state: "open", endWallMs: null } as const;
const waits = (minute: number, change: Partial<Event> = {}): Event =>
  at(minute, { ...open, what: ["person"], happenings: ["waiting"], ...change });
const ring = (minute: number): Event => at(minute, { kind: "ring" });
const left = (minute: number, change: Partial<Event> = {}): Event =>
  at(minute, { happenings: ["parcel-left"], ...change });
const taken = (minute: number): Event => at(minute, { happenings: ["parcel-taken"] });
const heard = (...events: readonly Event[]): Recent => events.reduce(remember, []);
const toldOf = (event: Event) => ({ type: "event", event, fresh: false }) as const;
const now = (recent: Recent, nowMs = noonMs + 30 * 60_000) => {
  const { waiting, parcel } = atDoor(recent, nowMs);
  return [waiting?.id ?? null, parcel?.id ?? null];
};

test("somebody waits until the event is over, they ring, or it is gone", () => {
  expect(now(heard(at(1, open)))).toEqual([null, null]);
  expect(now(heard(at(1, open), waits(1)))).toEqual([waits(1).id, null]);
  expect(now(heard(waits(1), waits(1, { state: "closed" })))).toEqual([null, null]);
  expect(now(heard(waits(1), waits(1, { state: "interrupted" })))).toEqual([null, null]);
  expect(now(heard(waits(1), ring(2)))).toEqual([null, null]);
  expect(now(heard(waits(1), waits(1, { gone: true })))).toEqual([null, null]);
  expect(now(heard(waits(1), waits(1, { gone: true }), waits(1)))).toEqual([waits(1).id, null]);
  expect(now(heard(ring(1), waits(2)))).toEqual([waits(2).id, null]);
  expect(now(forget(heard(waits(1)), waits(1).id))).toEqual([null, null]);
});

test("who waits longer than a recording is there since the first event of the stay", () => {
  const since = (...events: readonly Event[]): number =>
    (atDoor(heard(...events), noonMs + 600_000).sinceWallMs - noonMs) / 60_000;
  const ended = (minute: number, endMinute: number): Event =>
    waits(minute, { state: "closed", endWallMs: noonMs + endMinute * 60_000 });
  expect(since(waits(1))).toBe(1);
  expect(since(ended(1, 3), waits(3.01))).toBe(1);
  expect(since(ended(1, 3), ended(3, 5), waits(5.1))).toBe(1);
  expect(since(ended(1, 3), waits(4))).toBe(4);
  expect(since(waits(3.01), ended(1, 3))).toBe(1);
  expect(since(ended(1, 3), ring(3.01), waits(3.02))).toBe(3.02);
});

test("nobody waits where it was no person, a false alarm, or the doorbell is away", () => {
  expect(now(heard(waits(1, { corrected: "animal" })))).toEqual([null, null]);
  expect(now(heard(waits(1, { corrected: "person" })))).toEqual([waits(1).id, null]);
  expect(now(heard(waits(1, { mark: "false" })))).toEqual([null, null]);
  expect(now(heard(waits(1), waits(1, { ignored: true })))).toEqual([null, null]);
  expect(now(lost(heard(left(0), waits(1))))).toEqual([null, left(0).id]);
});

test("a parcel is news until it is taken, for half a day, and unless it was none", () => {
  expect(now(heard(left(1)))).toEqual([null, left(1).id]);
  expect(now(heard(left(1), taken(2)))).toEqual([null, null]);
  expect(now(heard(left(1), taken(2), left(3)))).toEqual([null, left(3).id]);
  expect(now(heard(left(1, { happenings: ["parcel-left", "parcel-taken"] })))).toEqual([null, null]);
  expect(now(heard(left(1, { happenings: ["parcel-taken", "parcel-left"] })))).toEqual([null, left(1).id]);
  expect(now(heard(left(1, { corrected: "other" })))).toEqual([null, null]);
  expect(now(heard(left(1, { mark: "false" })))).toEqual([null, null]);
  expect(now(heard(left(1, { corrected: "vehicle" })))).toEqual([null, null]);
  expect(now(heard(left(1, { corrected: "person" })))).toEqual([null, left(1).id]);
  expect(now(heard(left(0)), noonMs + newsMs - 1)).toEqual([null, left(0).id]);
  expect(now(heard(left(0)), noonMs + newsMs)).toEqual([null, null]);
});

test("whatever order events are told in, and however often, the same is so", () => {
  const all = [ring(1), left(2), waits(3), taken(4), left(5), waits(6, { corrected: "vehicle" }), ring(2.5)];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(fc.constantFrom(...all)),
      (order, again) => {
        expect(now(heard(...again, ...order))).toEqual([waits(3).id, left(5).id]);
      },
    ),
  );
});

test("what has ended does not go on again, whoever tells so late", () => {
  const closed = waits(1, { state: "closed" });
  expect(now(heard(waits(1), closed, waits(1)))).toEqual([null, null]);
  expect(now(renew(heard(closed), { events: [waits(1)], sinceMs: null }, [toldOf(closed)]))).toEqual([
    null,
    null,
  ]);
});

test("an answer is the truth of its stretch: what was taken or deleted unheard is no news", () => {
  const recent = heard(left(-5), left(1), waits(3));
  const stretch = (...events: readonly Event[]) => ({ events, sinceMs: at(0).startWallMs });
  expect(now(renew(recent, stretch(), []))).toEqual([null, left(-5).id]);
  expect(now(renew(recent, { events: [], sinceMs: null }, []))).toEqual([null, null]);
  expect(now(renew(recent, stretch(left(1), taken(2)), []))).toEqual([null, null]);
  expect(now(renew(recent, stretch(left(1), waits(3), ring(4)), []))).toEqual([null, left(1).id]);
  // told while the answer was on its way
  expect(now(renew(recent, stretch(left(1), waits(3)), [toldOf(ring(4))]))).toEqual([null, left(1).id]);
  const deleted = { type: "event-deleted", id: left(1).id } as const;
  expect(now(renew(recent, stretch(left(1)), [deleted]))).toEqual([null, left(-5).id]);
});

test("what matters not is not kept, and no more than is needed", () => {
  expect(heard(at(1), at(2, { what: ["person"], happenings: ["crossed", "loitering"] }))).toEqual([]);
  const many = heard(...Array.from({ length: 300 }, (_, minute) => ring(minute)));
  expect(many.length).toBe(200);
  expect(many.at(-1)?.id).toBe(ring(299).id);
});

test("the page's model hears of it by notice, and a correction counts at once", () => {
  const model = applyNotice(emptyModel, { type: "event", event: waits(1), fresh: true }, noonMs);
  expect(now(model.recent)).toEqual([waits(1).id, null]);
  expect(now(corrected(model, waits(1).id, "vehicle").recent)).toEqual([null, null]);
  expect(now(applyNotice(model, { type: "event-deleted", id: waits(1).id }, noonMs).recent)).toEqual([
    null,
    null,
  ]);
});

test("the event in the player follows notices and corrections, also outside the list", () => {
  const old = at(-900);
  const list = { ...emptyModel.list, events: [at(5)], next: "more" };
  const model = { ...emptyModel, list, opened: old };
  expect(corrected(model, old.id, "animal").opened?.corrected).toBe("animal");
  expect(corrected(model, at(5).id, "animal").opened).toBe(old);
  const told = { type: "event", event: { ...old, corrected: "vehicle" }, fresh: false } as const;
  const after = applyNotice(model, told, noonMs);
  expect(after.opened?.corrected).toBe("vehicle");
  expect(after.list.events.map(({ id }) => id)).toEqual([at(5).id]);
});
