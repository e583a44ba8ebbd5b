/**
 * First frame: from the click on an event to the first picture of its clip, in a real Chromium.
 *
 * The built page against the running daemon on this machine; each visit is a browser of its own, so
 * that nothing is cached. The picture counts when the compositor has it (requestVideoFrameCallback).
 */
import type { Page } from "playwright-core";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { Fault } from "../../hal/fault.ts";
import { giveKeyring, openBrowser } from "../rigs/browser.ts";
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { testSeed } from "../rigs/paired.ts";
import { median } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const visits = 7;
const settleMs = 2_000;
const recordedWithinMs = 60_000;

export async function benchFirstFrame(): Promise<Figure[]> {
  await using daemon = await startDaemon({
    flags: ["--sim.visitorsPerHour=0", "--recording.postRollMs=4000", "--log.level=warn"],
  });
  await recordRing(daemon);
  await using browser = await openBrowser();
  const times: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    times.push(await firstFrame(await context.newPage(), daemon.url));
    await context.close();
  }
  return [figure("clip.first_frame.ms", median(times), { unit: "ms", goal: 500 })];
}

async function firstFrame(page: Page, url: string): Promise<number> {
  await giveKeyring(page, url, testSeed(1));
  await page.goto(url);
  const row = page.locator(".row-open").first();
  await row.waitFor();
  await page.waitForTimeout(settleMs); // the page has come to rest: live plays, thumbnails stand
  const shown = page.evaluate(clickToPicture);
  await row.click();
  return shown;
}

/** Runs in the page. */
function clickToPicture(): Promise<number> {
  return new Promise((resolve) => {
    const clicked = ({ timeStamp }: { timeStamp: number }): void => {
      const look = (): void => {
        const video = document.querySelector<HTMLVideoElement>(".player video");
        if (video === null) requestAnimationFrame(look);
        else
          video.requestVideoFrameCallback((_, { presentationTime }) => resolve(presentationTime - timeStamp));
      };
      look();
    };
    document.addEventListener("click", clicked, { capture: true, once: true });
  });
}

async function recordRing(daemon: Daemon): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 6_000)); // of pre-roll
  await daemon.fetch("/api/sim/press", { method: "POST" });
  const end = performance.now() + recordedWithinMs;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { events } = (await (await daemon.fetch("/api/events?limit=1")).json()) as { events: Event[] };
    const answer = await daemon.fetch(`/api/clips/${events[0]?.clip}`);
    if (answer.ok && ((await answer.json()) as Clip).state === "complete") return;
  }
  throw new Fault("timeout", "the ring was not recorded within a minute");
}
