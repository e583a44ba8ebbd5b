/**
 * A whole doorbell, a push service and a real browser: alerts that arrive, and a page that opens while the doorbell is away.
 *
 * The browser's own connection to its maker's push service is the only thing that is not there: subscribing hands out a
 * browser of the rig's, and what the service opened is delivered to the service worker by the browser's own tools.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { PhonesShown } from "../../daemon/wire/api-push.ts";
import type { Event } from "../../daemon/wire/api.ts";
import { freePort, startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { giveKeyring } from "../../scripts/rigs/browser.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import {
  startPushService,
  type Push,
  type PushService,
  type RigBrowser,
} from "../../scripts/rigs/push-service.ts";
import { words } from "../../web/words.ts";
import { openBlank, type Watched } from "./browser.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const small = ["--camera.width=320", "--camera.height=180", "--camera.fps=10", "--sim.visitorsPerHour=0"];
let folder: string;
let port: number;
let service: PushService;
let browser: RigBrowser;
let daemon: Daemon;
let watched: Watched;
let page: Page;
let cdp: CDPSession;

const start = (): Promise<Daemon> =>
  startDaemon({
    data: folder,
    flags: [
      ...small,
      "--motion.sensitivity=0",
      "--button.cooldownMs=0",
      "--recording.postRollMs=1000",
      `--web.port=${port}`,
      `--alerts.pushHosts=${JSON.stringify([service.host])}`,
    ],
  });

beforeAll(async () => {
  if (!existsSync(new URL("dist/sw.js", web))) await build({ root: web.pathname, logLevel: "error" });
  folder = await mkdtemp(join(tmpdir(), "sill-push-"));
  port = await freePort();
  service = await startPushService();
  browser = service.browser();
  daemon = await start();
  watched = await openBlank(daemon.url);
  ({ page } = watched);
  cdp = await page.context().newCDPSession(page);
  await page.context().grantPermissions(["notifications"], { origin: daemon.url });
  await page.addInitScript(subscribeTo, browser.subscription);
  await giveKeyring(page, daemon.url, testSeed(1));
  await page.goto(`${daemon.url}/#/alerts`);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
  await service?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs in the page: the maker's push service would hand out this subscription, and the browser would keep it. */
