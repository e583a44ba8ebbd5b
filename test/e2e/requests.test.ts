/**
 * The pages of requests in real Chromium: real daemon, real courier, and a public log over HTTP in which agencies
 * ask about what the simulated porch has just recorded.
 *
 * One doorbell, one owner, one member, in order. A round of the feed is brought about by ending the
 * courier's process: the one that takes its place fetches within seconds.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { CourtOrderCard, RequestCard, Requests } from "../../daemon/wire/api-consent.ts";
import type { Place } from "../../daemon/consent/common.ts";
import {
  hashOf,
  moderationEnvelope,
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
  withdrawalEnvelope,
  type TestAgency,
} from "../../scripts/rigs/agency.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { testKeys, testSeed } from "../../scripts/rigs/paired.ts";
import { enrol, getJson, human } from "../../scripts/rigs/person.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";
import { serveLog, type ServedLog } from "../../scripts/rigs/served-log.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { requests: say, place: sayPlace, courtOrder: sayOrder } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const minuteMs = 60_000;

const police = testAgency(81);
const brigade = testAgency(82, {
  id: "fire-brigade",
  name: "Fire Brigade",
  kind: "fire",
  contact: "+49 431 555 0112",
  keys: [{ signKey: testKeys(83).signKey, from: 0, revokedAt: null }],
});
/** It has a second key since the day before yesterday, and signs with it. */
const newBrigade = {
  ...brigade.profile,
  version: 2,
  keys: [
    ...brigade.profile.keys,
    { signKey: brigade.keys.signKey, from: Date.now() - 2 * 86_400_000, revokedAt: null },
  ],
};
const log = new TestLog();
let portal: ServedLog;
let daemon: Daemon;
let watched: Watched;
/** When the porch had been recorded. */
let recordedMs = 0;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  log.append(profileEnvelope(police));
  log.append(profileEnvelope(brigade));
  log.append(profileEnvelope({ profile: newBrigade }));
  portal = await serveLog(log);
  daemon = await startDaemon({
    flags: [
      "--camera.width=640",
      "--camera.height=360",
      "--sim.light=day",
      "--sim.visitorsPerHour=0",
      "--motion.sensitivity=0",
      "--recording.postRollMs=2000",
      "--portal.pollMinutes=1",
      `--portal.url=${portal.url}`,
      `--portal.logKey=${log.logKey}`,
      `--portal.registrarKey=${registrarKeys.signKey}`,
    ],
  });
  await vi.waitFor(async () => expect((await status()).camera.state).toBe("running"), wait);
  await daemon.fetch("/api/sim/press", { method: "POST" });
  await vi.waitFor(async () => {
    const { events } = await get<{ events: Event[] }>("/api/events?limit=5");
    expect(events[0]).toMatchObject({ kind: "ring", state: "closed", thumbnail: true });
  }, wait);
  recordedMs = Date.now();
  await fetchNow(async () => expect((await asked()).feed.size).toBe(log.size));
  watched = await openPage(daemon.url, testSeed(1));
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await portal?.[Symbol.asyncDispose]();
});

const get = <T>(path: string): Promise<T> => getJson<T>(daemon.owner, path);
const status = (): Promise<Status> => get<Status>("/api/status");
const asked = (): Promise<Requests> => get<Requests>("/api/requests");
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
const hasKeyboard = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => element === document.activeElement);
const cardOf = (page: Page, hash: string): Locator => page.locator(`[data-request="${hash}"]`);

async function go(page: Page, route: string): Promise<void> {
  await page.goto(new URL(`#/${route}`, daemon.url).href);
  await page.locator(`[data-page="${route}"] :is(.block, .nothing, .card, .problem)`).first().waitFor();
}

/** Appends, and waits until the doorbell has learned it. */
async function publish(...entries: unknown[]): Promise<void> {
  for (const entry of entries) log.append(entry);
  await fetchNow(async () => expect((await asked()).feed.size).toBe(log.size));
}

/** Again when it took too long: a courier that begins before it has heard of the keeper lets a round pass. */
async function fetchNow(until: () => Promise<void>, tries = 4): Promise<void> {
  process.kill(await daemon.pid("courier"));
  try {
    await vi.waitFor(until, { timeout: 30_000, interval: 100 });
  } catch (error) {
    if (tries === 1) throw error;
    await fetchNow(until, tries - 1);
  }
}

/** The half hour in which the porch was recorded. */
function request(agency: TestAgency, number: number, changes: Partial<RequestCard["request"]> = {}) {
  return requestEnvelope(
    agency,
    testRequest(agency, {
      nowMs: recordedMs,
      number,
      window: { from: recordedMs - 30 * minuteMs, to: recordedMs },
      issuedAt: recordedMs,
      ...changes,
    }),
  );
}

