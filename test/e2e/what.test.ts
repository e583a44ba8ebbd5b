/**
 * What moved, through the whole house: the porch's visitor, the model that comes with Sill, and the page in real Chromium.
 *
 * Somebody walks up, the list and the timeline say so, one tap corrects it everywhere and another takes that back. A
 * parcel of yesterday, as the doorbell itself would have kept it, shows its place before and after.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import type { Event } from "../../daemon/wire/api.ts";
import type { Label } from "../../models/labels.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { writePast, type PastEvent } from "../../scripts/rigs/past.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { signs, signWords } from "../../web/events/signs.ts";
import { moveWords } from "../../web/events/what-of.ts";
import { words } from "../../web/words.ts";
import { auditOf } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 90_000, interval: 100 };
const limit = { timeout: 240_000 };
/** Stems are of the colour of what has no name. */
const named = signs.filter((sign) => sign !== "motion");
const { what: say, timeline: past } = words;

const pastEndMs = Date.now() - 3 * 3_600_000;

let data: string;
let daemon: Daemon;
let watched: Watched;
let before: readonly PastEvent[];
let visit = "";

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  data = await mkdtemp(join(tmpdir(), "sill-what-"));
  before = await writePast(data, {
    // more than the list loads by itself
    events: 300,
    clips: 6,
    days: 7.5,
    untilWallMs: pastEndMs,
    parcel: true,
    labels: true,
    ignored: 4,
  });
  daemon = await startDaemon({
    data,
    startMs: 90_000,
    policy: { retentionHours: 240 },
    flags: [
      "--camera.width=640",
      "--camera.height=360",
      "--camera.fps=10",
      "--sim.light=day",
      "--sim.rain=off",
      "--storage.minFreeMb=0",
      "--storage.retentionHours=240",
    ],
  });
  watched = await openPage(daemon.url);
}, 240_000);
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await rm(data, { recursive: true, force: true });
});

const row = (id: string) => watched.page.locator(`[data-event="${id}"]`);
const saysOf = (id: string) => row(id).locator(".row-kind").textContent(wait);
const sign = (id: string) => row(id).locator("button.row-what");
const choice = (name: string) => watched.page.getByRole("menuitemradio", { name, exact: true });
const menu = () => watched.page.getByTestId("player").getByTestId("what");

/** Whatever else comes by meanwhile. */
async function person(): Promise<Event | undefined> {
  const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?kind=motion&limit=20");
  return events.find(({ what, startWallMs }) => what.includes("person") && startWallMs > pastEndMs);
}
const event = (id = visit): Promise<Event> => getJson<Event>(daemon, `/api/events/${id}`);
const corrected = async (id = visit): Promise<Event["corrected"]> => (await event(id)).corrected;

/** The doorbell may still learn more of it: the row says what the doorbell says. */
async function asTheDoorbellSays(): Promise<void> {
  await expect.poll(async () => (await saysOf(visit)) === moveWords((await event()).what), wait).toBe(true);
  expect(await saysOf(visit)).toMatch(new RegExp(say.labels.person, "iu"));
}

async function correct(id: string, label: Label | null): Promise<void> {
  await daemon.fetch(`/api/events/${id}/what`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ label }),
  });
}

async function close(): Promise<void> {
  await watched.page.keyboard.press("Escape");
  await watched.page.getByTestId("player").waitFor({ state: "detached", ...wait });
}

test("who walks up the path becomes a person in the list", limit, async () => {
  await expect.poll(async () => (visit = (await person())?.id ?? ""), wait).not.toBe("");
  await asTheDoorbellSays();
});

test("one tap in the opened event corrects it, in every list; a filter finds it", limit, async () => {
  const { page } = watched;
  await row(visit).locator(".row-open").click();
  await menu().selectOption("animal");
  await page.getByTestId("player").getByText(say.corrected).waitFor(wait);
  await close();
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.animal);
  await expect.poll(() => corrected(), wait).toBe("animal");
  await page.goto(`${daemon.url}/#/timeline`);
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.animal);
  const filter = page.getByLabel(past.filter.what);
  await filter.selectOption("person");
  await row(visit).waitFor({ state: "detached", ...wait });
  await filter.selectOption("animal");
  await row(visit).waitFor(wait);
});

