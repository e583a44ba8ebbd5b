/** What is asked for over the page's connection: deletions that wait, pages of the list, remarks that are refused. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SimClock } from "../../hal/sim/clock.ts";
import { Home } from "../../web/state/home.ts";
import { undoMs } from "../../web/state/messages.ts";
import { applyNotice } from "../../web/state/model.ts";
import { anEvent, noonMs } from "./samples.ts";

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET" }: RequestInit = {}) => {
    asked.push(`${method} ${path}`);
    return new Response(null, { status: 204 });
  });
});
afterEach(() => vi.unstubAllGlobals());

function withOneEvent(): { home: Home; clock: SimClock } {
  const clock = new SimClock();
  const home = new Home(clock, { seesEvents: true, onLost: () => {} });
  const notice = { type: "event", event: anEvent("m1"), fresh: true } as const;
  home.store.set(applyNotice(home.store.get(), notice, noonMs));
  home.deletions.remove(anEvent("m1"), "gone");
  return { home, clock };
}

test("it is out of sight at once and asked for when nobody took it back in time", async () => {
  const { home, clock } = withOneEvent();
  expect(home.store.get().list.hidden.has("m1")).toBe(true);
  await clock.advance(undoMs - 1);
  expect(asked).toEqual([]);
  await clock.advance(1);
  expect(asked).toEqual(["DELETE /api/events/m1"]);
  expect(home.messages.shown.get()).toBeNull();
});

test("the word of its message takes it back, for good", async () => {
  const { home, clock } = withOneEvent();
  home.messages.shown.get()?.undo?.run();
  await clock.advance(10 * undoMs);
  expect([asked, home.store.get().list.hidden.size, home.messages.shown.get()]).toEqual([[], 0, null]);
});

test("a page that is closed carries it out, once", async () => {
  const { home, clock } = withOneEvent();
  home.deletions.allNow();
  await clock.advance(10 * undoMs);
  expect(asked).toEqual(["DELETE /api/events/m1"]);
});

test("the list's newest page is joined with what was told meanwhile", async () => {
  const { home } = withOneEvent();
  const page = { events: [anEvent("m0", { startWallMs: noonMs - 1_000 })], next: null };
  vi.stubGlobal("fetch", async () => Response.json(page));
  const loading = home.pages.refresh();
  home.pages.told(anEvent("m2", { startWallMs: noonMs + 1_000 }));
  await loading;
  expect(home.store.get().list.events.map(({ id }) => id)).toEqual(["m2", "m0"]);
});

test("a correction that the doorbell refuses is taken back, and said", async () => {
  const { home } = withOneEvent();
  vi.stubGlobal("fetch", async () => new Response("{}", { status: 503 }));
  const correcting = home.remarks.correct(anEvent("m1"), "vehicle");
  expect(home.store.get().list.events[0]?.corrected).toBe("vehicle");
  expect(await correcting).toBe(false);
  expect(home.store.get().list.events[0]?.corrected).toBeNull();
});