function subscribeTo(first: RigBrowser["subscription"]): void {
  const other = localStorage.getItem("test-address");
  const { endpoint, p256dh, auth } = other === null ? first : (JSON.parse(other) as typeof first);
  const kept = (): PushSubscription | null => {
    const key = localStorage.getItem("test-subscribed");
    if (key === null) return null;
    const letters = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return {
      endpoint,
      options: { applicationServerKey: bytes.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: async () => {
        localStorage.removeItem("test-subscribed");
        return true;
      },
    } as unknown as PushSubscription;
  };
  PushManager.prototype.getSubscription = async () => kept();
  PushManager.prototype.subscribe = async (options) => {
    localStorage.setItem("test-subscribed", options?.applicationServerKey as string);
    return kept() as PushSubscription;
  };
}

const press = () => daemon.fetch("/api/sim/press", { method: "POST" });
const standing = (state: string) => page.locator(`[data-standing="${state}"]`);
const markOf = ({ subscription }: RigBrowser): string =>
  createHash("sha256").update(subscription.endpoint).digest("base64url");
const phones = async () => (await getJson<PhonesShown>(daemon, "/api/phones")).phones;

/** What the browser's maker would hand to the service worker. */
async function deliver({ pushed }: Push): Promise<void> {
  const registered = new Promise<string>((resolve) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(daemon.url));
      if (own !== undefined) resolve(own.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  const data = JSON.stringify(pushed);
  await cdp.send("ServiceWorker.deliverPushMessage", { origin: daemon.url, registrationId, data });
  await cdp.send("ServiceWorker.disable");
}

const shownNotes = () =>
  page.evaluate(async () => {
    const { getNotifications } = await navigator.serviceWorker.ready.then((registration) => ({
      getNotifications: () => registration.getNotifications(),
    }));
    return (await getNotifications()).map(({ title, body, tag, requireInteraction, data }) => ({
      title,
      body,
      tag,
      requireInteraction,
      data: data as unknown,
    }));
  });

test("an owner taps once, and this browser is told", async () => {
  await standing("ask").waitFor(wait);
  await page.getByRole("button", { name: words.push.tell(words.push.browser), exact: true }).click();
  await standing("told").waitFor(wait);
  expect((await phones()).map((phone) => [phone.service, phone.label])).toEqual([
    [service.host, "Chrome on Linux"],
  ]);
});

test("a ring goes to the push service, and stands as a notification in words", async () => {
  await press();
  const push = await browser.next(({ pushed }) => pushed.kind === "ring");
  const [event] = (await getJson<{ events: Event[] }>(daemon, "/api/events?limit=1")).events;
  expect(push.pushed.event).toBe(event?.id);
  await deliver(push);
  await vi.waitFor(async () => {
    expect(await shownNotes()).toEqual([
      {
        title: "Doorbell",
        body: expect.stringMatching(/^Somebody rang at .*\d\d:\d\d.*\.$/u),
        tag: event?.id,
        requireInteraction: true,
        data: { hash: `#/event/${event?.id}` },
      },
    ]);
  }, wait);
  await deliver(push); // again, as after a courier that died
  expect((await shownNotes()).length).toBe(1);
});

test("a tap on it opens the recording", async () => {
  await vi.waitFor(async () => {
    const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?limit=1");
    expect(events[0]?.state).toBe("closed");
  }, wait);
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(tapNewest);
  await page.getByTestId("player").waitFor(wait);
  expect(new URL(page.url()).hash).toBe("#/");
  await page.keyboard.press("Escape");
});

/** Runs in the worker. */
async function tapNewest(): Promise<void> {
  const scope = globalThis as unknown as {
    registration: ServiceWorkerRegistration;
    NotificationEvent: new (
      type: string,
      init: { notification: Notification | undefined },
    ) => globalThis.Event;
    dispatchEvent(event: globalThis.Event): void;
  };
  const [notification] = await scope.registration.getNotifications();
  scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
}

test("a test alert says on the page what became of it", async () => {
  await page.goto(`${daemon.url}/#/alerts`);
  const test = page.getByRole("button", { name: /^Send a test/u });
  await test.click(wait);
  await page.getByText(words.push.tested).waitFor(wait);
  expect(browser.got.at(-1)?.pushed.kind).toBe("test");
  browser.answer([429]);
  await test.click();
  await page.locator('[data-phone] [data-testid="fault"]', { hasText: "(429)" }).waitFor(wait);
});

test("a ring arrives with the eye stopped, and after a courier that was killed", async () => {
  const rings = () =>
    new Set(browser.got.flatMap(({ pushed }) => (pushed.kind === "ring" ? [pushed.event] : [])));
  const before = rings().size;
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    await press();
    await vi.waitFor(() => expect(rings().size).toBe(before + 1), wait);
  } finally {
    process.kill(eye, "SIGCONT");
  }
  browser.refuseAll = 503;
  try {
    const calls = browser.calls;
    await press();
    await vi.waitFor(() => expect(browser.calls).toBeGreaterThan(calls), wait);
    const killed = await daemon.pid("courier");
    process.kill(killed, "SIGKILL");
    await vi.waitFor(async () => expect(await daemon.pid("courier")).not.toBe(killed), wait);
    expect(rings().size).toBe(before + 1); // nothing of what the killed one had was taken
  } finally {
    browser.refuseAll = null;
  }
  await vi.waitFor(() => expect(rings().size).toBe(before + 2), wait);
});

test("a browser that has another address is told there from the next start of the page on", async () => {
  const moved = service.browser();
  await page.evaluate(
    (json) => localStorage.setItem("test-address", json),
    JSON.stringify(moved.subscription),
  );
  await page.goto(`${daemon.url}/#/`);
  await page.reload();
  await vi.waitFor(
    async () => expect((await phones()).map(({ mark }) => mark)).toContain(markOf(moved)),
    wait,
  );
  await press();
  await moved.next(({ pushed }) => pushed.kind === "ring");
  // the address before is at its service still, as long as nobody there says that it is gone
  const before = (await phones()).find(({ mark }) => mark === markOf(browser));
  await daemon.fetch(`/api/phones/${before?.id}`, { method: "DELETE" });
});

test("whoever is removed here by somebody is said so at the next start of the page", async () => {
  const [phone] = await phones();
  await daemon.fetch(`/api/phones/${phone?.id}`, { method: "DELETE" });
  await page.reload();
  const note = page.getByTestId("told-note");
  await note.getByText(words.push.lost.title).waitFor(wait);
  expect(await phones()).toEqual([]);
  await note.getByRole("link", { name: words.push.lost.see }).click();
  await standing("ask").waitFor(wait);
  await page.getByRole("button", { name: words.push.tell(words.push.browser), exact: true }).click();
  await standing("told").waitFor(wait);
});

test("a doorbell that says nothing is said to be away, instead of a page that stays blank", async () => {
  await page.route("**/api/**", () => {}); // packets to an address at home, on the way
  await page.reload();
  await page.getByRole("heading", { name: words.enter.away.title }).waitFor(wait);
  await page.unroute("**/api/**");
  await page.reload();
  await page.locator(".house, .page").first().waitFor(wait);
});

test("the page opens while the doorbell is away, says so, and comes back by itself", async () => {
  await daemon.stop();
  await page.reload();
  await page.getByRole("heading", { name: words.enter.away.title }).waitFor(wait);
  expect(await page.getByTestId("last-reached").textContent()).toContain(String(new Date().getFullYear()));
  daemon = await start();
  await page.locator(".house, .page").first().waitFor(wait);
});

test("nothing but the built page is kept in the browser", async () => {
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept.length).toBeGreaterThan(10);
  expect(
    kept.filter(
      (path) => !/^\/(?:assets\/[\w.-]+|favicon\.svg|icon-192\.png|manifest\.webmanifest)?$/u.test(path),
    ),
  ).toEqual([]);
});

test("who signs out is told no more, and nothing stands on the screen", async () => {
  await page.goto(`${daemon.url}/#/alerts`);
  await standing("told").waitFor(wait);
  await page.getByTestId("menu").click();
  await page.getByRole("button", { name: words.menu.signOut }).click();
  await vi.waitFor(async () => expect(await phones()).toEqual([]), wait);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("test-subscribed")), wait).toBeNull();
  expect(await shownNotes()).toEqual([]);
});
