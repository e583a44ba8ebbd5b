/**
 * Sharing in real Chromium against the real daemon: choose seconds, see them, sign; cancel, stop, arrive.
 *
 * One doorbell, one recording, one agency that asks for a part of it in a public log. The archive is a folder of
 * this test; at the agency's dock nobody answers, so that what goes there stays under way.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import { grantSchema, manifestText, type Grant } from "../../daemon/consent/grant.ts";
import { postSchema } from "../../daemon/consent/post.ts";
import { letterSchema } from "../../daemon/consent/letter.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { boardKeyOf } from "../../daemon/identity/keys.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import { identityFromSecret } from "../../daemon/seal/age/keys.ts";
import { open } from "../../daemon/seal/age/seal.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import type { GrantCard, GrantOrder, Requests } from "../../daemon/wire/api-consent.ts";
import {
  hashOf,
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
} from "../../scripts/rigs/agency.ts";
import { courtOrderOf } from "../../scripts/rigs/grant.ts";
import { freePort, startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { testKeys, testSeed } from "../../scripts/rigs/paired.ts";
import { expectOk, getJson, putJson } from "../../scripts/rigs/person.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";
import { serveLog, type ServedLog } from "../../scripts/rigs/served-log.ts";
import { clipPaths } from "../../web/state/api.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { share: say, shared: sayShared } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const coolingOffS = 20;
const minuteMs = 60_000;
const owner = testKeys(1);
const me = identityFromSecret(owner.sealSecret);

const log = new TestLog();
let portal: ServedLog;
let archive = "";
/** Of the request; its window ends six seconds into the recording. */
let asked = "";
let daemon: Daemon;
let watched: Watched;
let clip: Clip;
/** What the page has handed in, newest last. */
const orders: GrantOrder[] = [];

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  archive = await mkdtemp(join(tmpdir(), "sill-archive-"));
  portal = await serveLog(log);
  const dock = `127.0.0.1:${await freePort()}`;
  daemon = await startDaemon({
    flags: [
      "--camera.width=640",
      "--camera.height=360",
      "--sim.light=day",
      "--sim.rain=off",
      "--sim.visitorsPerHour=0",
      "--motion.sensitivity=0",
      "--recording.postRollMs=9000",
      `--archive.to=${pathToFileURL(archive).href}`,
      `--portal.url=${portal.url}`,
      `--portal.logKey=${log.logKey}`,
      "--portal.pollMinutes=1",
      `--portal.registrarKey=${registrarKeys.signKey}`,
      `--portal.docks=["${dock}"]`,
      `--consent.coolingOffS=${coolingOffS}`,
    ],
  });
  await putJson(daemon.owner, "/api/place", { place: testPlace });
  clip = await aRecording();
  asked = await publishRequest(`https://${dock}/dock/agencies/harbour-police`);
  watched = await openPage(daemon.url);
  watched.page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === "/api/grants")
      orders.push(request.postDataJSON() as GrantOrder);
  });
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await portal?.[Symbol.asyncDispose]();
  await rm(archive, { recursive: true, force: true });
});

const get = <T>(path: string): Promise<T> => getJson<T>(daemon, path);

/** One ring with some ten seconds of recording, ended. */
async function aRecording(): Promise<Clip> {
  await vi.waitFor(async () => expect((await get<Status>("/api/status")).camera.state).toBe("running"), wait);
  await vi.waitFor(
    async () => expect((await daemon.fetch("/api/sim/press", { method: "POST" })).status).toBe(202),
    wait,
  );
  return vi.waitFor(async () => {
    const [event] = (await get<{ events: Event[] }>("/api/events?limit=1")).events;
    const found = await get<Clip>(`/api/clips/${event?.clip}`);
    expect(found.state).toBe("complete");
    return found;
  }, wait);
}

/** The hash of a request that the doorbell has fetched and shows. */
async function publishRequest(dock: string): Promise<string> {
  const agency = testAgency(81, { docks: [dock] });
  const endMs = clip.startWallMs + 6_000;
  const nowMs = Date.now();
  const window = { from: endMs - 30 * minuteMs, to: endMs };
  const envelope = requestEnvelope(agency, testRequest(agency, { nowMs, window, issuedAt: nowMs }));
  log.append(profileEnvelope(agency));
  log.append(envelope);
  await fetchNow(async () => {
    const { requests, feed } = await get<Requests>("/api/requests");
    expect([feed.counts, requests.map(({ hash }) => hash)]).toEqual([{}, [hashOf(envelope)]]);
  });
  return hashOf(envelope);
}

/** A courier that takes another's place fetches within seconds, or, when it begins too early, not at all. */
async function fetchNow(until: () => Promise<void>, tries = 5): Promise<void> {
  process.kill(await daemon.pid("courier"));
  try {
    await vi.waitFor(until, { timeout: 30_000, interval: 100 });
  } catch (error) {
    if (tries === 1) throw error;
    await fetchNow(until, tries - 1);
  }
}

