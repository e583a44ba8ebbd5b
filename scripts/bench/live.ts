/**
 * Live: how far the picture in a real Chromium is behind the porch, and how soon it stands.
 *
 * The porch paints its wall clock into every picture; the page's own video element is drawn to a
 * canvas, the clock is read back and compared with the same machine's clock.
 */
import type { Page } from "playwright-core";
import { readStamp } from "../../hal/sim/porch/stamp.ts";
import { Fault } from "../../hal/fault.ts";
import { giveKeyring, openBrowser } from "../rigs/browser.ts";
import { startDaemon } from "../rigs/daemon.ts";
import { testSeed } from "../rigs/paired.ts";
import { median, percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const visits = 3;
const samples = 40;
const sampleEveryMs = 100;
const settleMs = 4_000;

export async function benchLive(note: (line: string) => void): Promise<Figure[]> {
  await using daemon = await startDaemon({
    flags: ["--sim.stamp=true", "--sim.visitorsPerHour=0", "--log.level=warn"],
  });
  await using browser = await openBrowser();
  const [first, delays]: [number[], number[]] = [[], []];
  for (let visit = 0; visit < visits; visit += 1) {
    note(`  visit ${visit + 1} of ${visits}`);
    const page = await browser.newPage();
    await giveKeyring(page, daemon.url, testSeed(1));
    await page.addInitScript(markFirstFrame);
    await page.goto(daemon.url);
    first.push(await firstFrame(page));
    await page.waitForTimeout(settleMs);
    delays.push(...(await delaysOn(page)));
    await page.close();
  }
  return [
    figure("live.first_frame.ms", median(first), { unit: "ms", goal: 800 }),
    figure("live.delay.ms", median(delays), { unit: "ms", goal: 600 }),
    figure("live.delay.p95.ms", percentile(delays, 0.95), { unit: "ms" }),
  ];
}

/** Runs in the page before its own scripts: time from navigation to the first decoded picture. */
const markFirstFrame = `
  document.addEventListener("loadeddata", () => { window.firstFrameMs ??= performance.now(); }, true);
`;

async function firstFrame(page: Page): Promise<number> {
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += sampleEveryMs) {
    const atMs: unknown = await page.evaluate("window.firstFrameMs");
    if (typeof atMs === "number") return atMs;
    await page.waitForTimeout(sampleEveryMs);
  }
  throw new Fault("timeout", "no live picture in the page after 15 s");
}

/** `selector`: of the video element. */
export async function delaysOn(page: Page, selector = "video"): Promise<number[]> {
  const script = `(() => {
    const readStamp = ${readStamp.toString()};
    const video = document.querySelector(${JSON.stringify(selector)});
    const [w, h] = [video.videoWidth, video.videoHeight];
    const canvas = new OffscreenCanvas(w, h);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(video, 0, 0);
    const nowMs = Date.now();
    const { data } = pen.getImageData(0, 0, w, h);
    const stamp = readStamp((x, y) => data[(y * w + x) * 4 + 1], w, h);
    return stamp === null ? null : (nowMs % 2 ** 32) - stamp;
  })()`;
  const delays: number[] = [];
  for (let i = 0; i < samples; i += 1) {
    const delay: unknown = await page.evaluate(script);
    if (typeof delay === "number") delays.push(delay);
    await page.waitForTimeout(sampleEveryMs);
  }
  return delays;
}
