/**
 * The page of calibration in real Chromium against the real daemon on the simulated porch, where somebody
 * walks up all the time: heat, last week, marks, a proposal, saving, a walk test, and an installer's view of it.
 *
 * One daemon serves all tests, in order: what one test marked the next one makes a proposal of.
 */
import { existsSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { JournalSpan, Walk } from "../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { enrol, getJson, human } from "../../scripts/rigs/person.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { calibrate: say, marks: sayMarks } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const flags = [
  "--camera.width=640",
  "--camera.height=360",
  "--sim.light=day",
  "--sim.rain=off",
  "--sim.visitorsPerHour=200",
  "--recording.postRollMs=1000",
  "--recording.cooldownMs=0",
  // calibration judges motion alone; with a model who stands still prolongs an event, and few would end in time
  "--what.model=off",
];
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({ flags });
  await enrol(daemon.owner, human(2, "installer"));
  watched = await openPage(daemon.url);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const get = <T>(path: string): Promise<T> => getJson<T>(daemon, path);
const calibrate = (page: Page): Promise<unknown> => page.goto(new URL("#/calibrate", daemon.url).href);
const tab = (part: keyof typeof say.parts): Locator =>
  watched.page.getByRole("tab", { name: say.parts[part] });
const whole = (): Locator => watched.page.getByLabel(say.sensitivityOf(say.whole), { exact: true });
const verdict = (): Promise<string | null> =>
  watched.page.getByTestId("verdict").getAttribute("data-verdict");
const isWarm = (): Promise<string | null> => watched.page.getByTestId("heat").getAttribute("data-warm");

/** How many pixels of heat are painted. */
const painted = (): Promise<number> =>
  watched.page.getByTestId("heat").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count += 1;
    return count;
  });

test("heat lies over the picture of whoever walks up, and it is motion", async () => {
  const { page } = watched;
  await calibrate(page);
  await page.locator('.heat-view[data-face="live"]').waitFor(wait);
  await expect.poll(verdict, wait).toBe("motion");
  await expect.poll(painted, wait).toBeGreaterThan(100);
  await page.getByText(say.details).click();
  await expect.poll(() => page.getByTestId("heat-delay").textContent(), wait).toMatch(/^\d+ ms/u);
  await page.getByText(say.cells(48, 27)).waitFor();
});

test("the whole at 0 stops the verdict at once, and undo brings it back", async () => {
  await whole().focus();
  await watched.page.keyboard.press("Home");
  await expect.poll(() => whole().inputValue()).toBe("0");
  await vi.waitFor(async () => expect([await isWarm(), await verdict()]).toEqual(["true", "quiet"]), wait);
  await watched.page.getByRole("button", { name: say.undo, exact: true }).click();
  await expect.poll(() => whole().inputValue()).toBe("50");
  await expect.poll(verdict, wait).toBe("motion");
  expect((await get<Zones>("/api/zones")).sensitivity).toBeNull(); // nothing was saved
});

test("last week says that everything would vanish with the whole at 0", { timeout: 480_000 }, async () => {
  const { page } = watched;
  const ended = async (): Promise<number> => {
    const { events } = await get<{ events: Event[] }>("/api/events?kind=motion&limit=20");
    return events.filter(({ state, thumbnail }) => state === "closed" && thumbnail).length;
  };
  await expect.poll(ended, { ...wait, timeout: 180_000 }).toBeGreaterThan(2);
  const endedWallMs = Date.now();
  const reaches = async (): Promise<number> =>
    (await get<JournalSpan>("/api/calibration")).span?.toWallMs ?? 0;
  await expect.poll(reaches, { ...wait, timeout: 180_000 }).toBeGreaterThan(endedWallMs);
  await tab("week").click();
  await page.getByTestId("week-sentence").waitFor(wait);
  await whole().focus();
  await page.keyboard.press("Home");
  const rows = page.locator(".week-row");
  // of the week as it would be, not as it was before the key
  await page.locator('[data-testid="week"][data-old="false"]').waitFor(wait);
  await expect.poll(() => rows.count(), wait).toBeGreaterThan(2);
  const changes = () =>
    rows.evaluateAll((all) => [...new Set(all.map((row) => row.getAttribute("data-change")))]);
  await expect.poll(changes, wait).toEqual(["vanishes"]);
  await rows.locator("img").first().waitFor(wait);
  await page.getByRole("button", { name: say.filters.appears }).click();
  await page.getByText(say.nothingListed).waitFor();
  await page.getByRole("button", { name: say.discard }).click();
  await page.getByRole("button", { name: say.filters.all, exact: true }).click();
  await expect.poll(() => rows.first().getAttribute("data-change"), wait).toBe("stays");
});

test("rows are walked, marked and played with the keyboard", async () => {
  const { page } = watched;
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest(".week-row")?.getAttribute("data-row"));
  await page.locator(".week-open").first().focus();
  const top = await focused();
  await page.keyboard.press("ArrowDown");
  expect(await focused()).not.toBe(top);
  await page.keyboard.press("f");
  const pressed = page.locator('.week-row .mark[data-mark="false"][aria-pressed="true"]');
  await expect.poll(() => pressed.count()).toBe(1);
  const kept = async (): Promise<number> => (await get<JournalSpan>("/api/calibration")).marks.false;
  await expect.poll(kept, wait).toBe(1);
  await page.locator('.week-open:focus[aria-disabled="false"]').waitFor(wait); // its event has been asked for
  await page.keyboard.press("Enter");
  await page.getByTestId("player").waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("player").waitFor({ state: "detached" });
});