test(
  "an older event than the list reaches, opened by its address, shows its correction too",
  limit,
  async () => {
    const { page } = watched;
    const old = before[290]?.id ?? "";
    await page.goto(`${daemon.url}/#/event/${old}`);
    await menu().selectOption("animal");
    await page.getByTestId("player").getByText(say.corrected).waitFor(wait);
    expect(await menu().inputValue()).toBe("animal");
    expect(await row(old).count()).toBe(0);
    await expect.poll(() => corrected(old), wait).toBe("animal");
    // somebody else takes it back
    await correct(old, null);
    await page
      .getByTestId("player")
      .getByText(say.corrected)
      .waitFor({ state: "detached", ...wait });
    expect(await menu().inputValue()).toBe("");
    await close();
  },
);

test("two taps on a row correct a wrong word, one takes that back", limit, async () => {
  const { page } = watched;
  await page.goto(`${daemon.url}/#/`);
  await sign(visit).click();
  await page.getByTestId("what-choice").waitFor(wait);
  expect(await auditOf(page)).toEqual([]);
  await choice(say.labels.vehicle).click();
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.vehicle);
  await expect.poll(() => corrected(), wait).toBe("vehicle");
  await page.getByRole("button", { name: say.undo, exact: true }).click();
  await expect.poll(() => corrected(), wait).toBe("animal");
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.animal);
});

test(
  "one menu gives way to another row's, and to a second tap; Delete is for rows alone",
  limit,
  async () => {
    const { page } = watched;
    const [upper, lower] = [before[1]?.id ?? "", before[2]?.id ?? ""];
    const choices = page.getByTestId("what-choice");
    const inMenu = () => page.evaluate(() => document.activeElement?.closest("[role=menu]") !== null);
    const isFocused = (id: string) => sign(id).evaluate((each) => each === document.activeElement);
    await row(visit).locator(".row-open").focus();
    await sign(lower).evaluate((each) => each.scrollIntoView({ block: "center" }));
    await sign(lower).click();
    await choices.waitFor(wait);
    await sign(upper).click();
    await expect.poll(inMenu, wait).toBe(true);
    await page.keyboard.press("Delete");
    await page.keyboard.press("End");
    await page.keyboard.press("Escape");
    await choices.waitFor({ state: "detached", ...wait });
    await expect.poll(() => isFocused(upper), wait).toBe(true);
    await sign(upper).click();
    await choices.waitFor(wait);
    await sign(upper).click();
    await choices.waitFor({ state: "detached", ...wait });
    await sign(lower).press("Delete");
    await row(lower).waitFor({ state: "detached", ...wait });
    expect(await row(visit).count()).toBe(1);
    await page.getByRole("button", { name: words.events.undo, exact: true }).click();
    await row(lower).waitFor(wait);
  },
);

test("the same by keys, on the timeline; Escape changes nothing", limit, async () => {
  const { page } = watched;
  await page.goto(`${daemon.url}/#/timeline`);
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.animal);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await sign(visit).press("Enter");
  await expect.poll(focused, wait).toBe(say.labels.animal);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.getByTestId("what-choice").waitFor({ state: "detached", ...wait });
  // where it came from
  await expect.poll(() => sign(visit).evaluate((each) => each === document.activeElement), wait).toBe(true);
  expect(await corrected()).toBe("animal");
  await page.keyboard.press("Enter");
  await expect.poll(focused, wait).toBe(say.labels.animal);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect.poll(() => saysOf(visit), wait).toBe(say.labels.other);
  await expect.poll(() => corrected(), wait).toBe("other");
});

test("the timeline hears that the correction is taken back, and so does the list", limit, async () => {
  const { page } = watched;
  await correct(visit, null);
  await asTheDoorbellSays();
  await page.goto(`${daemon.url}/#/`);
  await row(visit).locator(".row-open").click();
  await menu().selectOption("vehicle");
  await expect.poll(() => corrected(), wait).toBe("vehicle");
  await menu().selectOption("");
  await expect.poll(() => corrected(), wait).toBeNull();
  await close();
  await asTheDoorbellSays();
});

/** Which signs' colours are somewhere on the band. */
function painted(): Promise<string[]> {
  return watched.page.evaluate((all) => {
    const source = document.querySelector<HTMLCanvasElement>("[data-testid=band] canvas");
    const copy = new OffscreenCanvas(source?.width ?? 1, source?.height ?? 1);
    const context = copy.getContext("2d", { willReadFrequently: true });
    if (source === null || context === null) return [];
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4)
      seen.add(`rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`);
    return all.filter((sign) => {
      const shape = document.querySelector(`[data-testid=legend] [data-sign=${sign}] svg`);
      return shape !== null && seen.has(getComputedStyle(shape).color);
    });
  }, named);
}

