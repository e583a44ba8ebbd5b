/**
 * Who may come in: the page in three browsers against one real doorbell that nobody owns yet.
 *
 * One daemon serves all tests, in order: whom one test lets in the next one meets.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import { keysOf } from "../../daemon/identity/keys.ts";
import { seedOf } from "../../daemon/identity/words.ts";
import { openBrowser } from "../../scripts/rigs/browser.ts";
import { startBareDaemon, type BareDaemon } from "../../scripts/rigs/daemon.ts";
import { words } from "../../web/words.ts";

const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 100 };
const { enter: say, people } = words;
// rings alone are counted here
const porch = [
  "--camera.width=640",
  "--camera.height=360",
  "--sim.visitorsPerHour=0",
  "--motion.sensitivity=0",
];
const problems: string[] = [];
let daemon: BareDaemon;
let browser: Browser;
/** Browsers of the owner, of the same person elsewhere, and of somebody else. */
let ada: Page;
let elsewhere: Page;
let bert: Page;
let recoveryWords: string[] = [];

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startBareDaemon({ flags: porch });
  browser = await openBrowser();
  [ada, elsewhere, bert] = [await newBrowser(), await newBrowser(), await newBrowser()];
});
afterAll(async () => {
  await browser?.close();
  await daemon?.stop();
});

/** A browser that knows nothing yet. */
async function newBrowser(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  return page;
}