const button = (name: string | RegExp): Locator =>
  watched.page.getByRole("button", { name, exact: typeof name === "string" });
const next = (): Locator => watched.page.getByTestId("next");
const state = (): Locator => watched.page.getByTestId("grant-state");

/** Anew: what was chosen before is gone with the page. */
async function openPicker(route = `share/clip/${clip.id}`): Promise<void> {
  await watched.page.goto(new URL("#/shared", daemon.url).href);
  await watched.page.goto(new URL(`#/${route}`, daemon.url).href);
  await button(/^Choose seconds of/u)
    .or(watched.page.getByTestId("trim"))
    .first()
    .waitFor();
  await watched.page.getByTestId("trim").waitFor();
  await vi.waitFor(async () => expect(await button(words.player.play).isEnabled()).toBe(true), wait);
}

/** By keyboard: from the third second on, for three seconds. */
async function chooseThreeSeconds(): Promise<void> {
  const { page } = watched;
  await button(say.startHere).click();
  await page.locator('[data-edge="to"]').press("Home");
  for (let i = 0; i < 5; i += 1) await page.locator('[data-edge="to"]').press("ArrowRight");
  for (let i = 0; i < 3; i += 1) await page.locator('[data-edge="from"]').press("ArrowRight");
}

async function signLinkFor(name: string): Promise<string> {
  const { page } = watched;
  await openPicker();
  await chooseThreeSeconds();
  await next().click();
  await page.getByText(say.kinds.link.name, { exact: true }).click();
  await page.getByLabel(say.linkFor).fill(name);
  await next().click();
  await vi.waitFor(async () => expect(await next().isEnabled()).toBe(true), wait);
  await next().click();
  await page.getByTestId("sign").click();
  await state().waitFor();
  return page.url().split("/").at(-1) ?? "";
}

function grantOf(order: GrantOrder | undefined): Grant {
  return verifyEnvelope(order?.envelope, {
    type: payloadTypes.grant,
    schema: grantSchema,
    trusts: (key) => key === owner.signKey,
    what: "grant",
  }).value;
}

const expectSound = async (): Promise<void> => expect(await auditEverywhere(watched.page)).toEqual([]);

const chosenPieces = (): number[] =>
  clip.fragments
    .filter(({ startMs, durationMs }) => startMs < 6_000 && startMs + durationMs > 3_000)
    .map(({ index }) => index);

test("nothing is chosen beforehand, and there is no way on", async () => {
  const { page } = watched;
  await page.locator(".row-open").first().press("Enter");
  await page.getByTestId("share").click();
  await page.getByTestId("trim").waitFor();
  expect(await page.getByTestId("sum").textContent()).toBe(say.nothingChosen);
  expect(await page.locator(".trim-handle").count()).toBe(0);
  expect(await next().isDisabled()).toBe(true);
});

test("handles move by a second; what leaves is told in whole pieces", async () => {
  await openPicker();
  await chooseThreeSeconds();
  const { page } = watched;
  expect(await page.locator('[data-edge="from"]').getAttribute("aria-valuenow")).toBe("3");
  expect(await page.locator('[data-edge="to"]').getAttribute("aria-valuenow")).toBe("6");
  const told = (await page.getByTestId("honest").textContent()) ?? "";
  expect(told).toMatch(/These \d+ s leave; you chose 3 s|Exactly these 3 s leave/u);
  await page.getByText(say.chosen("3 s")).waitFor();
  await expectSound();
});

test("a link can be cancelled while it waits, and its key went nowhere", async () => {
  const { page } = watched;
  const id = await signLinkFor("Bea");
  const link = await page.getByTestId("link").inputValue();
  const secret = link.split("#")[1] ?? "";
  expect(secret).toMatch(/^AGE-SECRET-KEY-1/u);
  expect(JSON.stringify(orders.at(-1))).not.toContain(secret);
  await button(sayShared.cancel).click();
  await vi.waitFor(
    async () => expect(await state().textContent()).toBe(sayShared.states.cancelled.name),
    wait,
  );
  expect(await get<GrantCard>(`/api/grants/${id}`)).toMatchObject({ state: "cancelled", sentBytes: 0 });
  expect(JSON.stringify(await page.evaluate(async () => indexedDB.databases()))).not.toContain(secret);
});

