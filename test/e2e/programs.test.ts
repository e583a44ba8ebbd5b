/** An owner gives a program a key on the page of people, in real Chromium: it is shown once, works, and is taken away. */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { programs: say } = words.people;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({ flags: ["--camera.width=320", "--camera.height=180"] });
  watched = await openPage(new URL("#/people", daemon.url).href);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const statusWith = async (key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(new URL("/api/status", daemon.url), { headers })).status;
};

test("a key is made, shown once, and opens the status until it is taken away", async () => {
  const { page } = watched;
  await page.getByLabel(say.name).fill("Hallway display");
  await page.getByRole("button", { name: say.make }).click();
  const key = await page.getByTestId("program-key").inputValue();
  expect(await auditEverywhere(page)).toEqual([]);
  expect(await statusWith(key)).toBe(200);
  await page.getByRole("button", { name: say.done }).click();
  await page.locator('[data-program="Hallway display"]').waitFor();
  expect(await page.getByTestId("program-key").count()).toBe(0);
  // the rig's and this browser's, not the program's
  await expect.poll(() => page.locator("[data-session]").count()).toBe(2);
  await page.getByRole("button", { name: say.endLabel("Hallway display") }).click();
  await page.getByText(say.none).waitFor();
  await vi.waitFor(async () => expect(await statusWith(key)).toBe(401), wait);
  expect(watched.problems).toEqual([]);
});
