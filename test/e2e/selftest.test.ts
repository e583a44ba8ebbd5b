/**
 * The page of the self-test in real Chromium against the real daemon: a run, its report, runs of before, an
 * installer's view of it, and a press that rings while the test runs.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import type { SelftestPast, SelftestState } from "../../daemon/wire/api-selftest.ts";
import { selftestReportSchema } from "../../daemon/wire/selftest.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { enrol, getJson, human } from "../../scripts/rigs/person.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { selftest: say } = words;
const web = new URL("../../web/", import.meta.url);
/** The longest a run may take, and a busy machine's share. */
const wait = { timeout: 150_000 };
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({
    flags: ["--camera.width=640", "--camera.height=360", "--sim.visitorsPerHour=0"],
  });
  await enrol(daemon.owner, human(2, "installer"));
  await enrol(daemon.owner, human(3, "member"));
  watched = await openPage(daemon.url);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const open = (page: Page): Promise<unknown> => page.goto(new URL("#/selftest", daemon.url).href);
const state = (): Promise<SelftestState> => getJson<SelftestState>(daemon, "/api/selftest");
const past = async (): Promise<SelftestPast["reports"]> =>
  (await getJson<SelftestPast>(daemon, "/api/selftests")).reports;

test("a test is followed while it runs, and says what it found", { timeout: 200_000 }, async () => {
  const { page } = watched;
  await open(page);
  await page.getByText(say.noPast).waitFor(wait);
  await page.getByLabel(say.attended).uncheck();
  await page.getByTestId("test-start").click();
  await page.getByTestId("test-now").waitFor(wait);
  await daemon.owner.fetch("/api/sim/press", { method: "POST" });
  const rings = (): Promise<{ events: { kind: string }[] }> => getJson(daemon, "/api/events?kind=ring");
  await expect.poll(async () => (await rings()).events.length, wait).toBe(1);
  await expect.poll(async () => (await state()).done.length, wait).toBeGreaterThan(0);
  await page.locator("[data-check]").first().waitFor(wait);
  await expect.poll(async () => (await state()).running, wait).toBe(false);
  const report = page.getByTestId("test-report");
  await report.waitFor(wait);
  const [line] = await past();
  expect(await report.getAttribute("data-verdict")).toBe(line?.verdict);
  const found = await page.getByTestId("test-report").locator("[data-check]").count();
  const { pass = 0, warn = 0, fail = 0, skip = 0 } = line?.counts ?? {};
  expect(found).toBe(pass + warn + fail + skip);
  expect(found).toBeGreaterThanOrEqual(20);
});

test("each that is not in order says what to do", async () => {
  const troubled = watched.page
    .getByTestId("test-report")
    .getByTestId("test-troubled")
    .locator("[data-check]");
  for (const check of await troubled.all()) {
    expect(["warn", "fail"]).toContain(await check.getAttribute("data-verdict"));
    expect(await check.locator(".test-advice").textContent()).toMatch(/\w{3}/u);
  }
  // the simulated porch is told as such
  await watched.page.locator('[data-check="settings-sound"][data-verdict="warn"]').waitFor();
});

test("the page can be read by everybody, folded out, on phone and desktop", async () => {
  const { page } = watched;
  for (const summary of await page.locator(".test-group summary").all()) await summary.click();
  expect(await auditEverywhere(page)).toEqual([]);
});

/** Runs in the page: how large the picture is, and the brightest value in the street above the fence and anywhere. */
async function looked(): Promise<{ width: number; street: number; most: number }> {
  const picture = document.querySelector<HTMLImageElement>(".test-picture");
  if (picture === null) throw new Error("no picture");
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas");
  context.drawImage(picture, 0, 0);
  const brightest = (x: number, w: number, h: number): number =>
    context
      .getImageData(x * width, 0, w * width, h * height)
      .data.reduce((most, value, i) => (i % 4 === 3 ? most : Math.max(most, value)), 0);
  return { width, street: brightest(0.4, 0.2, 0.15), most: brightest(0, 1, 1) };
}

