/**
 * What may leave, in real Chromium against the real daemon: an owner opens ways out with a signature, the eye takes
 * the policy, a line that is confirmed later keeps them, and everybody can read it.
 */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { HistoryEntry } from "../../daemon/wire/api-household.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { readInForce } from "../../web/line/in-force.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { line: sayLine } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({ flags: ["--camera.width=640", "--camera.height=360", "--sim.light=day"] });
  watched = await openPage(daemon.url);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const get = <T>(path: string): Promise<T> => getJson<T>(daemon, path);
const inForce = async () => readInForce((await get<{ envelope: unknown }>("/api/policy")).envelope);
const obeyed = async (): Promise<number | null> => (await get<Status>("/api/status")).mask.policyVersion;

test("everything is closed, and nothing can be signed before something is changed", async () => {
  const { page } = watched;
  await vi.waitFor(async () => expect(await obeyed()).toBe(1), wait);
  await page.goto(new URL("#/publish", daemon.url).href);
  for (const way of ["audio", "rtsp", "ntfy", "webhook"])
    await vi.waitFor(async () => expect(await page.getByTestId(`way-${way}`).isChecked()).toBe(false), wait);
  expect(await page.getByTestId("sign-ways").isDisabled()).toBe(true);
  expect(await auditEverywhere(page)).toEqual([]);
});

test("what is ticked and signed is in force at the camera, with the line as it was", async () => {
  const { page } = watched;
  const before = await inForce();
  await page.getByTestId("way-audio").check();
  await page.getByTestId("way-rtsp").check();
  await page.getByTestId("sign-ways").click();
  await page.getByText(/In force: version 2\./u).waitFor();
  expect(await inForce()).toEqual({ ...before, version: 2, ways: { audio: true, publish: { rtsp: true } } });
  await vi.waitFor(async () => expect(await obeyed()).toBe(2), wait);
});

test("a line that is confirmed later opens and closes nothing", async () => {
  const { page } = watched;
  await page.goto(new URL("#/line", daemon.url).href);
  await vi.waitFor(async () => {
    const save = page.getByTestId("save");
    if (!(await save.isVisible()))
      await page.getByRole("button", { name: sayLine.takeStill, exact: true }).click({ timeout: 5_000 });
    await save.waitFor({ timeout: 5_000 });
  }, wait);
  await page.getByRole("button", { name: sayLine.confirm }).click();
  await page.getByText(/In force: version 3\./u).waitFor();
  expect((await inForce())?.ways).toEqual({ audio: true, publish: { rtsp: true } });
});

test("two owners at once: the page that shows an older line signs nothing", async () => {
  const { page } = watched;
  await page.goto(new URL("#/publish", daemon.url).href);
  await page.getByTestId("way-ntfy").waitFor();
  await using other = await openPage(new URL("#/publish", daemon.url).href);
  await other.page.getByTestId("way-rtsp").uncheck();
  await other.page.getByTestId("sign-ways").click();
  await other.page.getByText(/In force: version 4\./u).waitFor();
  await page.getByTestId("way-ntfy").check();
  await page.getByTestId("sign-ways").click();
  await page.getByText(/the line was changed meanwhile/u).waitFor();
  expect((await inForce())?.ways).toEqual({ audio: true, publish: {} });
});

test("the history says what was opened and closed, by whom", async () => {
  const { entries } = await get<{ entries: HistoryEntry[] }>("/api/history?limit=100");
  const details = entries.filter(({ what }) => what === "policy").map(({ detail }) => detail);
  expect(details).toContain(
    "property line number 2; allowed from now on: sound while talking, live picture by RTSP",
  );
  expect(details).toContain("property line number 4; not allowed any more: live picture by RTSP");
  expect(watched.problems).toEqual([]);
});

test("the sign for passers-by says that the door can be heard", async () => {
  const sign = await (await fetch(new URL("/notice?language=en", daemon.url))).text();
  expect(sign).toContain("Who answers hears it.");
});