test("a change is proposed for what was marked, applied, saved and put back", async () => {
  const { page } = watched;
  const thumb = page.locator(".week-row").nth(2).getByRole("button", { name: sayMarks.names.false });
  await thumb.click();
  await expect.poll(() => thumb.getAttribute("aria-pressed")).toBe("true");
  await page.getByTestId("propose").click();
  await page.getByTestId("proposal").waitFor(wait);
  expect(await page.locator(".proposal-words li").count()).toBeGreaterThan(0);
  await page.getByTestId("apply").click();
  await page.getByText(say.applied).waitFor();
  const before = await get<Zones>("/api/zones");
  await page.getByTestId("save").click();
  await page.getByText(say.saved).waitFor(wait);
  const after = await get<Zones>("/api/zones");
  expect(after).not.toEqual(before);
  await page.getByTestId("put-back").click();
  await page.getByText(say.isBack).waitFor(wait);
  expect(await get<Zones>("/api/zones")).toEqual(before);
});

test("a walk test sees the visitor, says so in large letters, and leaves a report", async () => {
  const { page } = watched;
  await tab("walk").click();
  await page.getByLabel(say.walkNameField).fill("Up the path");
  const counted = page.getByTestId("walk-count").waitFor(); // a few seconds long
  await page.getByTestId("walk-start").click();
  await counted;
  const screen = page.getByTestId("walk-screen");
  const large = screen.and(page.locator('[data-sight="seen"]')).getByTestId("walk-sight");
  await large.getByText(say.sights.seen, { exact: true }).waitFor({ timeout: 90_000 });
  await page.getByRole("button", { name: say.noteTexts[0] ?? "" }).click();
  const steps = () =>
    page
      .locator(".path-line")
      .evaluateAll((lines) =>
        lines.reduce((sum, line) => sum + (line.getAttribute("points") ?? "").split(" ").length, 0),
      );
  await expect.poll(steps, wait).toBeGreaterThan(8);
  await page.getByTestId("walk-stop").click();
  const result = page.getByTestId("walk-result");
  await result.waitFor(wait);
  expect(await result.getAttribute("data-seen")).toBe("true");
  const row = page.locator(".walk-card");
  await expect.poll(() => row.count()).toBe(1);
  const walk = await get<Walk>(
    new URL((await row.locator("a[download]").getAttribute("href")) ?? "", daemon.url).pathname,
  );
  expect(walk).toMatchObject({ name: "Up the path", seen: true, notes: [{ text: say.noteTexts[0] }] });
  expect(walk.path.length).toBeGreaterThan(3);
  const report = await daemon.fetch((await row.locator("a[target]").getAttribute("href")) ?? "");
  expect(await report.text()).toContain("Up the path");
});

test("the report says how far the journal reaches back", async () => {
  const { page } = watched;
  await tab("report").click();
  await page.getByText(say.journalSpan).waitFor();
  await page.getByText(say.journalMarked(0, 2)).waitFor(wait);
});

test("every part can be seen, read and reached by everybody", async () => {
  for (const part of ["now", "week", "walk", "report"] as const) {
    await tab(part).click();
    if (part === "week") {
      // whether anything would change just then depends on who came by
      await watched.page.getByRole("button", { name: say.filters.all, exact: true }).click(wait);
      await watched.page.locator(".week-row").first().waitFor(wait);
    }
    expect(await auditEverywhere(watched.page), part).toEqual([]);
  }
});

test("a walk is deleted after a second thought", async () => {
  const { page } = watched;
  await tab("walk").click();
  await page.getByRole("button", { name: say.removeWalk("Up the path") }).click();
  await page.getByRole("button", { name: say.removeWalkGo }).click();
  await page.getByText(say.noWalks).waitFor();
});

test("an installer sees heat and last week, in words and without a recording", async () => {
  await using theirs = await openPage(daemon.url, testSeed(2));
  const { page } = theirs;
  await calibrate(page);
  await page.locator('.heat-view[data-face="live"]').waitFor(wait);
  await page.getByRole("tab", { name: say.parts.week }).click();
  await page.getByRole("button", { name: say.filters.all, exact: true }).click(wait);
  const row = page.locator(".week-open").first();
  await row.waitFor(wait);
  expect(await row.getAttribute("aria-disabled")).toBe("true");
  expect(await page.locator(".week-row img").count()).toBe(0);
  await page.locator('.week-row .mark[data-mark="good"]').first().click();
  await expect.poll(async () => (await get<JournalSpan>("/api/calibration")).marks.good, wait).toBe(1);
  expect(theirs.problems).toEqual([]);
});

test("thumbs in the list at the door are kept", async () => {
  const { page } = watched;
  await page.goto(new URL("#/", daemon.url).href);
  const id = await page
    .locator('.row[data-kind="motion"]:has(.marks[data-mark="none"])')
    .first()
    .getAttribute("data-event");
  await page.locator(`[data-event="${id}"]`).getByRole("button", { name: sayMarks.names.good }).click();
  await expect.poll(async () => (await get<Event>(`/api/events/${id}`)).mark, wait).toBe("good");
});

test("all this asked no other host and left nothing in the console", () => {
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
  expect(watched.problems).toEqual([]);
});