test("the owner's key opens the masked picture, and the history says who looked", async () => {
  const { page } = watched;
  const [line] = await past();
  const sealed = await daemon.fetch(`/api/selftests/${line?.id}/picture`);
  expect(
    Buffer.from(await sealed.arrayBuffer())
      .subarray(0, 21)
      .toString(),
  ).toBe("age-encryption.org/v1");
  await page.getByRole("button", { name: say.picture }).click();
  await page.getByRole("img", { name: say.pictureOf }).waitFor(wait);
  const { width, street, most } = await page.evaluate(looked);
  expect(width).toBe(640);
  // the street is outside the line: black but for what JPEG makes of it
  expect(street).toBeLessThan(24);
  expect(most).toBeGreaterThan(80);
  const { entries } = await getJson<{ entries: { detail?: string }[] }>(daemon, "/api/history");
  expect(entries.filter(({ detail }) => detail?.startsWith("the picture of a self-test")).length).toBe(2);
});

test("a report is saved as JSON, and as a page that says the same", async () => {
  const { page } = watched;
  const save = async (what: string): Promise<string> => {
    const files = page.getByTestId("test-report").locator(".test-files");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      files.getByRole("link", { name: say.save(what) }).click(),
    ]);
    return readFile(await download.path(), "utf8");
  };
  const report = selftestReportSchema.parse(JSON.parse(await save(say.json)));
  expect(report.id).toBe((await past())[0]?.id);
  const html = await save(say.html);
  for (const { id } of report.checks) expect(html).toContain(`id="${id}"`);
  expect(await save(say.junit)).toContain(`tests="${report.checks.length}"`);
});

test("a test can be ended, and one of before deleted", async () => {
  const { page } = watched;
  await page.getByTestId("test-start").click();
  await page.getByTestId("test-stop").click();
  await expect.poll(async () => (await state()).running, wait).toBe(false);
  await expect.poll(async () => (await past()).length, wait).toBe(2);
  await page.getByText(say.cut.cancelled).waitFor(wait);
  const [newest] = await past();
  const row = page.locator(`[data-report="${newest?.id}"]`);
  await row.locator("button.button-icon").click();
  await row.getByRole("button", { name: say.removeGo }).click();
  await expect.poll(async () => (await past()).map(({ id }) => id === newest?.id), wait).toEqual([false]);
  await row.waitFor({ state: "detached" });
});

test("an installer tests, and sees no picture", async () => {
  await using theirs = await openPage(daemon.url, testSeed(2));
  await open(theirs.page);
  await theirs.page.getByTestId("test-report").waitFor(wait);
  await expect.poll(() => theirs.page.getByTestId("test-start").isEnabled()).toBe(true);
  expect(await theirs.page.getByRole("button", { name: say.picture }).count()).toBe(0);
  await theirs.page.getByText(say.pictureSealed).waitFor(wait);
  const [line] = await past();
  const asked = await theirs.page.evaluate(
    async (path) => (await fetch(path)).status,
    `/api/selftests/${line?.id}/picture`,
  );
  expect(asked).toBe(403);
});

test("a member of the household has no such page", async () => {
  await using theirs = await openPage(daemon.url, testSeed(3));
  await open(theirs.page);
  await theirs.page.getByRole("heading", { name: words.page.missing.title }).waitFor(wait);
  expect(await theirs.page.getByTestId("test-start").count()).toBe(0);
});

test("a press that is wanted is asked for in large letters, until it comes", async () => {
  const { page } = watched;
  await open(page);
  await page.getByLabel(say.attended).check();
  await page.getByTestId("test-start").click();
  const banner = page.getByTestId("test-now");
  await page.locator('[data-testid="test-now"][data-wanted="true"]').waitFor(wait);
  await banner.getByText(say.wanted).waitFor(wait);
  await banner.getByText(/Press the button once, within 20 s/u).waitFor(wait);
  const px = await banner.locator(".test-now-what").evaluate((words) => getComputedStyle(words).fontSize);
  expect(Number.parseFloat(px)).toBeGreaterThanOrEqual(28);
  await daemon.owner.fetch("/api/sim/press", { method: "POST" });
  await banner.getByText(/Walk past the motion sensor/u).waitFor(wait);
  expect(await auditEverywhere(page)).toEqual([]); // takes its time: nothing has to come within it any more
  // it passed, so it is folded away
  await page.locator('[data-check="button"][data-verdict="pass"]').waitFor({ ...wait, state: "attached" });
  await page.getByTestId("test-stop").click();
  await expect.poll(async () => (await state()).running, wait).toBe(false);
});

test("nothing went wrong on the page meanwhile", () => {
  expect(watched.problems).toEqual([]);
});