async function expectSound(page: Page): Promise<void> {
  expect(await auditEverywhere(page)).toEqual([]);
}

test("without a place nothing can match, and the page leads to where it is said", async () => {
  const { page } = watched;
  await go(page, "requests");
  await page.getByTestId("unplaced").waitFor();
  await expectSound(page);
  await page.getByRole("link", { name: say.unplaced.go }).click();
  await page.getByTestId("place-known").getByText(sayPlace.notSaid).waitFor();
});

test("a place is typed as a map app shows it, read back, saved, and stays here", async () => {
  const { page } = watched;
  const field = page.getByLabel(sayPlace.field);
  await field.fill("151.2093, -33.8688");
  await page.getByText(sayPlace.flaws.swapped).waitFor();
  expect(await button(page, sayPlace.save).isDisabled()).toBe(true);
  await field.fill(`geo:${testPlace.lat},${testPlace.lon}?z=17`);
  await page.getByText("54.32330° north, 10.13940° east (54°19′23.9″ N, 10°08′21.8″ E).").waitFor();
  await page.getByText(sayPlace.half(sayPlace.north, sayPlace.east)).waitFor();
  await expectSound(page);
  await button(page, sayPlace.save).click();
  await page.getByText(sayPlace.saved).waitFor();
  expect(await get<{ place: Place }>("/api/place")).toEqual({ place: testPlace });
});

let about = "";
let other = "";
let withdrawn = "";

test("what is published about this house is told at the door, in one quiet line", async () => {
  const { page } = watched;
  await page.goto(new URL("#/", daemon.url).href);
  const area = { lat: testPlace.lat + 0.0008, lon: testPlace.lon + 0.0014, radiusM: 300 };
  const [first, second, third] = [request(police, 1, { area }), request(brigade, 2), request(police, 3)];
  [about, other, withdrawn] = [hashOf(first), hashOf(second), hashOf(third)];
  const note = { about, kind: "note", text: "It was in the papers.", issuedAt: recordedMs } as const;
  const far = request(police, 6, { area: { lat: testPlace.lat + 0.1, lon: testPlace.lon, radiusM: 300 } });
  await publish(first, second, third, request(police, 4), request(police, 5), far, moderationEnvelope(note));
  await vi.waitFor(async () => expect((await asked()).requests).toHaveLength(3), wait);
  // who stands at the door comes first; the ring of before may be two minutes old by now
  await daemon.fetch("/api/sim/press", { method: "POST" });
  await button(page, words.ring.dismiss).click();
  await page.getByText(say.home.waiting(3)).waitFor(wait);
  await page.getByRole("link", { name: say.home.see }).click();
  await cardOf(page, about).waitFor();
});

test("a request says who asks whom for what, where, and what nobody has checked", async () => {
  const { page } = watched;
  const card = cardOf(page, about);
  await card
    .getByRole("heading", {
      name: /^Harbour Police asks everyone within 300 m of a point 130 m north-east of your house for recordings of /u,
    })
    .waitFor();
  await card.getByText(say.incidents.burglary, { exact: false }).waitFor();
  for (const text of [
    police.profile.verifiedBy,
    "It was in the papers.",
    ...say.unchecked.items,
    say.promise.keep(30),
    say.promise.onward("the public prosecutor"),
  ])
    await card.getByText(text).waitFor();
  await cardOf(page, other)
    .getByText(/key is new/u)
    .waitFor();
});

test("the plan is drawn here: the circle, and the house where it lies in it", async () => {
  const card = cardOf(watched.page, about);
  await card.getByRole("img", { name: /your house is 130 m south-west of its middle/u }).waitFor();
  const [radius, x, y] = await card.locator(".plan").evaluate((plan) => {
    const number = (selector: string, name: string): number =>
      Number(plan.querySelector(selector)?.getAttribute(name));
    return [number(".plan-area", "r"), number(".house-dot", "cx"), number(".house-dot", "cy")];
  });
  const perM = (radius ?? 0) / 300;
  expect(x).toBeCloseTo(-0.0014 * 111_195 * Math.cos((54.3241 * Math.PI) / 180) * perM, 0);
  expect(y).toBeCloseTo(0.0008 * 111_195 * perM, 0);
});