/** Two neighbours changed places so that it shows: a checksum of 8 bits passes one change in 256. */
function misplaced(words: readonly string[]): string[] {
  for (let at = 1; at < words.length; at += 1) {
    const changed = words.with(at - 1, words[at] ?? "").with(at, words[at - 1] ?? "");
    try {
      seedOf(changed.join(" "));
    } catch {
      return changed;
    }
  }
  throw new Error("no two neighbours of these words can be told apart");
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Reads the words off the screen, writes three of them down, and is in. */
async function passWords(page: Page): Promise<string[]> {
  const shown = page.getByTestId("recovery-words").locator("li");
  await shown.first().waitFor(wait);
  const read = await shown.allTextContents();
  await button(page, say.recovery.next).click();
  await page.locator('[data-screen="words-check"]').waitFor();
  for (const label of await page.locator(".field label").allTextContents()) {
    const place = Number(/\d+/u.exec(label)?.[0]);
    await page.getByLabel(label, { exact: true }).fill(read[place - 1] ?? "");
  }
  await button(page, say.recovery.done).click();
  return read;
}

async function openPlayer(page: Page, row: number): Promise<void> {
  await page.locator(".row-open").nth(row).click();
  await page.getByTestId("player").waitFor();
}

const playedS = (page: Page): Promise<number> =>
  page.locator(".player video").evaluate((video: HTMLVideoElement) => video.currentTime);

/** The page presses the simulated button; resolves when the recording has ended. */
async function record(page: Page, row: number): Promise<void> {
  await page.goto(`${daemon.url}#/`);
  // a ring waits for the first picture no longer than it is recorded
  const camera = (): Promise<string> =>
    page.evaluate(async () => {
      const status = (await (await fetch("/api/status")).json()) as { camera: { state: string } };
      return status.camera.state;
    });
  await expect.poll(camera, wait).toBe("running");
  await button(page, words.press).click();
  await expect.poll(() => page.locator(".row[data-event]").count(), wait).toBe(row + 1);
  await page.locator('.row[data-state="closed"]').nth(row).waitFor(wait);
}

test("a wrong code says how many tries are left; the right one, typed carelessly, is taken", async () => {
  await ada.goto(daemon.url);
  const code = await vi.waitFor(() => /and type (\S+);/u.exec(daemon.output())?.[1] ?? expect.fail(), wait);
  await ada.getByLabel(say.pair.code).fill("NOT-THE-CODE");
  await ada.getByLabel(say.pair.yourName).fill("Ada");
  await button(ada, say.pair.submit).click();
  await ada.getByText("4 tries are left").waitFor();
  await ada.getByLabel(say.pair.code).fill(` ${code.toLowerCase().replaceAll("-", " ")} `);
  await button(ada, say.pair.submit).click();
  await ada.getByTestId("recovery-words").waitFor();
});

test("the key file and the printed sheet hold the key of these very words", async () => {
  const shown = await ada.getByTestId("recovery-words").locator("li").allTextContents();
  const { sealIdentity } = keysOf(seedOf(shown.join(" ")));
  const saving = ada.waitForEvent("download");
  await ada.getByTestId("save-identity").click();
  expect(await readFile(await (await saving).path(), "utf8")).toContain(`\n${sealIdentity}\n`);
  await ada.emulateMedia({ media: "print" });
  expect(await ada.locator(".enter").isVisible()).toBe(false);
  const sheet = await ada.locator(".sheet").innerText();
  for (const text of [...shown, sealIdentity, "age -d"]) expect(sheet).toContain(text);
  await ada.emulateMedia({ media: "screen" });
});

test("nobody passes the recovery words without having read them, not even by loading anew", async () => {
  await ada.reload();
  await button(ada, say.recovery.next).click();
  await ada.locator('[data-screen="words-check"]').waitFor();
  for (const field of await ada.locator(".input").all()) await field.fill("zoo");
  await button(ada, say.recovery.done).click();
  await ada.getByText(/is another one/u).waitFor();
  await button(ada, say.recovery.again).click();
  recoveryWords = await passWords(ada);
  expect(new Set(recoveryWords).size).toBeGreaterThan(12);
  await ada.locator('[data-page="line"]').waitFor();
});

test("before there is a line everything is masked, and the page says what to do", async () => {
  await ada.goto(`${daemon.url}#/`);
  await ada.locator('.live[data-face="masked"]').waitFor(wait);
  await ada.getByRole("link", { name: words.live.drawLine }).click();
  await ada.locator('[data-page="line"]').waitFor();
});

test("the owner's recording plays in the owner's browser", async () => {
  await record(ada, 0);
  await openPlayer(ada, 0);
  await expect.poll(() => playedS(ada), wait).toBeGreaterThan(0);
  await ada.keyboard.press("Escape");
});

test("another browser comes in by the words; a mistake in them is named by its place", async () => {
  await elsewhere.goto(daemon.url);
  await elsewhere.getByRole("button", { name: say.stranger.haveWords }).click();
  const box = elsewhere.getByLabel(say.restore.label);
  await box.fill(recoveryWords.with(4, "doorbel").join(" "));
  await button(elsewhere, say.restore.submit).click();
  await elsewhere.getByText(/^Recovery word 5 is not on the list/u).waitFor();
  await box.fill(misplaced(recoveryWords).join(" "));
  await button(elsewhere, say.restore.submit).click();
  await elsewhere.getByText(/do not belong together/u).waitFor();
  await box.fill(recoveryWords.join(" "));
  await button(elsewhere, say.restore.submit).click();
  await elsewhere.locator(".row[data-event]").waitFor(wait);
});

test("somebody asks to be let in; both screens show one number, and the owner signs", async () => {
  await bert.goto(daemon.url);
  await bert.getByRole("button", { name: say.stranger.ask }).click();
  await bert.getByLabel(say.pair.yourName).fill("Bert");
  await button(bert, say.join.submit).click();
  const check = await bert.getByTestId("check-number").textContent();
  await ada.goto(`${daemon.url}#/`);
  await ada.getByText(people.asking(1)).waitFor(wait);
  await ada.getByRole("link", { name: people.seeAsking }).click();
  const row = ada.locator('[data-waiting="Bert"]');
  expect(await row.locator(".check-number").textContent()).toBe(check);
  expect(await row.getByRole("button", { name: people.letIn("Bert") }).isDisabled()).toBe(true);
  await row.getByLabel(people.checkSame).check();
  await row.getByRole("button", { name: people.letIn("Bert") }).click();
  await ada.locator('[data-person="Bert"]').waitFor();
  await passWords(bert);
  await bert.locator(".row[data-event]").waitFor(wait);
});

test("a member plays what was recorded since, and is told why not what was before", async () => {
  await openPlayer(bert, 0);
  await bert.getByText(words.player.denied).waitFor();
  expect(await bert.getByRole("button", { name: words.player.remove }).count()).toBe(0);
  await bert.keyboard.press("Escape");
  await record(ada, 1);
  await bert.locator('.row[data-state="closed"]').nth(1).waitFor(wait); // it is in this list, too
  await openPlayer(bert, 0);
  await expect.poll(() => playedS(bert), wait).toBeGreaterThan(0);
  await bert.keyboard.press("Escape");
});

test("who is removed is out at once, and cannot come back by the key", async () => {
  await ada.goto(`${daemon.url}#/people`);
  await ada.getByRole("button", { name: people.removeLabel("Bert") }).click();
  await button(ada, people.removeDo).click();
  await bert.locator('[data-screen="signed-out-nobody"]').waitFor(wait);
  await bert.getByText(say.out.because.nobody.title).waitFor();
  await bert.reload();
  await button(bert, say.out.signIn).click();
  await bert.locator('[data-screen="signed-out-nobody"]').waitFor();
});

test("the history says who let in and removed whom", async () => {
  await ada.goto(`${daemon.url}#/history`);
  for (const what of ["paired", "enrolled", "removed"] as const) {
    const entry = ada.locator(`[data-what="${what}"]`).first();
    expect(await entry.textContent()).toContain(`Ada ${people.history.what[what]}`);
  }
  expect(await ada.locator('[data-what="removed"]').textContent()).toContain("Bert");
  await ada.goto(`${daemon.url}#/people`);
});

test("a session that the owner ends is over at once and does not begin again by itself", async () => {
  await ada.locator('[data-session="other"]').getByRole("button").first().click();
  await elsewhere.locator('[data-screen="signed-out-ended"]').waitFor(wait);
  await elsewhere.reload();
  await elsewhere.locator('[data-screen^="signed-out"]').waitFor();
  await button(elsewhere, say.out.signIn).click();
  await elsewhere.locator(".row[data-event]").first().waitFor(wait);
});

test("a doorbell with another key than the one that was paired is refused, loudly", async () => {
  await elsewhere.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("sill", 1);
        opening.addEventListener("success", () => {
          const store = opening.result.transaction("keyring", "readwrite").objectStore("keyring");
          const getting = store.get("me");
          getting.addEventListener("success", () => {
            store.put({ ...getting.result, device: "A".repeat(43) }, "me");
            store.transaction.addEventListener("complete", () => resolve());
          });
        });
      }),
  );
  await elsewhere.reload();
  await elsewhere.getByText(say.other.title).waitFor();
  await button(elsewhere, say.forget.forget).click();
  await button(elsewhere, say.forget.sure).click();
  await elsewhere.getByText(say.stranger.title).waitFor();
});

test("none of this threw in a page", () => expect(problems).toEqual([]));
