/** What notices do to the page: rings, clips, status, and how long to wait for them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ringShownMs, expired, ringOf } from "../../web/ring/ring.ts";
import { retryDelayMs } from "../../web/state/backoff.ts";
import { applyNotice, dismissed, doorbellNow, emptyModel, ringFromList } from "../../web/state/model.ts";
import type { Model } from "../../web/state/model.ts";
import { createStore } from "../../web/state/store.ts";
import { aClip, aStatus, anEvent, noonMs } from "./samples.ts";

const ring = (id: string, startWallMs = noonMs) => anEvent(id, { kind: "ring", startWallMs });
const told = (model: Model, event = ring("r1"), fresh = true): Model =>
  applyNotice(model, { type: "event", event, fresh }, noonMs);

test("a fresh ring shows the banner and is in the list", () => {
  const model = told(emptyModel);
  expect(model.ringing).toMatchObject({ event: { id: "r1" }, count: 1 });
  expect(model.list.events).toHaveLength(1);
});

test("movement never shows the banner, nor does news about an older ring", () => {
  expect(told(emptyModel, anEvent("m1")).ringing).toBeNull();
  expect(told(emptyModel, ring("r1"), false).ringing).toBeNull();
});

test("a second ring takes the banner and counts; its clip arriving does not count", () => {
  const twice = told(told(emptyModel), ring("r2", noonMs + 5_000));
  expect(twice.ringing).toMatchObject({ event: { id: "r2" }, count: 2 });
  const withClip = told(twice, { ...ring("r2", noonMs + 5_000), clip: "clip-1" }, false);
  expect(withClip.ringing).toMatchObject({ event: { clip: "clip-1" }, count: 2 });
});

test("a ring is history after two minutes", () => {
  const ringing = ringOf(null, ring("r1"), noonMs);
  expect(expired(ringing, noonMs + ringShownMs - 1)).toBe(false);
  expect(expired(ringing, noonMs + ringShownMs)).toBe(true);
  expect(ringOf(null, ring("r1"), noonMs + ringShownMs)).toBeNull();
});

test("a page opened because of a ring shows it, one that was dismissed stays dismissed", () => {
  const listed: Model = { ...emptyModel, list: { ...emptyModel.list, events: [ring("r1")] } };
  const shown = ringFromList(listed, noonMs + 9_000);
  expect(shown.ringing?.event.id).toBe("r1");
  expect(ringFromList(dismissed(shown), noonMs + 9_000).ringing).toBeNull();
  expect(ringFromList(listed, noonMs + ringShownMs).ringing).toBeNull();
});

test("the doorbell's clock is known from its hello and its status", () => {
  const hello = applyNotice(emptyModel, { type: "hello", version: "0", wallMs: noonMs + 4_900 }, noonMs);
  const status = { ...aStatus(), wallMs: noonMs + 6_000 };
  const model = applyNotice(hello, { type: "status", status }, noonMs + 1_000);
  expect(doorbellNow(model, noonMs)).toBe(noonMs + 5_000);
  expect(model.status).toBe(status);
});

test("clips that notices told about are kept, the newest two hundred of them", () => {
  let model = emptyModel;
  for (let n = 0; n < 300; n += 1) {
    model = applyNotice(model, { type: "clip", clip: aClip(1, { id: `clip-${n}` }) }, noonMs);
  }
  expect(model.clips.size).toBe(200);
  expect(model.clips.has("clip-299")).toBe(true);
  expect(model.clips.has("clip-99")).toBe(false);
});

test("a deleted event leaves the list", () => {
  expect(applyNotice(told(emptyModel), { type: "event-deleted", id: "r1" }, noonMs).list.events).toEqual([]);
});

test("waiting grows from under half a second to eight and is never longer", () => {
  expect(retryDelayMs(0, 0)).toBe(500);
  expect(retryDelayMs(0, 1)).toBe(375);
  expect(retryDelayMs(3, 0)).toBe(4_000);
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      expect(retryDelayMs(attempt, chance)).toBeGreaterThanOrEqual(375);
      expect(retryDelayMs(attempt, chance)).toBeLessThanOrEqual(8_000);
    }),
  );
});

test("a store tells its watchers of new values only, and no longer once they left", () => {
  const store = createStore(1);
  const seen: number[] = [];
  const leave = store.on(() => seen.push(store.get()));
  store.set(1);
  store.set(2);
  leave();
  store.set(3);
  expect(seen).toEqual([2]);
});
