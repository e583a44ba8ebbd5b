/**
 * The page in real Chromium against the real daemon on the simulated porch.
 *
 * One daemon and one page serve all tests, in order: what one test recorded the next one plays.
 */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { startDaemon } from "../../scripts/rigs/daemon.ts";
import type { Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { privacyWords } from "../../web/privacy/words.ts";
import { words } from "../../web/words.ts";
import { openPage } from "./browser.ts";
import type { Watched } from "./browser.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const porch = [
  "--camera.width=640",
  "--camera.height=360",
  "--sim.light=day",
  "--sim.rain=off",
  "--sim.visitorsPerHour=0",
  "--motion.sensitivity=0", // rings alone are counted here
];
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({
    flags: [...porch, "--button.cooldownMs=0"],
  });
  watched = await openPage(daemon.url);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const get = <T>(path: string): Promise<T> => getJson<T>(daemon, path);

const newest = async (): Promise<Event | undefined> =>
  (await get<{ events: Event[] }>("/api/events?limit=1")).events[0];

async function press(): Promise<void> {
  const response = await daemon.fetch("/api/sim/press", { method: "POST" });
  expect(response.status).toBe(202);
}

/** The newest event once it and its clip have ended. */
async function recorded(): Promise<{ event: Event; clip: Clip }> {
  return vi.waitFor(async () => {
    const event = await newest();
    const clip = await get<Clip>(`/api/clips/${event?.clip}`);
    expect([event?.state, clip.state]).toEqual(["closed", "complete"]);
    return { event: event as Event, clip };
  }, wait);
}

const video = (where: string) =>
  watched.page.locator(`${where} video`).evaluate((element: HTMLVideoElement) => ({
    at: element.currentTime,
    width: element.videoWidth,
    height: element.videoHeight,
    from: element.buffered.length > 0 ? element.buffered.start(0) : null,
    began: element.played.length > 0 ? element.played.start(0) : null,
    ended: element.ended,
  }));

test("live plays, in the camera's size, less than two seconds behind", async () => {
  const first = await vi.waitFor(async () => {
    const now = await video(".live");
    expect(now.at).toBeGreaterThan(0);
    return now;
  }, wait);
  await vi.waitFor(async () => expect((await video(".live")).at).toBeGreaterThan(first.at + 1), wait);
  expect(await video(".live")).toMatchObject({ width: 640, height: 360 });
  // a browser that fell behind catches up
  const delayS = async () => Number.parseFloat((await watched.page.getByTestId("delay").textContent()) ?? "");
  await expect.poll(delayS, wait).toBeLessThan(2);
});

test("an empty list says what will be there", async () => {
  await watched.page.getByText(words.events.empty).waitFor();
});

test("the status says how much the camera sees and that the rest is destroyed", async () => {
  const tile = watched.page.locator('[data-tile="mask"]');
  await vi.waitFor(async () => {
    const { mask } = await get<Status>("/api/status");
    expect(mask.visibleFrac).toBeGreaterThan(0);
    expect(await tile.textContent()).toContain(`${Math.round(mask.visibleFrac * 100)}%`);
  }, wait);
  expect(await tile.textContent()).toContain("destroyed");
});

test("a ring stands on the page, beside the live picture", async () => {
  const { page } = watched;
  const { at } = await video(".live");
  await vi.waitFor(async () => expect((await video(".live")).at).toBeGreaterThan(at + 1.5), wait); // of pre-roll
  await press();
  const banner = page.getByTestId("ring");
  await banner.waitFor();
  await expect.poll(() => page.title()).toContain("Ring at");
  await expect.poll(() => page.getByRole("alert").first().textContent()).toContain("rang the doorbell");
  expect(await page.getByTestId("live").isVisible()).toBe(true);
  await banner.getByRole("button", { name: words.ring.dismiss }).click();
  await banner.waitFor({ state: "detached" });
  await expect.poll(() => page.title()).toBe(words.name);
});

test("the ring is in the list at once and has its picture when it is recorded", async () => {
  const row = watched.page.locator('.row[data-kind="ring"]');
  await expect.poll(() => row.count()).toBe(1);
  await recorded();
  await row.locator("img").waitFor();
  await expect.poll(() => row.getAttribute("data-state")).toBe("closed");
});

test("its clip plays from before the press to the end", async () => {
  const { event, clip } = await recorded();
  expect(event.startWallMs - clip.startWallMs).toBeGreaterThan(1_000);
  await watched.page.locator(".row-open").first().press("Enter");
  const player = watched.page.getByTestId("player");
  const early = await vi.waitFor(async () => {
    const now = await video(".player");
    expect(now.at).toBeGreaterThan(0);
    return now;
  }, wait);
  expect(early).toMatchObject({ width: 640, height: 360, from: 0 });
  expect((early.began ?? Number.NaN) * 1_000).toBeLessThan(event.startWallMs - clip.startWallMs);
  await player.locator(".seek-mark").waitFor();
  await vi.waitFor(async () => expect((await video(".player")).ended).toBe(true), wait);
  const played = (await video(".player")).at * 1_000;
  const length = clip.fragments.reduce((end, each) => Math.max(end, each.startMs + each.durationMs), 0);
  expect(Math.abs(played - length)).toBeLessThan(200);
});

