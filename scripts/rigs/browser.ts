/**
 * Browser rig: Debian's Chromium, headless, with a fresh profile and no traffic of its own.
 */
import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { Fault } from "../../hal/fault.ts";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The page of the doorbell at `url` then finds this seed in its browser, paired, words kept, and
 * signs in by itself. Call it before the page is opened.
 */
export async function giveKeyring(page: Page, url: string, seed: Uint8Array): Promise<void> {
  await page.goto(new URL("/favicon.svg", url).href); // a file of the same origin that starts nothing
  const device = await page.evaluate(askDevice);
  await page.evaluate(putKeyring, { device, seed: [...seed] });
}

/** Runs in the page, which may have agreed to a certificate that Node would refuse. */
async function askDevice(): Promise<string> {
  const { device } = (await (await fetch("/api/door")).json()) as { device: string };
  return device;
}

/** Runs in the page: as web/identity/keyring.ts keeps it. */
function putKeyring({ device, seed }: { device: string; seed: number[] }): Promise<void> {
  const keyring = {
    seed: Uint8Array.from(seed),
    device,
    wordsKept: true,
    signedOut: false,
    sessionEndsWallMs: null,
    join: null,
  };
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("sill", 1);
    opening.addEventListener("error", () => reject(new Error("IndexedDB does not open")));
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("keyring"));
    opening.addEventListener("success", () => {
      const putting = opening.result.transaction("keyring", "readwrite");
      putting.objectStore("keyring").put(keyring, "me");
      putting.addEventListener("complete", () => {
        opening.result.close();
        resolve();
      });
    });
  });
}

/** A microphone that hears this WAVE file, given to every page that asks. */
export function fakeMicrophone(wav: string): string[] {
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-audio-capture=${wav}`,
  ];
}

export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Fault("not-found", "Chromium is not installed", { hint: "apt-get install chromium" });
  }
  return chromium.launch({ executablePath, args: [...args, ...more] });
}