test("the preview plays the chosen pieces and no others", async () => {
  const { page } = watched;
  await openPicker();
  await chooseThreeSeconds();
  await next().click();
  await page.getByText(say.kinds.archive.name, { exact: true }).click();
  await expectSound();
  await next().click();
  const preview = page.getByTestId("preview");
  await preview.waitFor();
  await vi.waitFor(async () => {
    expect(await page.locator(".preview .live-face").allTextContents()).toEqual([]);
    expect(await button(say.play).isEnabled()).toBe(true);
  }, wait);
  await button(say.play).click();
  const [first, last] = [chosenPieces()[0] ?? 0, chosenPieces().at(-1) ?? 0];
  const [from, to] = [clip.fragments[first], clip.fragments[last]];
  await vi.waitFor(async () => {
    const shown = await preview.evaluate((video: HTMLVideoElement) => ({
      from: video.buffered.start(0),
      to: video.buffered.end(video.buffered.length - 1),
      at: video.currentTime,
    }));
    expect(shown.from).toBeCloseTo((from?.startMs ?? 0) / 1_000, 0);
    expect(shown.to).toBeLessThan(((to?.startMs ?? 0) + (to?.durationMs ?? 0)) / 1_000 + 0.3);
    expect(shown.at).toBeGreaterThan(shown.from);
  }, wait);
  await next().click();
  await page.getByText(say.signForGood).waitFor();
  const weights = await page
    .locator(".equal-buttons .button")
    .evaluateAll((buttons) =>
      buttons.map((each) => [each.clientWidth, getComputedStyle(each).backgroundColor]),
    );
  expect(weights[0]).toEqual(weights[1]); // neither is made easier than the other
  await expectSound();
});

test("what was signed is what arrives, piece by piece, and nothing else", async () => {
  const { page } = watched;
  await page.getByTestId("sign").click();
  await state().waitFor();
  await page.getByTestId("countdown").waitFor();
  await vi.waitFor(async () => expect(await state().textContent()).toBe(sayShared.states.closed.name), {
    ...wait,
    timeout: 60_000,
  });

  const grant = grantOf(orders.at(-1));
  expect(await readdir(archive)).toEqual([`${grant.id}.parcel`]);
  const parcel = await readFile(join(archive, `${grant.id}.parcel`));
  let at = 0;
  const files = grant.items.map(({ bytes }) => parcel.subarray(at, (at += bytes)));
  expect(at).toBe(parcel.length);
  expect(files.map((file) => createHash("sha256").update(file).digest("hex"))).toEqual(
    grant.items.flatMap(({ chunks }) => chunks),
  );
  const { manifest } = await get<GrantCard>(`/api/grants/${grant.id}`);
  expect(manifest).toBe(createHash("sha256").update(manifestText(grant.items)).digest("hex"));

  expect(grant.items.slice(1).map((item) => ("index" in item ? item.index : item.part))).toEqual([
    "init",
    ...chosenPieces(),
  ]);
  const paths = [
    clipPaths.init(clip.id),
    ...chosenPieces().map((index) => clipPaths.fragment(clip.id, index)),
  ];
  for (const [i, path] of paths.entries()) {
    const stored = new Uint8Array(await (await daemon.fetch(path)).arrayBuffer());
    expect(Buffer.compare(open(files[i + 1] ?? stored, [me]), open(stored, [me]))).toBe(0);
  }
});

test("the letter says to whom, and what follows it", async () => {
  const grant = grantOf(orders.at(-1));
  const letterFile = Buffer.from(orders.at(-1)?.letter ?? "", "base64");
  const { value: letter } = verifyEnvelope(JSON.parse(Buffer.from(open(letterFile, [me])).toString()), {
    type: payloadTypes.letter,
    schema: letterSchema,
    trusts: (key) => key === owner.signKey,
    what: "letter",
  });
  expect(letter).toMatchObject({ grant: grant.id, to: say.archiveName, destination: { kind: "archive" } });
  expect(letter.clips[0]?.fragments.map(({ index }) => index)).toEqual(chosenPieces());
});

test("for a request nothing outside its time can be chosen", async () => {
  const { page } = watched;
  await openPicker(`share/request/${asked}`);
  expect(await page.locator(".trim-closed").count()).toBe(1);
  await button(say.wholeWindow).click();
  await page.locator('[data-edge="to"]').press("End");
  await page.locator('[data-edge="to"]').press("ArrowRight");
  expect(await page.locator('[data-edge="to"]').getAttribute("aria-valuenow")).toBe("6");
  await next().click();
  await vi.waitFor(async () => expect(await next().isEnabled()).toBe(true), wait);
  const facts = (await page.getByTestId("facts").textContent()) ?? "";
  for (const told of ["Harbour Police", say.keep(30), say.onward("the public prosecutor"), say.soundNone])
    expect(facts).toContain(told);
  await next().click();
  await page.getByTestId("sign").click();
  await state().waitFor();
  const { destination, recipient, items } = grantOf(orders.at(-1));
  expect(destination).toEqual({ kind: "request", request: asked, agency: "harbour-police" });
  expect(recipient.sealTo).toBe(testAgency(81).profile.sealTo[0]);
  const inside = clip.fragments.filter(({ startMs }) => startMs < 6_000).map(({ index }) => index);
  expect(items.flatMap((item) => (item.part === "fragment" ? [item.index] : []))).toEqual(inside);
});

