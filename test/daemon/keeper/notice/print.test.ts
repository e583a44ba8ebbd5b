/** The sign and the page in real Chromium, served by a keeper: paper, code, language, policy of content. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noticeSign, signLanguages } from "../../../../daemon/keeper/notice/sign.ts";
import { papers } from "../../../../daemon/keeper/notice/style.ts";
import { openBrowser } from "../../../../scripts/rigs/browser.ts";
import { pairFolder } from "../../../../scripts/rigs/paired.ts";
import { openDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";
import { tempFolder } from "../temp-folder.ts";
import { complete, longest, silent } from "./samples.ts";

let browser: Browser;
beforeAll(async () => (browser = await openBrowser()));
afterAll(() => browser.close());

const sheets = papers.flatMap((paper) => signLanguages.map((language) => ({ paper, language })));
/** Points: 1/72 inch. */
const widthPt = { a4: 595, a5: 420 };

test.each(sheets)(
  "$paper in $language prints to one page, whatever the owner says",
  async ({ paper, language }) => {
    const page = await browser.newPage();
    for (const facts of [complete, silent, longest]) {
      await page.setContent(noticeSign(facts, { paper, language, reader: "fr" }));
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      expect(pdf.match(/\/Type \/Page\b/gu)).toHaveLength(1);
      const [, width = ""] = /\/MediaBox \[0 0 ([\d.]+)/u.exec(pdf) ?? [];
      expect(Math.abs(Number(width) - widthPt[paper])).toBeLessThan(1);
    }
    await page.close();
  },
);

test("what is for the owner alone is not printed", async () => {
  const page = await browser.newPage();
  await page.setContent(noticeSign(silent, { paper: "a4", language: "en", reader: "en" }));
  expect(await page.locator(".owner").isVisible()).toBe(true);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".owner").isVisible()).toBe(false);
  expect(await page.locator(".sheet").isVisible()).toBe(true);
  await page.close();
});

test.each([complete.address, longest.address, "https://example.org/?a=1&b=%3C2%3E"])(
  "a phone reads %s from the printed code",
  async (address: string | null) => {
    const folder = await mkdtemp(join(tmpdir(), "sill-sign-"));
    const page = await browser.newPage({ deviceScaleFactor: 3 });
    await page.setContent(
      noticeSign({ ...complete, address }, { paper: "a5", language: "both", reader: "en" }),
    );
    const path = join(folder, "code.png");
    await page.locator(".way").screenshot({ path });
    await page.close();
    const read = spawnSync("zbarimg", ["--quiet", "--raw", path], { encoding: "utf8" });
    await rm(folder, { recursive: true });
    expect(read.stdout.trim()).toBe(address);
  },
);

test("anybody is shown the page in their language, and it obeys its own policy of content", async () => {
  await using door = await openDoor({ settings: { notice: { controller: "<script>alert(1)</script>" } } });
  const page = await browser.newPage({ locale: "fr-FR", viewport: { width: 320, height: 640 } });
  const problems: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ["/notice", "/notice/sign?paper=nonsense", "/notice?language=en"]) {
    const response = await page.goto(door.base + path);
    expect(response?.status()).toBe(200);
    // the style is in force, so its hash is the right one
    expect(await page.evaluate(() => getComputedStyle(document.body).marginTop)).toBe("0px");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await page.locator("dd").first().textContent()).toBe("<script>alert(1)</script>");
    expect(await page.getAttribute("html", "lang")).toBe(path.endsWith("en") ? "en" : "fr");
  }
  expect(problems).toEqual([]);
  expect(asked.filter((path) => path !== "/favicon.ico")).toEqual(["/notice", "/notice/sign", "/notice"]);
  await page.close();
});

test("the drawing and the time are those of the signed policy, and all is dark while the eye does not obey it", async () => {
  await using folder = await tempFolder();
  await pairFolder(folder.path);
  await using door = await openDoor({ data: folder.path, settings: { storage: { retentionHours: 100 } } });
  const text = async () => (await fetch(`${door.base}/notice`)).text();
  expect(await text()).toContain("at most 3 days");
  expect(await text()).not.toContain("nothing at all is seen");
  await using eye = await connectTestEye(door.paths);
  eye.status({ mask: { policyVersion: null, visibleFrac: 0 } });
  await until(async () => (await text()).includes("nothing at all is seen"));
  eye.status();
  await until(async () => !(await text()).includes("nothing at all is seen"));
});