test("the recording that matches is shown, opened with the owner's key", async () => {
  const card = cardOf(watched.page, about);
  const picture = card.locator(".clip-cell img");
  await picture.waitFor();
  expect(
    await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBeGreaterThan(0);
  expect(await card.locator(".clip-inside").textContent()).toMatch(/\d s/u);
});

test("No and Choose what to share have one size, one colour and one weight", async () => {
  const { page } = watched;
  // both at one moment: between two questions the page may still be making room for its pictures
  const stylesOf = (card: Locator) =>
    card.locator("[data-testid=no], [data-testid=choose]").evaluateAll((answers) =>
      answers.map((element) => {
        const { y, width, height } = element.getBoundingClientRect();
        const { color, backgroundColor, borderTopColor, borderTopWidth, fontSize, fontWeight, opacity } =
          getComputedStyle(element);
        const place = [y, width, height].map((px) => px.toFixed(1));
        return {
          place,
          color,
          backgroundColor,
          borderTopColor,
          borderTopWidth,
          fontSize,
          fontWeight,
          opacity,
        };
      }),
    );
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const [first, second, ...more] = await stylesOf(cardOf(page, about));
      expect(first).toBeDefined();
      expect(first).toEqual(second);
      expect(more).toEqual([]);
    }
  }
  expect(await cardOf(page, about).getByTestId("choose").getAttribute("href")).toBe(
    `#/share/request/${about}`,
  );
});

test("the page can be read, reached and understood by everybody", async () => {
  const { page } = watched;
  await page
    .locator("details")
    .evaluateAll((folds) => folds.forEach((fold) => fold.setAttribute("open", "")));
  await expectSound(page);
});

test("more of them in a day are a number", async () => {
  await watched.page.getByTestId("digest").getByText(say.digest.title("2")).waitFor();
});

test("No is one key press, is not asked about again, and says that nobody is told", async () => {
  const { page } = watched;
  const sent: string[] = [];
  page.on(
    "request",
    (request) => request.method() !== "GET" && sent.push(`${request.method()} ${request.url()}`),
  );
  await cardOf(page, about).getByTestId("no").press("Enter");
  const line = cardOf(page, about);
  await line.getByText(say.decide.refusedNote).waitFor();
  expect(await hasKeyboard(line)).toBe(true);
  expect(await line.getByRole("button").count()).toBe(0);
  expect(sent).toEqual([`POST ${daemon.url}/api/requests/${about}/refuse`]);
  expect((await asked()).requests.find(({ hash }) => hash === about)?.state).toBe("refused");
});

test("one tap mutes an agency, another brings it back", async () => {
  const { page } = watched;
  await button(page, say.mute.agency("Fire Brigade")).click();
  await cardOf(page, other).waitFor({ state: "detached" });
  expect((await asked()).muted).toEqual([{ agency: "fire-brigade", name: "Fire Brigade" }]);
  const back = button(page, say.mute.unmuteLabel("Fire Brigade"));
  await vi.waitFor(async () => expect(await hasKeyboard(back)).toBe(true), wait);
  await back.press("Enter");
  await cardOf(page, other).waitFor();
});

test("one tap mutes all of them, and the page says so instead of nothing", async () => {
  const { page } = watched;
  await button(page, say.mute.all).click();
  await page.getByText(say.none.mutedTitle).waitFor();
  await expectSound(page);
  await button(page, say.mute.unmute).click();
  await cardOf(page, other).waitFor();
});

test("what is taken back goes to those that are over, with what was refused", async () => {
  const { page } = watched;
  await publish(withdrawalEnvelope(police, withdrawn, recordedMs));
  const states = async () => (await asked()).requests.map(({ state }) => state);
  await vi.waitFor(async () => expect(await states()).toContain("withdrawn"), wait);
  await page.reload();
  await page.getByText(say.past.title("2")).click();
  await page.locator('[data-past="withdrawn"]').getByText(say.past.states.withdrawn).waitFor();
  await page.locator('[data-past="refused"]').getByText(say.past.states.refused).waitFor();
});

test("Choose what to share leads to the picker for this request, and back", async () => {
  const { page } = watched;
  await cardOf(page, other).getByTestId("choose").click();
  await page.locator('[data-page="share/request"]').getByText("Fire Brigade").first().waitFor();
  expect(new URL(page.url()).hash).toBe(`#/share/request/${other}`);
  await page.getByRole("link", { name: words.page.backTo(words.pages.requests.title) }).click();
  await cardOf(page, other).waitFor();
});

test("a member reads all of it, without the place, and answers nothing", async () => {
  await enrol(daemon.owner, human(2, "member", "Bert"));
  await using theirs = await openPage(daemon.url, testSeed(2));
  const { page } = theirs;
  await go(page, "requests");
  const card = cardOf(page, other);
  await card.getByText(say.ownerDecides).waitFor();
  await card.getByText(say.plan.ring).waitFor();
  expect(await page.getByTestId("no").count()).toBe(0);
  expect(await page.locator(".house-dot").count()).toBe(0);
  expect(await page.getByRole("button", { name: /Mute/u }).count()).toBe(0);
  await expectSound(page);
  await page.goto(new URL("#/place", daemon.url).href);
  await page.getByText(words.page.missing.title).waitFor();
  expect(theirs.problems).toEqual([]);
});

