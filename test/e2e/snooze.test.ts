/** Alerts in real Chromium: a house that is snoozed tells its phone nothing but what was chosen, and all of it afterwards. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { countsText, noCounts } from "../../daemon/alerts/counts.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { AlertsView } from "../../daemon/wire/api-alerts.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson, putJson } from "../../scripts/rigs/person.ts";
import { words } from "../../web/words.ts";
import { serve, type TestServer } from "../daemon/courier/http/servers.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const wait = { timeout: 60_000, interval: 100 };
const { alerts: say } = words;
let phone: TestServer;
let daemon: Daemon;
let watched: Watched;
const notifications: string[] = [];

beforeAll(async () => {
  phone = await serve((request, response) => {
    request.on("data", (chunk: Buffer) => notifications.push(chunk.toString("utf8")));
    request.on("end", () => response.end("{}"));
  });
  const small = ["--camera.width=320", "--camera.height=180", "--camera.fps=10", "--sim.visitorsPerHour=0"];
  // movements without a word: what a model makes of an empty porch is no matter here
  const moves = [
    "--sim.light=day",
    "--sim.rain=off",
    "--motion.fuse=either",
    "--pir.warmUpMs=0",
    "--what.model=off",
  ];
  const told = [`--alerts.ntfyUrl=${phone.url}/door`, '--alerts.kinds=["ring","motion"]'];
  daemon = await startDaemon({ flags: [...small, ...moves, ...told, "--button.cooldownMs=0"] });
  watched = await openPage(daemon.url);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await phone?.[Symbol.asyncDispose]();
});

const alerts = (): Promise<AlertsView> => getJson<AlertsView>(daemon, "/api/alerts");
const goTo = (route: string) => watched.page.goto(`${daemon.url}#/${route}`);

/** A movement of its own, not the end of the one before. */
async function move(): Promise<void> {
  await vi.waitFor(async () => {
    const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?kind=motion&limit=5");
    expect(events.filter(({ state }) => state === "open")).toEqual([]);
  }, wait);
  const before = (await alerts()).recent.length;
  await putJson(daemon.owner, "/api/sim/pir", { active: true }, "POST");
  await vi.waitFor(async () => expect((await alerts()).recent.length).toBeGreaterThan(before), wait);
  await putJson(daemon.owner, "/api/sim/pir", { active: false }, "POST");
}

test("snoozed with rings, the phone hears the ring alone; the page says why; afterwards comes one digest", async () => {
  const { page } = watched;
  await goTo("alerts");
  const snooze = page.getByTestId("snooze-house");
  await snooze.getByLabel(say.snooze.ring).check();
  await snooze.getByRole("button", { name: say.snooze.lengths["1h"] }).click();
  await snooze.getByRole("button", { name: say.snooze.end }).waitFor();
  await move();
  await page.getByText(`${say.told.house}: ${say.told.later.snooze}`).first().waitFor();
  await daemon.fetch("/api/sim/press", { method: "POST" });
  await vi.waitFor(() => expect(notifications).toEqual(["Somebody rang."]), wait);
  await snooze.getByRole("button", { name: say.snooze.end }).click();
  await vi.waitFor(() => expect(notifications.length).toBe(2), wait);
  expect(notifications[1]).toMatch(/^\d+ movements?.* while alerts were snoozed, the last/u);
  const [{ sum } = { sum: null }] = (await alerts()).recent;
  await page.getByText(say.told.digest(countsText(sum ?? noCounts))).waitFor();
});

test("one tap on the door snoozes, another browser sees it at once, and its end everywhere", async () => {
  const { page } = watched;
  await goTo("");
  await using other = await openPage(daemon.url);
  const [here, there] = [page, other.page].map((each) => each.getByTestId("snooze-line"));
  if (here === undefined || there === undefined) throw new Error("no page");
  await there.getByText(say.line.on).waitFor();
  await here.getByRole("button", { name: say.line.snooze }).click();
  await here.getByRole("button", { name: say.line.end }).waitFor();
  await there.getByRole("button", { name: say.line.end }).click();
  await here.getByText(say.line.on).waitFor();
  const { own, house } = await alerts();
  expect([own.snooze, house.snooze]).toEqual([null, null]);
});

test("quiet hours are chosen on the page, and hold", async () => {
  const { page } = watched;
  await goTo("alerts");
  const rules = page.getByTestId("rules-house");
  await rules.getByRole("button", { name: say.rules.add }).click();
  const window = rules.getByRole("group", { name: say.rules.window(1) });
  await window.getByLabel(say.rules.from).fill("00:00");
  await window.getByLabel(say.rules.to, { exact: true }).fill("00:00"); // whatever the hour of this test
  await rules.getByLabel(say.rules.digest).uncheck();
  await rules.getByRole("button", { name: say.rules.save }).click();
  await rules.getByText(say.rules.saved).waitFor();
  const told = notifications.length;
  await move();
  const [{ house } = { house: null }] = (await alerts()).recent;
  expect(house).toEqual({ told: "never", why: "quiet" });
  await daemon.fetch("/api/sim/press", { method: "POST" });
  await vi.waitFor(() => expect(notifications.slice(told)).toEqual(["Somebody rang."]), wait);
});

test("door and page are usable by everybody, on a phone and a desk, and break nothing", async () => {
  await goTo("alerts");
  await watched.page.getByTestId("told").waitFor();
  expect(await auditEverywhere(watched.page)).toEqual([]);
  await goTo("");
  await watched.page.getByTestId("snooze-line").waitFor();
  expect(await auditEverywhere(watched.page)).toEqual([]);
  expect(watched.problems).toEqual([]);
});
