/**
 * The line's editor in real Chromium against the real daemon on the simulated porch.
 *
 * One doorbell that has no line yet, one owner who draws it: with the mouse, the keyboard and fingers,
 * in order. What the preview shows is compared with what the camera then sends, pixel by pixel.
 */
import { existsSync } from "node:fs";
import type { CDPSession, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import { rasteriseOpening, type Opening } from "../../daemon/policy/opening.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Point } from "../../hal/geometry.ts";
import { startBareDaemon, type BareDaemon } from "../../scripts/rigs/daemon.ts";
import { testSeed } from "../../scripts/rigs/paired.ts";
import { getJson, human, pair, type SignedInHuman, signIn } from "../../scripts/rigs/person.ts";
import { readInForce } from "../../web/line/in-force.ts";
import { words } from "../../web/words.ts";
import { openPage, type Watched } from "./browser.ts";

const { drawing: sayDrawing, line: say, zones: sayZones } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const size = { width: 640, height: 360 };
const flags = [
  `--camera.width=${size.width}`,
  `--camera.height=${size.height}`,
  "--sim.light=day",
  "--sim.rain=off",
  "--sim.visitorsPerHour=150",
];
let daemon: BareDaemon;
let owner: SignedInHuman;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startBareDaemon({ flags });
  const code = await vi.waitFor(() => / type (\S+);/u.exec(daemon.output())?.[1] ?? Promise.reject(), wait);
  await pair(daemon.url, human(1), code);
  owner = await signIn(daemon.url, human(1));
  watched = await openPage(daemon.url, testSeed(1));
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const get = <T>(path: string): Promise<T> => getJson<T>(owner, path);

const stage = (): Locator => watched.page.getByTestId("stage");
const corner = (shape: number, index: number): Locator => stage().locator(`[data-focus="${shape}:${index}"]`);
const corners = (): Promise<number> => stage().locator(".corner").count();
const inHand = async (): Promise<string> => (await watched.page.getByTestId("in-hand").textContent()) ?? "";
const button = (name: string): Locator => watched.page.getByRole("button", { name, exact: true });

/** Where a place of the picture lies on the screen. */
async function onScreen([x, y]: Point): Promise<{ x: number; y: number }> {
  const box = await stage().locator(".drawing-cover").boundingBox();
  if (box === null) throw new Error("the picture is not on the screen");
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

async function click(place: Point): Promise<void> {
  const { x, y } = await onScreen(place);
  await watched.page.mouse.click(x, y);
}

async function fingers(
  type: "touchStart" | "touchMove" | "touchEnd",
  places: readonly Point[],
): Promise<void> {
  cdp ??= await watched.page.context().newCDPSession(watched.page);
  const touchPoints = await Promise.all(places.map(onScreen));
  await cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
}
let cdp: CDPSession | null = null;

/** A doorbell that was paired a moment ago may not know its owner yet: the page says so, one tries again. */
async function takeStill(): Promise<void> {
  await vi.waitFor(async () => {
    if (!(await stage().isVisible())) await button(say.takeStill).click({ timeout: 5_000 });
    await stage().waitFor({ timeout: 5_000 });
  }, wait);
}

/** The brightest channel of each pixel of a canvas or video. */
async function pixelsOf(selector: string): Promise<number[]> {
  const base64 = await watched.page
    .locator(selector)
    .evaluate((element: HTMLCanvasElement | HTMLVideoElement) => {
      const isVideo = element instanceof HTMLVideoElement;
      const canvas = document.createElement("canvas");
      canvas.width = isVideo ? element.videoWidth : element.width;
      canvas.height = isVideo ? element.videoHeight : element.height;
      const context = canvas.getContext("2d");
      context?.drawImage(element, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let text = "";
      for (let i = 0; i < data.length; i += 4) {
        text += String.fromCharCode(Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0));
      }
      return btoa(text);
    });
  return [...Buffer.from(base64, "base64")];
}

/** Whether each pixel is visible. */
function visibleIn({ luma, width, height }: Opening): boolean[] {
  const visible = Array.from({ length: width * height }, () => false);
  for (let y = 0; y < height; y += 1) {
    for (let i = luma.starts[y] ?? 0; i < (luma.starts[y + 1] ?? 0); i += 2) {
      visible.fill(true, y * width + (luma.spans[i] ?? 0), y * width + (luma.spans[i + 1] ?? 0));
    }
  }
  return visible;
}

async function maskInForce(): Promise<MaskShape> {
  const { envelope } = await get<{ envelope: unknown }>("/api/policy");
  const inForce = readInForce(envelope);
  if (inForce === null) throw new Error("no policy is in force");
  return inForce.mask;
}

test("an owner without a line sees that nothing is seen, and takes the setup picture", async () => {
  const { page } = watched;
  await page.goto(new URL("#/line", daemon.url).href);
  await page.getByText(say.none).waitFor();
  await page.getByText(say.stillWhy).waitFor();
  await takeStill();
  expect(await stage().locator(".drawing-cover").getAttribute("data-cover")).toBe("plain");
  const bright = async () => (await pixelsOf(".drawing-picture")).filter((value) => value > 60).length;
  await expect.poll(bright, wait).toBeGreaterThan(0.5 * size.width * size.height);
  expect(await page.getByTestId("save").isDisabled()).toBe(true);
});

test("the mouse draws a line, corner by corner, closed on its first", async () => {
  await button(sayDrawing.snap).click(); // off: places are exact
  await button(say.draw).click();
  const [first, ...rest]: Point[] = [
    [0.05, 0.95],
    [0.1, 0.3],
    [0.5, 0.4],
    [0.9, 0.3],
    [0.95, 0.95],
  ];
  for (const place of [first ?? [0, 0], ...rest]) await click(place);
  expect(await watched.page.getByTestId("save").isDisabled()).toBe(true);
  await click(first ?? [0, 0]);
  await expect.poll(corners).toBe(5);
  expect(await inHand()).toContain(sayDrawing.line);
});

test("the keyboard moves a corner by a pixel, adds one and removes it", async () => {
  const { page } = watched;
  const [key, undo] = [(name: string) => page.keyboard.press(name), "Control+z"];
  const inPlace = (left: string) => expect.poll(inHand).toContain(`: ${left} from the left`);
  expect(await corner(1, 2).evaluate((element) => (element as SVGElement).tabIndex)).toBe(0); // Tab gets there
  await corner(1, 2).focus();
  await inPlace("50.0%");
  for (let i = 0; i < 6; i += 1) await key("ArrowRight");
  await key("Shift+ArrowRight");
  await inPlace("52.5%"); // 16 of 640 pixels
  await key("Enter");
  await expect.poll(inHand).toContain(sayDrawing.corner(4, 6, sayDrawing.line));
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-focus")))
    .toBe("1:3");
  await key("Delete");
  await expect.poll(corners).toBe(5);
  for (const steps of [6, 5, 5]) {
    await key(undo); // the removal, the new corner, the run of arrows
    await expect.poll(corners).toBe(steps);
  }
  await corner(1, 2).focus();
  await inPlace("50.0%");
});

test("a finger pulls a corner out of an edge, under a loupe, and one step takes it back", async () => {
  await fingers("touchStart", [[0.5, 0.95]]);
  await fingers("touchMove", [[0.5, 0.9]]);
  await fingers("touchMove", [[0.5, 0.85]]);
  await watched.page.getByTestId("loupe").waitFor();
  await fingers("touchEnd", []);
  await watched.page.getByTestId("loupe").waitFor({ state: "detached" });
  await expect.poll(corners).toBe(6);
  await button(sayDrawing.undo).click();
  await expect.poll(corners).toBe(5);
});

test("two fingers zoom, and the corners stay on their places in the picture", async () => {
  const before = await onScreen([0.5, 0.5]);
  const width = async (): Promise<number> =>
    (await stage().locator(".drawing-cover").boundingBox())?.width ?? 0;
  const narrow = await width();
  await fingers("touchStart", [[0.45, 0.6]]);
  await fingers("touchStart", [
    [0.45, 0.6],
    [0.55, 0.6],
  ]);
  await fingers("touchMove", [
    [0.35, 0.6],
    [0.65, 0.6],
  ]);
  await fingers("touchEnd", []);
  await expect.poll(width).toBeGreaterThan(2 * narrow);
  expect(await corners()).toBe(5);
  await button(sayDrawing.wholePicture).click();
  await expect.poll(() => onScreen([0.5, 0.5])).toEqual(before);
});

test("a line that crosses itself cannot be saved, and says where it crosses", async () => {
  const { page } = watched;
  const [from, to] = [await onScreen([0.05, 0.95]), await onScreen([0.7, 0.2])];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await page.getByTestId("flaw").waitFor();
  expect(await stage().locator(".outline-wrong").count()).toBe(2);
  expect(await page.getByTestId("save").isDisabled()).toBe(true);
  await page.keyboard.press("Control+z");
  await page.getByTestId("flaw").waitFor({ state: "detached" });
});

test("with a privacy zone it is signed, and the preview is the camera's mask to the pixel", async () => {
  const { page } = watched;
  await button(say.addHidden).click();
  for (const place of [
    [0.3, 0.6],
    [0.45, 0.6],
    [0.45, 0.8],
    [0.3, 0.6],
  ] satisfies Point[])
    await click(place);
  await button(say.asSeen).click();
  await stage().locator('.drawing-cover[data-cover="masked"]').waitFor();
  await page.getByTestId("save").click();
  await page.getByText(/In force: version 1\./u).waitFor(wait);
  const opening = rasteriseOpening(size, await maskInForce());
  const shown = (await pixelsOf(".drawing-cover")).map((value) => value > 0);
  const wanted = visibleIn(opening);
  // a pixel of the scene that is black by itself would not count: the porch has next to none
  expect(shown.filter((visible, i) => visible && wanted[i] === false)).toHaveLength(0);
  expect(shown.filter((visible, i) => !visible && wanted[i] === true).length).toBeLessThan(20);
  await expect
    .poll(async () => (await get<Status>("/api/status")).mask, wait)
    .toMatchObject({ policyVersion: 1, visibleFrac: opening.visibleFrac });
});

test("the live picture is black where the preview was", async () => {
  const { page } = watched;
  await page.goto(new URL("#/", daemon.url).href);
  await page.locator('.live[data-face="live"]').waitFor(wait);
  const wanted = visibleIn(rasteriseOpening(size, await maskInForce()));
  const edge = (i: number, reach: number): boolean => {
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) if (wanted[i + y * size.width + x] !== wanted[i]) return true;
    }
    return false;
  };
  await vi.waitFor(async () => {
    const live = await pixelsOf(".live video");
    const leaks = live.filter((value, i) => wanted[i] === false && value > 40 && !edge(i, 3)).length;
    const dark = live.filter((value, i) => wanted[i] === true && value < 16 && !edge(i, 3)).length;
    expect(leaks).toBe(0);
    expect(dark / live.length).toBeLessThan(0.02);
  }, wait);
});