test("who signs a revocation stops what is under way, for good", async () => {
  const { id } = grantOf(orders.at(-1));
  await vi.waitFor(async () => expect(await state().textContent()).toBe(sayShared.states.sending.name), wait);
  await button(sayShared.stop).click();
  await expectSound();
  await watched.page.getByText(sayShared.stopNote).waitFor();
  await watched.page.getByTestId("confirm").click();
  await vi.waitFor(async () => expect(await state().textContent()).toBe(sayShared.states.revoked.name), wait);
  expect(await get<GrantCard>(`/api/grants/${id}`)).toMatchObject({ state: "revoked", sentBytes: 0 });
});

test("the list tells all of it, newest first, and finds what was stopped", async () => {
  const { page } = watched;
  await page.goto(new URL("#/shared", daemon.url).href);
  await vi.waitFor(async () => expect(await page.locator("[data-grant]").count()).toBe(3), wait);
  await expectSound();
  await button(sayShared.filters.stopped).click();
  expect(await page.locator("[data-grant]").count()).toBe(2);
  await page.getByText(sayShared.to(say.linkName("Bea"))).click();
  await state().waitFor();
  expect(await page.getByTestId("link").count()).toBe(0); // it leads nowhere
});

test("a post is coarse, and is signed by a key that no other message has", async () => {
  const { page } = watched;
  const { post } = sayShared;
  await page.goto(new URL("#/shared/post", daemon.url).href);
  await page.getByLabel(post.title).fill("A bicycle was taken");
  await page.getByLabel(post.text, { exact: true }).fill("On Tuesday at noon.");
  await page.getByLabel(post.nearName).fill("Harbour hill");
  await expectSound();
  await page.getByTestId("sign").click();
  await state().waitFor();
  const { value, signKey } = verifyEnvelope(
    JSON.parse(Buffer.from(orders.at(-1)?.letter ?? "", "base64").toString()),
    { type: payloadTypes.post, schema: postSchema, trusts: () => true, what: "post" },
  );
  expect(value.near).toEqual({
    lat100: Math.round(testPlace.lat * 100),
    lon100: Math.round(testPlace.lon * 100),
  });
  expect(signKey).toBe(boardKeyOf(testSeed(1)).signKey);
  expect(grantOf(orders.at(-1))).toMatchObject({
    destination: { kind: "board" },
    items: [{ part: "letter" }],
  });
  await button(sayShared.cancel).click();
  await vi.waitFor(
    async () => expect(await state().textContent()).toBe(sayShared.states.cancelled.name),
    wait,
  );
});

test("nothing was said on the console, and no other host was asked", () => {
  expect(watched.problems).toEqual([]);
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
});

test("what a court ordered is given by a link, which is shown", async () => {
  const { page } = watched;
  const window = { from: clip.startWallMs, to: clip.startWallMs + 6_000 };
  const { device } = await get<{ device: string }>("/api/door");
  const { envelope, order } = courtOrderOf(owner, { device, nowMs: Date.now(), window });
  await expectOk(await putJson(daemon.owner, "/api/court-orders", { envelope }, "POST"));
  await openPicker(`share/court-order/${hashOf(envelope)}`);
  await button(say.wholeWindow).click();
  await next().click();
  await page.getByText(say.kinds.link.name, { exact: true }).click();
  await next().click();
  await vi.waitFor(async () => expect(await next().isEnabled()).toBe(true), wait);
  await page.getByText(say.untilLink, { exact: true }).waitFor();
  await next().click();
  await page.getByTestId("sign").click();
  await state().waitFor();
  const { id, destination, recipient } = grantOf(orders.at(-1));
  expect([destination.kind, recipient.name]).toEqual(["court-order", order.recipient]);
  expect(await page.getByTestId("link").inputValue()).toContain(`/s/${id}#AGE-SECRET-KEY-1`);
  expect(await page.getByTestId("grant-facts").textContent()).toContain(`/s/${id}`);
  await button(sayShared.cancel).click();
});

test("an answer that gets lost makes no second grant", async () => {
  const { page } = watched;
  const grants = async (): Promise<readonly GrantCard[]> =>
    (await get<{ grants: GrantCard[] }>("/api/grants")).grants;
  const before = await grants();
  await page.route("**/api/grants", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    await route.abort();
  });
  const id = await signLinkFor("Cem");
  expect((await grants()).map((card) => card.id)).toEqual([id, ...before.map((card) => card.id)]);
  expect(await page.getByTestId("link").inputValue()).toContain(`/s/${id}#`);
  await button(sayShared.cancel).click();
});
