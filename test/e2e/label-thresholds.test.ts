/**
 * How sure a label must be, on the page of calibration in real Chromium: corrections of the past propose it, one tap uses
 * it, one takes it back, and a slider sets it by hand.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { writePast } from "../../scripts/rigs/past.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { enrol, getJson, human } from "../../scripts/rigs/person.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { calibrate, what } = words;
const { labels: say } = calibrate;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 90_000, interval: 100 };
const limit = { timeout: 240_000 };

let data: string;
let daemon: Daemon;
let watched: Watched;

/** All were called persons: half of them wrongly, hardly sure, and corrected; half rightly and surely. */
function calledPerson(at: number): Partial<Event> {
  const score = at % 2 === 0 ? 0.5 : 0.9;
  const corrected = at % 2 === 0 ? "other" : null;
  return { said: [{ label: "person", score }], what: ["person"], whatScores: [score], corrected };
}

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  data = await mkdtemp(join(tmpdir(), "sill-thresholds-"));
  const untilWallMs = Date.now() - 3_600_000;
  await writePast(data, { events: 24, clips: 0, days: 0.1, untilWallMs, known: calledPerson });
  const flags = ["--camera.width=640", "--camera.height=360", "--sim.light=day", "--what.model=off"];
  daemon = await startDaemon({ data, flags: [...flags, "--sim.visitorsPerHour=0"] });
  await enrol(daemon.owner, human(2, "installer"));
  watched = await openPage(daemon.url);
}, 240_000);
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await rm(data, { recursive: true, force: true });
});

async function openCard({ page }: Watched): Promise<void> {
  await page.goto(`${daemon.url}/#/calibrate`);
  await page.getByRole("tab", { name: calibrate.parts.week }).click(wait);
  await page.getByTestId("labels").locator('[data-label="person"]').waitFor(wait);
}
const card = () => watched.page.getByTestId("labels");
const use = () => card().getByRole("button", { name: say.use(51) });
const zones = (): Promise<Zones> => getJson<Zones>(daemon, "/api/zones");

test("corrections propose how sure a person must be; one tap uses it, one takes it back", limit, async () => {
  await openCard(watched);
  await use().waitFor(wait);
  expect(await auditEverywhere(watched.page)).toEqual([]);
  const before = await zones();
  await use().click();
  await card().getByText(say.used).waitFor(wait);
  expect(await zones()).toEqual({ ...before, thresholds: { person: 0.51 } });
  await use().waitFor({ state: "detached", ...wait });
  await card().getByTestId("labels-put-back").click();
  await use().waitFor(wait);
  await expect.poll(zones, wait).toEqual(before);
  const told = async (): Promise<string[]> => {
    const { entries } = await getJson<{ entries: { detail: string }[] }>(daemon, "/api/history");
    return entries.slice(0, 2).map(({ detail }) => detail);
  };
  await expect
    .poll(told, wait)
    .toEqual(["person counts from default on, not 0.51", "person counts from 0.51 on, not default"]);
});

test("the same is set by hand, with the keyboard, and counts when it is saved", limit, async () => {
  const { page } = watched;
  await page.getByText(say.byHand).click();
  const slider = page.getByLabel(say.of(what.labels.vehicle), { exact: true });
  await slider.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => slider.getAttribute("aria-valuetext"), wait).toBe(say.level(99));
  expect((await zones()).thresholds).toBeUndefined();
  expect(await auditEverywhere(page)).toEqual([]);
  await page.getByTestId("save").click();
  await expect.poll(async () => (await zones()).thresholds, wait).toEqual({ vehicle: 0.99 });
  await page.getByTestId("put-back").click();
  await expect.poll(async () => (await zones()).thresholds, wait).toBeUndefined();
});

test("an installer reads what is proposed, and decides nothing about it", limit, async () => {
  await using theirs = await openPage(daemon.url, testSeed(2));
  await openCard(theirs);
  const text = theirs.page.getByTestId("labels");
  await text.getByText(say.ownersDecide).waitFor(wait);
  expect(await text.locator("button, input").count()).toBe(0);
  expect(theirs.problems).toEqual([]);
});

test("all this asked no other host and left nothing in the console", () => {
  expect(watched.problems).toEqual([]);
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
});