test("the same line is confirmed as a new version, every corner as it was", async () => {
  const { page } = watched;
  const before = await maskInForce();
  await page.goto(new URL("#/line", daemon.url).href);
  await takeStill();
  await button(say.confirm).click();
  await page.getByText(/In force: version 2\./u).waitFor(wait);
  expect(await maskInForce()).toEqual(before);
});

test("motion zones are drawn on the masked picture, and events name them", async () => {
  const { page } = watched;
  await page.goto(new URL("#/zones", daemon.url).href);
  await button(sayZones.add).click(wait);
  const black = (await pixelsOf(".drawing-picture")).filter((value) => value < 40).length;
  expect(black / (size.width * size.height)).toBeGreaterThan(0.25);
  for (const place of [
    [0.02, 0.25],
    [0.98, 0.25],
    [0.98, 0.98],
    [0.02, 0.98],
    [0.02, 0.25],
  ] satisfies Point[]) {
    await click(place);
  }
  await page.getByLabel(sayZones.name).fill("Garden");
  await page.getByTestId("save").click();
  await page.getByText(sayZones.saved).waitFor();
  const { zones } = await get<Zones>("/api/zones");
  expect(zones).toEqual([{ name: "Garden", sensitivity: null, polygon: expect.any(Array) }]);
  const named = async (): Promise<void> => {
    const { events } = await get<{ events: Event[] }>("/api/events?limit=20");
    expect(events.some((event) => event.kind === "motion" && event.zones.includes("Garden"))).toBe(true);
  };
  await vi.waitFor(named, { timeout: 150_000, interval: 250 });
});

test("all this asked no other host and left nothing in the console", () => {
  expect([...watched.hosts]).toEqual([new URL(daemon.url).host]);
  expect(watched.problems).toEqual([]);
});
