/**
 * Glass: from the porch's light to the screen, by MSE and, in a call, by WebRTC. On loopback, in a real Chromium.
 *
 * The porch paints its wall clock into every picture; what the page's video element shows is drawn to a canvas, the clock is read
 * back and compared with the same machine's. Both in one page, one after the other.
 */
import { fakeMicrophone, giveKeyring, openBrowser } from "../../rigs/browser.ts";
import { startDaemon } from "../../rigs/daemon.ts";
import { testSeed } from "../../rigs/paired.ts";
import { median, percentile } from "../cpu.ts";
import { figure, type Figure } from "../figure.ts";
import { delaysOn } from "../live.ts";

const settleMs = 4_000;
const mostWaitMs = 30_000;

export async function benchGlass(note: (line: string) => void): Promise<Figure[]> {
  note("  from the porch to the screen");
  const flags = ["--sim.stamp=true", "--sim.visitorsPerHour=0", "--log.level=warn"];
  await using daemon = await startDaemon({ flags });
  // what it hears is of no matter here: Chromium's own beeps
  await using browser = await openBrowser(fakeMicrophone("").slice(0, 2));
  const page = await browser.newPage();
  await giveKeyring(page, daemon.url, testSeed(1));
  await page.goto(daemon.url);
  await page.locator('[data-testid="live"][data-face="live"]').waitFor({ timeout: mostWaitMs });
  await page.waitForTimeout(settleMs);
  const mse = await delaysOn(page, ".live-video");
  await page.getByTestId("answer").click();
  await page
    .locator('[data-testid="call-picture"][data-shows="true"]')
    .waitFor({ timeout: mostWaitMs, state: "attached" });
  await page.waitForTimeout(settleMs);
  const webrtc = await delaysOn(page, ".live-call");
  return [
    figure("mse.delay.ms", median(mse), { unit: "ms", goal: 600 }),
    figure("mse.delay.p95.ms", percentile(mse, 0.95), { unit: "ms" }),
    figure("webrtc.delay.ms", median(webrtc), { unit: "ms", goal: 250 }),
    figure("webrtc.delay.p95.ms", percentile(webrtc, 0.95), { unit: "ms" }),
  ];
}