test("a court order is recorded with the fingerprint of its paper, and gives out nothing", async () => {
  const { page } = watched;
  await go(page, "requests/court-order");
  await button(page, sayOrder.sign).click();
  await page.getByText(sayOrder.flaws.court).waitFor();
  await expectSound(page);
  await page.getByLabel(sayOrder.court).fill("District Court of Kiel");
  await page.getByLabel(sayOrder.fileNumber).fill("3 Gs 41/26");
  await page.getByLabel(sayOrder.recipient).fill("Harbour Police");
  await page.getByLabel(sayOrder.from, { exact: true }).fill("2026-11-24T14:00");
  await page.getByLabel(sayOrder.to, { exact: true }).fill("2026-11-24T16:30");
  const paper = Buffer.from("the paper itself, which stays with its owner");
  const sha256 = createHash("sha256").update(paper).digest("hex");
  await page
    .locator("#paper")
    .setInputFiles({ name: "order.pdf", mimeType: "application/pdf", buffer: paper });
  await page.getByText(sayOrder.paperHash("order.pdf", sha256)).waitFor();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await button(page, sayOrder.sign).click();
  await page.getByText(sayOrder.recorded).waitFor();
  const { orders } = await get<{ orders: CourtOrderCard[] }>("/api/court-orders");
  expect(orders).toMatchObject([
    {
      court: "District Court of Kiel",
      fileNumber: "3 Gs 41/26",
      recipient: "Harbour Police",
      by: "Ada",
      window: { from: new Date("2026-11-24T14:00").getTime(), to: new Date("2026-11-24T16:30").getTime() },
    },
  ]);
  const link = page
    .locator(`[data-order="${orders[0]?.hash}"]`)
    .getByRole("link", { name: sayOrder.card.choose });
  expect(await link.getAttribute("href")).toBe(`#/share/court-order/${orders[0]?.hash}`);
  const payloads = sent.map((body) => payloadOf(body)).filter((text) => text !== "");
  expect(payloads).toHaveLength(1);
  expect(JSON.parse(payloads[0] ?? "")).toMatchObject({
    paperSha256: sha256,
    ownerKey: daemon.owner.person.signKey,
  });
  expect(sent.join("")).not.toContain(paper.toString("base64").slice(0, 16));
});

function payloadOf(body: string): string {
  if (body === "") return "";
  const { envelope } = JSON.parse(body) as { envelope?: { payload: string } };
  return envelope === undefined ? "" : Buffer.from(envelope.payload, "base64url").toString();
}

test("a portal that does not answer is said quietly, and what is open stays", async () => {
  const { page } = watched;
  portal.serve(null);
  await fetchNow(async () => expect((await asked()).feed.state).toBe("failing"));
  await go(page, "requests");
  await page.locator('[data-feed="failing"]').getByText(say.feed.failing).waitFor();
  await cardOf(page, other).waitFor();
  await expectSound(page);
});

test("a portal that changes what it said is called untrustworthy, loudly", async () => {
  const { page } = watched;
  const liar = log.fork(log.size - 1);
  liar.append("something else");
  portal.serve(liar);
  await fetchNow(async () => expect((await asked()).feed.state).toBe("alarm"));
  await go(page, "requests");
  const alarm = page.getByRole("alert").filter({ hasText: say.feed.alarm });
  await alarm
    .getByText("The public log does not say any more what it said before.", { exact: false })
    .waitFor();
  await expectSound(page);
  await cardOf(page, other).waitFor();
  await page.goto(new URL("#/", daemon.url).href);
  await page.locator(".problem").getByText(say.feed.alarm).waitFor();
});

test("a place is forgotten in one tap", async () => {
  const { page } = watched;
  await go(page, "place");
  await button(page, sayPlace.clear).click();
  await page.getByText(sayPlace.cleared).waitFor();
  expect(await get<{ place: Place | null }>("/api/place")).toEqual({ place: null });
  expect((await asked()).placed).toBe(false);
});

test("all this told the portal nothing: it was asked for its log, and for nothing else", () => {
  const lines = new Set(
    portal.asked.map((line) => line.replace(/^GET \/log\/(?:checkpoint|tile\/entries\/\S+) /u, "")),
  );
  expect([...lines]).toHaveLength(1);
  expect([...lines][0]).toMatch(/^\{/u);
});

test("and asked no other host, and left nothing in the console", () => {
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
  expect(watched.problems).toEqual([]);
});