test("the band tells by shapes and colours what moved, its legend what they mean", limit, async () => {
  const { page } = watched;
  const at = new Date(before[1]?.startWallMs ?? 0).toISOString();
  await page.goto(`${daemon.url}/#/timeline?span=150&at=${at}`);
  await page.reload();
  // a ring, what left a parcel, an animal, a person with a vehicle
  await expect.poll(painted, wait).toEqual(["ring", "parcel", "person", "animal"]);
  const legend = page.getByTestId("legend").locator("[data-sign]");
  expect(await legend.allTextContents()).toEqual([...named.map(signWords), past.legend.motion]);
  expect(await page.locator(`[data-event="${before[3]?.id}"] .sign-person`).count()).toBe(1);
  await page.getByLabel(past.filter.what).selectOption("animal");
  await expect.poll(painted, wait).toEqual(["animal"]);
  await page.getByRole("button", { name: past.filter.clear }).click();
  await page.goto(`${daemon.url}/#/`);
});

test("a parcel that was left is news on the live page until somebody looks at it", limit, async () => {
  const { page } = watched;
  const line = page.getByTestId("door-line");
  await line.getByText(words.door.parcel("")).waitFor(wait);
  expect(await auditOf(page)).toEqual([]);
  await line.getByRole("link", { name: words.door.see }).click();
  await page.getByTestId("player").getByText(say.happenings["parcel-left"]).waitFor(wait);
  await close();
  await line.locator('[data-kind="parcel"]').waitFor({ state: "detached", ...wait });
  await page.reload();
  await row(before[1]?.id ?? "").waitFor(wait);
  expect(await line.locator('[data-kind="parcel"]').count()).toBe(0);
});

test(
  "an ignored event is hidden with a line that says so, shown on request, and kept by a tap",
  limit,
  async () => {
    const { page } = watched;
    const { ignored } = words;
    const cat = before[4]?.id ?? "";
    const line = page.getByTestId("ignored-line");
    await page.goto(`${daemon.url}/#/`);
    await page.reload();
    await line.getByText(ignored.hidden("1")).waitFor(wait);
    expect(await row(cat).count()).toBe(0);
    await line.getByRole("button", { name: ignored.show }).click();
    await row(cat).getByText(ignored.remark).waitFor(wait);
    expect(await auditOf(page)).toEqual([]);
    await line.getByRole("button", { name: ignored.hide }).click();
    await row(cat).waitFor({ state: "detached", ...wait });
    const at = new Date(before[4]?.startWallMs ?? 0).toISOString();
    await page.goto(`${daemon.url}/#/timeline?span=360&at=${at}`);
    await line.getByText(ignored.hidden("1")).waitFor(wait);
    expect(await row(cat).count()).toBe(0);
    await page.getByLabel(ignored.filter).selectOption("only");
    await row(cat).getByRole("checkbox").check();
    await page
      .getByTestId("bulk")
      .getByRole("button", { name: ignored.keepChosen("1") })
      .click();
    await row(cat).waitFor({ state: "detached", ...wait });
    await page.getByRole("button", { name: past.filter.clear }).click();
    await row(cat).waitFor(wait);
    await page.goto(`${daemon.url}/#/`);
    await row(cat).locator(".row-open").click();
    const note = page.getByTestId("ignored-note");
    // no rule of this house ignores it: there is nothing to leave it to
    await note.getByText(ignored.byHand).waitFor(wait);
    expect(await note.getByRole("button").count()).toBe(0);
    expect(await getJson<Event>(daemon, `/api/events/${cat}`)).toMatchObject({
      spared: "person",
      ignored: false,
    });
    await close();
  },
);

test(
  "a parcel's place is shown before and after, opened in the browser; nothing went wrong",
  limit,
  async () => {
    const { page } = watched;
    await row(before[1]?.id ?? "")
      .locator(".row-open")
      .click();
    for (const name of [say.before, say.after]) {
      const picture = page.getByRole("img", { name: `${name}: ${say.pictureOf["parcel-left"]}` });
      await picture.waitFor(wait);
      await expect
        .poll(() => picture.evaluate((each: HTMLImageElement) => each.naturalWidth), wait)
        .toBeGreaterThan(0);
    }
    await close();
    // whose recording has none is asked, and answers without an error in the browser's console
    const asked = page.waitForResponse(
      (answer) => answer.url().endsWith("/pictures/parcel-taken-after"),
      wait,
    );
    await page.goto(`${daemon.url}/#/event/${before[5]?.id}`);
    expect((await asked).status()).toBe(204);
    await page.getByTestId("player").getByText(say.happenings["parcel-taken"]).waitFor(wait);
    expect(await page.getByTestId("parcel-taken").count()).toBe(0);
    expect(watched.problems).toEqual([]);
    expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
  },
);