test("the player seeks by keyboard, plays again, and gives the keyboard back", async () => {
  const { page } = watched;
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await vi.waitFor(async () => expect((await video(".player")).ended).toBe(false), wait);
  await page.getByTestId("toggle").click();
  const saved = page.waitForEvent("download");
  await page.getByTestId("save").click();
  expect((await saved).suggestedFilename()).toMatch(/^sill-ring-.*\.mp4$/);
  await page.keyboard.press("Escape");
  await page.getByTestId("player").waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("row-open");
});

test("a clip is watched while it is recorded, by who opened it before it had begun", async () => {
  const { page } = watched;
  const player = page.getByTestId("player");
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    await press();
    await page.getByTestId("ring").getByRole("button", { name: words.ring.dismiss }).click();
    await expect.poll(() => page.locator(".row").count()).toBe(2);
    await page.locator(".row-open").first().click();
    await player.getByText(words.player.waiting).waitFor(wait);
  } finally {
    process.kill(eye, "SIGCONT");
  }
  await player.getByText(words.player.recording).waitFor(wait);
  await vi.waitFor(async () => expect((await video(".player")).at).toBeGreaterThan(0), wait);
  const { clip } = await recorded();
  await player.getByText(words.player.recording).waitFor({ state: "detached" });
  await vi.waitFor(async () => expect((await video(".player")).ended).toBe(true), wait);
  expect((await video(".player")).at * 1_000).toBeGreaterThan(clip.durationMs - 200);
  await page.keyboard.press("Escape");
  await player.waitFor({ state: "detached" });
  await page.locator(".row").first().locator("img").waitFor(wait);
});

test("arrow keys move through the list and filters choose from it", async () => {
  const { page } = watched;
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest(".row")?.getAttribute("data-event"));
  await page.locator(".row-open").first().focus();
  const top = await focused();
  await page.keyboard.press("ArrowDown");
  expect(await focused()).not.toBe(top);
  await page.keyboard.press("Home");
  expect(await focused()).toBe(top);
  await page.getByRole("button", { name: words.events.motions }).click();
  await page.getByText(words.events.emptyMotions).waitFor();
  await page.getByRole("button", { name: words.events.all }).click();
  await expect.poll(() => page.locator(".row").count()).toBe(2);
});

test("a deletion can be taken back, and is carried out when it is not", async () => {
  const { page } = watched;
  const { event } = await recorded();
  await page.locator(".row-open").first().press("Delete");
  await expect.poll(() => page.locator(".row").count()).toBe(1);
  await page.getByRole("button", { name: words.events.undo }).click();
  await expect.poll(() => page.locator(".row").count()).toBe(2);
  await page.locator(".row-open").first().press("Enter");
  await page.getByTestId("player").getByRole("button", { name: words.player.remove }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("row-open");
  await vi.waitFor(async () => expect((await newest())?.id).not.toBe(event.id), wait);
  await expect.poll(() => page.locator(".row").count()).toBe(1);
});

test("one tap closes the sight, who closed it stands over black, and opened it is live again", async () => {
  const { page } = watched;
  await page.getByRole("button", { name: privacyWords.close }).click();
  const face = page.locator('.live[data-face="closed"]');
  await face.getByText(privacyWords.untilOpened).waitFor(wait);
  await page.getByRole("button", { name: privacyWords.minutes(60) }).click();
  await face.getByText("until", { exact: false }).waitFor(wait);
  await vi.waitFor(async () => expect((await get<Status>("/api/status")).mask.closed).toEqual({}), wait);
  await page.getByRole("button", { name: privacyWords.open }).click();
  await page.locator('.live[data-face="live"]').waitFor(wait);
});

test("a phone shows all of it without scrolling sideways", async () => {
  const { page } = watched;
  await page.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(() => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]))
    .toEqual([390, 390]);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("everything that can be operated has a name", async () => {
  const nameless = await watched.page.evaluate(() =>
    [...document.querySelectorAll("button, a, input")]
      .filter((element) => !(element.getAttribute("aria-label") ?? element.textContent)?.trim())
      .map((element) => element.outerHTML),
  );
  expect(nameless).toEqual([]);
});

test("where no portal is set, the page of requests says that nothing is fetched or sent", async () => {
  const { page } = watched;
  await page.goto(new URL("#/requests", daemon.url).href);
  await page.getByText(words.requests.feed.offNote).waitFor();
  await page.goto(new URL("#/", daemon.url).href);
});

test("all this asked no other host and left nothing in the console", () => {
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
  expect(watched.problems).toEqual([]);
});

test("a lost connection is said, and everything comes back by itself", async () => {
  const { page } = watched;
  const keeper = await daemon.pid("keeper");
  // awaited together: the next keeper may be there before the second is asked for
  const said = Promise.all([
    page.getByTestId("lost").waitFor(wait),
    page.getByText(words.status.old).waitFor(wait),
  ]);
  process.kill(keeper, "SIGKILL");
  await said;
  await page.getByTestId("lost").waitFor({ state: "detached", ...wait });
  await page.locator('.live[data-face="live"]').waitFor(wait);
  const before = (await video(".live")).at;
  await vi.waitFor(async () => expect((await video(".live")).at).not.toBe(before), wait);
});
