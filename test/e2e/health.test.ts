/**
 * The health page in real Chromium: what is wrong with since when and what to do, by the same names as /api/health;
 * and what was wrong before, when it is over.
 */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "vite";
import type { HealthLog } from "../../daemon/wire/api-health.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { getJson } from "../../scripts/rigs/person.ts";
import { problemsOf } from "../../web/status/problems.ts";
import { words } from "../../web/words.ts";
import { auditEverywhere } from "./audit.ts";
import { openPage, type Watched } from "./browser.ts";

const { health: say, problems: sayProblem } = words;
const web = new URL("../../web/", import.meta.url);
const wait = { timeout: 60_000, interval: 200 };
let daemon: Daemon;
let watched: Watched;

beforeAll(async () => {
  if (!existsSync(new URL("dist/index.html", web))) await build({ root: web.pathname, logLevel: "error" });
  daemon = await startDaemon({
    flags: ["--camera.width=320", "--camera.height=180", "--mqtt.url=mqtt://127.0.0.1:9"],
  });
  watched = await openPage(new URL("#/health", daemon.url).href);
});
afterAll(async () => {
  await watched?.close();
  await daemon?.stop();
});

const health = (): Promise<HealthLog> => getJson<HealthLog>(daemon, "/api/health");
const isStanding = async (id: string): Promise<boolean> =>
  (await health()).standing.some((problem) => problem.id === id);

test("a broker that does not answer: what it is, since when, what to do", async () => {
  const { page } = watched;
  await vi.waitFor(async () => expect(await isStanding("mqtt")).toBe(true), wait);
  const now = page.getByTestId("health-now");
  await now.getByText(sayProblem.mqtt).waitFor();
  await now
    .getByText(/^Since .*, for \d+ (second|minute)s?\.$/u)
    .first()
    .waitFor();
  const model = page.locator("[data-tile=model]");
  await model.getByText(words.model.states.ready, { exact: true }).waitFor(wait);
  await model.getByText(new RegExp(`^${words.model.own}: .*Since `, "u")).waitFor();
  expect(await auditEverywhere(page)).toEqual([]);
});

test("an eye that is stopped is told under the name that the page knows it by, and is past when it runs again", async () => {
  const { page } = watched;
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  try {
    await vi.waitFor(async () => expect(await isStanding("camera")).toBe(true), wait);
    // again where another one began or ended between the two questions
    await vi.waitFor(async () => {
      const { standing } = await health();
      const found = problemsOf(await getJson<Status>(daemon, "/api/status")).map(({ id }) => id);
      expect(standing.map(({ id }) => id)).toEqual(expect.arrayContaining(found));
    }, wait);
    await vi.waitFor(async () => {
      const camera = (await health()).standing.find(({ id }) => id === "camera");
      expect(camera?.forMs).toBeGreaterThan(11_000);
    }, wait);
  } finally {
    process.kill(eye, "SIGCONT");
  }
  await vi.waitFor(async () => expect((await health()).past.map(({ id }) => id)).toContain("camera"), wait);
  await page
    .getByTestId("health-past")
    .getByText(/^Camera /u)
    .first()
    .waitFor(wait);
  await page.getByText(say.pastNote).waitFor();
}, 240_000);
