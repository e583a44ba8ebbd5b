/**
 * The page over HTTPS, as a phone on the home network has it: the doorbell's own certificate,
 * which no authority vouches for, and which the browser therefore asks about.
 */
import { existsSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { build } from "vite";
import { giveKeyring, openBrowser } from "../../scripts/rigs/browser.ts";
import { startDaemon } from "../../scripts/rigs/daemon.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { words } from "../../web/words.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const flags = [
  "--web.host=0.0.0.0",
  "--camera.width=640",
  "--camera.height=360",
  "--sim.visitorsPerHour=0",
  "--motion.sensitivity=0",
  "--recording.postRollMs=2000",
];

test("over HTTPS an owner signs in, sees the door live and opens a recording", async () => {
  if (!existsSync(new URL("dist/index.html", web))) {
    await build({ root: web.pathname, logLevel: "error" });
  }
  await using daemon = await startDaemon({ flags });
  const url = daemon.url.replace(/^http:/u, "https:");
  await using browser = await openBrowser();
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB" });
  const page = await context.newPage();
  await giveKeyring(page, url, testSeed(1));
  await page.goto(url);
  await page.locator('.live[data-face="live"]').waitFor(wait);
  const [cookie] = await context.cookies(url);
  expect(cookie).toMatchObject({ name: "sill", secure: true, httpOnly: true, sameSite: "Strict" });
  await page.getByRole("button", { name: words.press, exact: true }).click();
  await page.locator('.row[data-state="closed"]').waitFor(wait);
  await page.locator(".row-open").click();
  await vi.waitFor(async () => {
    const at = await page.locator(".player video").evaluate((video: HTMLVideoElement) => video.currentTime);
    expect(at).toBeGreaterThan(0);
  }, wait);
});

/** As a person does who clicks the warning away: the letters that Chromium takes for that. */
async function clickWarningAway(page: Page, url: string): Promise<void> {
  await expect(page.goto(url)).rejects.toThrow("ERR_CERT_AUTHORITY_INVALID");
  await vi.waitFor(async () => {
    if ((await page.title()) !== words.name) await page.keyboard.type("thisisunsafe");
    expect(await page.title()).toBe(words.name);
  }, wait);
}

test("a warning that was clicked away is not enough for alerts, and the page says so", async () => {
  await using daemon = await startDaemon({ flags });
  const url = daemon.url.replace(/^http:/u, "https:");
  await using browser = await openBrowser();
  const page = await browser.newPage({ locale: "en-GB" });
  await clickWarningAway(page, url);
  await giveKeyring(page, url, testSeed(1));
  await page.goto(`${url}/#/alerts`);
  await page
    .locator('[data-standing="untrusted"]')
    .getByText(words.push.standing.untrusted.title)
    .waitFor(wait);
});
