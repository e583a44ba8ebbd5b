/**
 * Timeline: 30,000 events with a recording for every tenth, on the real daemon and in a real Chromium: how long an
 * answer takes, how evenly frames come while time is dragged, and what it keeps in memory.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { giveKeyring, openBrowser } from "../rigs/browser.ts";
import { rssBytes, startDaemon, type Daemon } from "../rigs/daemon.ts";
import { testSeed } from "../rigs/paired.ts";
import { writePast } from "../rigs/past.ts";
import { median, percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const events = 30_000;
const days = 29;
const dayMs = 86_400_000;
const asked = 300;
const dragMs = 8_000;

export async function benchTimeline(note: (line: string) => void): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), "sill-bench-timeline-"));
  try {
    const untilWallMs = Date.now() - 600_000;
    note(`  ${events} events, ${events / 10} recordings`);
    await writePast(data, { events, clips: events / 10, days, untilWallMs });
    await using daemon = await startDaemon({
      data,
      policy: { retentionHours: 720 },
      startMs: 120_000,
      flags: [
        "--sim.visitorsPerHour=0",
        "--motion.sensitivity=0",
        "--storage.retentionHours=720",
        "--storage.minFreeMb=0",
        "--log.level=warn",
      ],
    });
    const before = await rssBytes(await daemon.pid("keeper"));
    const day = await tookMs(daemon, () => {
      const from = Math.round(untilWallMs - (1 + Math.random() * (days - 1)) * dayMs);
      return `from=${from}&to=${from + dayMs}`;
    });
    const page = await tookMs(
      daemon,
      () => `from=0&to=${untilWallMs - Math.round(Math.random() * days * dayMs)}`,
    );
    const after = await rssBytes(await daemon.pid("keeper"));
    note(`  dragging a week for ${dragMs / 1_000} s`);
    const drag = await dragged(daemon);
    return [
      figure("timeline.query.p99.ms", percentile(day, 0.99), { unit: "ms", goal: 20 }),
      figure("timeline.query.median.ms", median(day), { unit: "ms" }),
      figure("timeline.full_page.p99.ms", percentile(page, 0.99), { unit: "ms" }),
      figure("timeline.page.ready.ms", drag.readyMs, { unit: "ms" }),
      figure("timeline.page.frame.p99.ms", percentile(drag.frames, 0.99), { unit: "ms", goal: 34 }),
      figure("timeline.page.frame.median.ms", median(drag.frames), { unit: "ms" }),
      figure("timeline.page.longest_task.ms", Math.max(0, ...drag.tasks), { unit: "ms" }),
      figure("timeline.page.heap.mb", drag.heapBytes / 1e6, { unit: "MB" }),
      figure("timeline.keeper.growth.mb", (after - before) / 1e6, { unit: "MB" }),
    ];
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function tookMs(daemon: Daemon, query: () => string): Promise<number[]> {
  const took: number[] = [];
  for (let count = 0; count < asked; count += 1) {
    const startMs = performance.now();
    await (await daemon.fetch(`/api/timeline?${query()}`)).arrayBuffer();
    took.push(performance.now() - startMs);
  }
  return took;
}

interface Dragged {
  readonly readyMs: number;
  readonly frames: readonly number[];
  readonly tasks: readonly number[];
  readonly heapBytes: number;
}

async function dragged(daemon: Daemon): Promise<Dragged> {
  await using browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await giveKeyring(page, daemon.url, testSeed(1));
  const startMs = performance.now();
  await page.goto(`${daemon.url}/#/timeline?span=10080`);
  await page.locator(".past-row").first().waitFor({ timeout: 60_000 });
  const readyMs = performance.now() - startMs;
  const band = page.getByTestId("band");
  const box = await band.boundingBox();
  if (box === null) return { readyMs, frames: [], tasks: [], heapBytes: 0 };
  await loadAll(page);
  await page.evaluate(watchFrames);
  const y = box.y + box.height / 2;
  const untilMs = performance.now() + dragMs;
  while (performance.now() < untilMs) {
    const [from, to] = performance.now() % 4_000 < 2_000 ? [0.2, 0.8] : [0.8, 0.2];
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, y, { steps: 60 });
    await page.mouse.up();
  }
  const { frames, tasks } = await page.evaluate(seenFrames);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const { metrics } = await client.send("Performance.getMetrics");
  return {
    readyMs,
    frames,
    tasks,
    heapBytes: metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0,
  };
}

/** Back to the oldest, so that every day is there. */
async function loadAll(page: Page): Promise<void> {
  await page.getByTestId("band").focus();
  for (let week = 0; week < 5; week += 1) {
    await page.keyboard.press("PageDown");
    await page.waitForLoadState("networkidle");
  }
  await page.keyboard.press("End");
  await page.waitForLoadState("networkidle");
}

const watchFrames = `
  window.seen = { frames: [], tasks: [] };
  new PerformanceObserver((list) => window.seen.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now) => { window.seen.frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

const seenFrames = (): { frames: number[]; tasks: number[] } =>
  (globalThis as unknown as { seen: { frames: number[]; tasks: number[] } }).seen;
