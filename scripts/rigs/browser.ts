/**
 * Browser rig: Debian's Chromium, headless, with a fresh profile and no traffic of its own.
 */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
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

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Fault("not-found", "Chromium is not installed", { hint: "apt-get install chromium" });
  }
  return chromium.launch({ executablePath, args });
}
