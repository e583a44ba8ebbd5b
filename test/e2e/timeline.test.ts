/**
 * The timeline in real Chromium against the real daemon with a past of 30,000 events in 29 days: by keys, by mouse,
 * by fingers; filtered, chosen, saved, deleted. One daemon and one page serve all tests, in order.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import type { Timeline, Watched } from "../../daemon/wire/api-timeline.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { writePast, type PastEvent } from "../../scripts/rigs/past.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched as WatchedPage } from "./browser.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 30_000, interval: 100 };
const hourMs = 3_600_000;
const count = 30_000;
const untilWallMs = Date.now() - 10 * 60_000;
const gap = {
  reason: "camera",
  startWallMs: untilWallMs - 6 * hourMs,
  endWallMs: untilWallMs - 5 * hourMs,
} as const;
const { timeline: say } = words;

let data: string;
let daemon: Daemon;
let watched: WatchedPage;
let past: readonly PastEvent[];

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  data = await mkdtemp(join(tmpdir(), "sill-timeline-"));
  past = await writePast(data, { events: count, clips: 40, days: 29, untilWallMs, gaps: [gap] });
  daemon = await startDaemon({
    data,
    policy: { retentionHours: 30 * 24 },
    startMs: 90_000,
    flags: [
      "--camera.width=640",
      "--camera.height=360",
      "--sim.visitorsPerHour=0",
      "--motion.sensitivity=0",
      `--storage.retentionHours=${30 * 24}`,
      "--storage.minFreeMb=0",
    ],
  });
  watched = await openPage(daemon.url);
}, 180_000);
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await rm(data, { recursive: true, force: true });
}, 30_000);

const band = () => watched.page.getByTestId("band");
const rows = () => watched.page.getByTestId("moments").locator(".past-row");
const spoken = () => band().getAttribute("aria-valuetext");
const atMs = async (): Promise<number> => Number(await band().getAttribute("aria-valuenow")) * 1_000;

async function open(query: string): Promise<void> {
  await watched.page.goto(`${daemon.url}/#/timeline?${query}`);
  await watched.page.reload();
  await band().waitFor(wait);
  // the day of the newest is there, so the oldest is known
  await expect
    .poll(async () => Number(await band().getAttribute("aria-valuemin")) * 1_000, wait)
    .toBeLessThan(untilWallMs - 28 * 24 * hourMs);
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString();

const video = () =>
  watched.page.locator(".past-stage video").evaluate((element: HTMLVideoElement) => ({
    atS: element.currentTime,
    ready: element.readyState >= 2,
    paused: element.paused,
  }));

function eventAt(place: number): PastEvent {
  const event = past[place];
  if (event === undefined) throw new Error(`no event ${place}`);
  return event;
}

test(
  "keys go from event to event and the player follows, paused where the event began",
  { timeout: 60_000 },
  async () => {
    await open(`span=60&at=${iso(eventAt(3).startWallMs - 10_000)}`);
    await expect.poll(spoken, wait).toContain(say.empty);
    await expect.poll(() => rows().count(), wait).toBeGreaterThan(5);
    await band().focus();
    await watched.page.keyboard.press("ArrowUp");
    await expect.poll(spoken, wait).toContain(`${words.kinds.motion}, ${say.recorded}`);
    await vi.waitFor(async () => {
      const { atS, ready, paused } = await video();
      expect([ready, paused]).toEqual([true, true]);
      expect(Math.abs(atS - 2)).toBeLessThan(0.2); // the pre-roll
    }, wait);
  },
);

test("Space plays and time moves on; Space again and it rests", { timeout: 60_000 }, async () => {
  const { page } = watched;
  const before = (await video()).atS;
  await page.keyboard.press(" ");
  await vi.waitFor(async () => expect((await video()).atS).toBeGreaterThan(before + 0.3), wait);
  await page.keyboard.press(" ");
  await vi.waitFor(async () => expect((await video()).paused).toBe(true), wait);
});

test("keys zoom, step, and go to both ends", async () => {
  const { page } = watched;
  await band().focus();
  const start = await atMs();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(atMs).toBeLessThan(start);
  await page.keyboard.press("-");
  await expect.poll(() => page.url()).toContain("span=120");
  await page.keyboard.press("Home");
  await expect.poll(atMs, wait).toBeLessThan(untilWallMs - 28 * 24 * hourMs);
  await expect.poll(() => rows().count(), wait).toBeGreaterThan(5);
  await page.keyboard.press("End");
  await expect.poll(atMs, wait).toBeGreaterThan(untilWallMs);
});

test("a gap says its reason, to eyes and ears", async () => {
  await open(`span=1440&at=${iso(gap.startWallMs + hourMs / 2)}`);
  await expect.poll(spoken, wait).toContain(say.gaps.camera);
  await watched.page.getByTestId("past-stage").getByText(say.gaps.camera).waitFor(wait);
});

test("a mouse drags time and a click goes to it", async () => {
  const { page } = watched;
  const box = await band().boundingBox();
  if (box === null) throw new Error("the band is nowhere");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const start = await atMs();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 6 });
  await page.mouse.move(x + box.width / 4, y, { steps: 6 });
  await page.mouse.up();
  await expect.poll(atMs, wait).toBeLessThan(start - 5 * hourMs);
  const dragged = await atMs();
  await page.mouse.click(box.x + box.width * 0.2, y);
  await expect.poll(atMs, wait).toBeLessThan(dragged - 10 * hourMs);
});

test("on a phone a finger drags, two pinch, and nothing goes sideways", { timeout: 60_000 }, async () => {
  const { page } = watched;
  await page.setViewportSize({ width: 390, height: 844 });
  await open(`span=1440&at=${iso(untilWallMs - 48 * hourMs)}`);
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
  await band().scrollIntoViewIfNeeded();
  const box = await band().boundingBox();
  if (box === null) throw new Error("the band is nowhere");
  const y = box.y + box.height / 2;
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...xs: readonly number[]) =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: xs.map((x, id) => ({ x, y, id })) });
  const start = await atMs();
  await touch("touchStart", 100);
  for (const x of [120, 160, 200, 240]) await touch("touchMove", x);
  await touch("touchEnd");
  await expect.poll(atMs, wait).toBeLessThan(start - 5 * hourMs);
  await touch("touchStart", 150, 250);
  for (const wider of [20, 50, 100]) await touch("touchMove", 150 - wider, 250 + wider);
  await touch("touchEnd");
  await expect
    .poll(() => Number(new URLSearchParams(page.url().split("?")[1]).get("span")), wait)
    .toBeLessThan(700);
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(widths[0]).toBe(widths[1]);
  await client.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  await page.setViewportSize({ width: 1280, height: 800 });
});

test(
  "a filter is in the address, holds for the list, and goes with the back button",
  { timeout: 60_000 },
  async () => {
    const { page } = watched;
    await open(`span=60&at=${iso(untilWallMs)}`);
    const kind = page.getByLabel(say.filter.kind);
    const all = await expect
      .poll(() => rows().count(), wait)
      .toBeGreaterThan(10)
      .then(() => rows().count());
    await kind.selectOption("ring");
    await expect.poll(() => rows().count(), wait).toBeLessThan(all);
    await expect.poll(() => rows().locator(':scope:not([data-kind="ring"])').count()).toBe(0);
    expect(page.url()).toContain("kind=ring");
    await page.getByLabel(say.filter.zone).selectOption("gate");
    await page.getByText(say.noneFiltered).waitFor(wait);
    await page.goBack();
    await expect.poll(() => page.getByLabel(say.filter.zone).inputValue(), wait).not.toBe("gate");
    expect(await kind.inputValue()).toBe("ring");
    await page.goBack();
    await expect.poll(() => rows().count(), wait).toBe(all);
  },
);

test("who opened a recording is told from the ledger, and filters", { timeout: 60_000 }, async () => {
  const { page } = watched;
  const { startWallMs } = eventAt(3); // played above
  await open(`span=60&at=${iso(startWallMs)}`);
  await page.getByText(say.seen.title).click();
  const seen = page.getByTestId("seen-by");
  await seen.getByText("Ada").first().waitFor(wait);
  await seen.getByText("which this browser checked").waitFor(wait);
  await page.getByLabel(say.filter.who).selectOption("Ada");
  const { people } = await getJson<Watched>(
    daemon,
    `/api/timeline/watched?from=0&to=${untilWallMs + hourMs}`,
  );
  const opened = new Set(people.find(({ who }) => who === "Ada")?.clips);
  const wanted = past.filter(({ clip }) => clip !== null && opened.has(clip)).map(({ id }) => id);
  expect(wanted).toContain(eventAt(3).id);
  const listed = () => rows().evaluateAll((all) => all.map((row) => row.getAttribute("data-event")));
  await expect.poll(listed, wait).toEqual(wanted);
  await page.getByRole("button", { name: say.filter.clear }).click();
});

test(
  "what is chosen with Shift is saved as recordings that play, with a list",
  { timeout: 60_000 },
  async () => {
    const { page } = watched;
    await open(`span=60&at=${iso(untilWallMs)}`);
    await expect.poll(() => rows().count(), wait).toBeGreaterThan(10);
    await rows().nth(0).locator("input").click();
    await rows()
      .nth(2)
      .locator("input")
      .click({ modifiers: ["Shift"] });
    const bulk = page.getByTestId("bulk");
    await bulk.getByText("3 chosen").waitFor(wait);
    await bulk.getByRole("button", { name: say.save.start }).click();
    const coming = page.waitForEvent("download");
    await bulk.getByRole("button", { name: say.save.zip }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^sill-.*\.zip$/u);
    expect(await download.failure()).toBeNull();
    await page.getByText("3 recordings saved.").waitFor(wait);
  },
);

test(
  "the page is sound on phone and desktop, in light and dark, also with something chosen",
  { timeout: 90_000 },
  async () => {
    expect(await auditEverywhere(watched.page)).toEqual([]);
  },
);

test("deleting says how much goes, deletes it, and tells it in the ledger", { timeout: 60_000 }, async () => {
  const { page } = watched;
  const bulk = page.getByTestId("bulk");
  // where the keyboard is in the moment in which the question stands there, before anything is painted
  const focused = page.evaluate(
    `new Promise((resolve) => new MutationObserver((_, watch) => {
      if (document.querySelector(".confirm") === null) return;
      watch.disconnect();
      resolve(document.activeElement.textContent);
    }).observe(document.body, { childList: true, subtree: true }))`,
  );
  await bulk.getByRole("button", { name: say.remove.start }).click();
  await bulk.getByText("3 events and 3 recordings").waitFor(wait);
  expect(await focused).toBe(say.remove.keep);
  await page.keyboard.press("Enter"); // on what keeps them
  await bulk.getByText("3 chosen").waitFor(wait);
  await rows().nth(1).locator(".row-open").press("Delete");
  await bulk.getByRole("button", { name: say.remove.go }).click();
  await page.getByText("3 events deleted.").waitFor(wait);
  const gone = new Set(past.slice(0, 3).map(({ id }) => id));
  const range = `from=${eventAt(5).startWallMs}&to=${untilWallMs + 60_000}`;
  const { events } = await getJson<Timeline>(daemon, `/api/timeline?${range}`);
  expect(events.id.filter((id) => gone.has(id))).toEqual([]);
  expect(events.id).toContain(eventAt(4).id);
  const { entries } = await getJson<{ entries: HistoryEntry[] }>(daemon, "/api/history?limit=20");
  expect(entries.find(({ what }) => what === "clips-deleted")?.detail).toBe("3 recordings, by hand");
});

test("nothing went wrong on the way, and no other host was asked", () => {
  expect(watched.problems).toEqual([]);
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
});
