/** Answering the door in a real browser, whose microphone hears a known tone. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../daemon/identity/keys.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { TalkState } from "../../daemon/wire/api-talk.ts";
import { readWav, writeWav } from "../../hal/pcm.ts";
import { porchHertz } from "../../hal/sim/open-microphone.ts";
import { fakeMicrophone } from "../../scripts/rigs/browser.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { policyOf, testSeed } from "../../scripts/rigs/paired.ts";
import { doorOf, expectOk, getJson, putJson } from "../../scripts/rigs/person.ts";
import { purity, sine } from "../../scripts/rigs/tone-ear.ts";
import { openPage, type Watched } from "./browser.ts";

const voiceHertz = 900;
const wait = { timeout: 40_000, interval: 100 };
const within = { timeout: 120_000 };
let folder = "";
let daemon: Daemon;
let browser: Watched;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-talk-"));
  const voice = join(folder, "voice.wav");
  await writeFile(voice, writeWav(sine(voiceHertz, 10, 48_000)));
  daemon = await startDaemon({ flags: ["--sim.visitorsPerHour=0", "--log.level=warn"] });
  browser = await openPage(daemon.url, testSeed(1), fakeMicrophone(voice));
  page = browser.page;
  // the page's own connections, to listen to what they bring
  await page.addInitScript(`
    window.lines = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(...options) { super(...options); window.lines.push(this); }
    };`);
  await page.reload();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await daemon.stop();
  await rm(folder, { recursive: true });
});

/** A call that a failed test left open is not the next one's. */
afterEach(async () => {
  const hangUp = page.getByTestId("hang-up");
  if ((await hangUp.count()) > 0) await hangUp.click();
  await vi.waitFor(async () => expect(await talkPid()).toBeNull(), wait);
});

async function expectMayHear(may: boolean): Promise<void> {
  const now = async (): Promise<boolean> => (await getJson<TalkState>(daemon.owner, "/api/talk")).mayHear;
  await vi.waitFor(async () => expect(await now()).toBe(may), wait);
}

async function allowSound(audio: boolean): Promise<void> {
  const { device } = await doorOf(daemon.url);
  const { nextVersion } = await getJson<{ nextVersion: number }>(daemon.owner, "/api/policy");
  const policy = { ...policyOf(device, { version: nextVersion }), audio };
  const envelope = signEnvelope(daemon.owner.keys, payloadTypes.policy, policy);
  await expectOk(await putJson(daemon.owner, "/api/policy", { envelope }));
}

async function atTheDoor(hertz: number): Promise<number> {
  const answer = await expectOk(await daemon.fetch("/api/sim/speaker"));
  return purity(readWav(new Uint8Array(await answer.arrayBuffer())), hertz);
}

/** The strongest pitch of what comes in the newest call; 0 = silence. */
function inThePage(): Promise<number> {
  return page.evaluate(`(async () => {
    const line = window.lines.at(-1);
    const track = line?.getReceivers().find((each) => each.track.kind === "audio")?.track;
    if (track === undefined) return 0;
    window.ears ??= new AudioContext();
    await window.ears.resume();
    const analyser = new AnalyserNode(window.ears, { fftSize: 4096 });
    window.ears.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const top = bins.indexOf(Math.max(...bins));
    return bins[top] < -60 ? 0 : (top * window.ears.sampleRate) / 4096;
  })()`);
}

/** For a failure: what the page says, what came to it, and what the doorbell thinks. */
async function seen(): Promise<string> {
  const came = await page.evaluate(`(async () => {
    const line = window.lines.at(-1);
    const stats = line === undefined ? [] : [...(await line.getStats()).values()];
    const inbound = stats.filter(({ type }) => type === "inbound-rtp");
    const figures = inbound.map(({ kind, packetsReceived, packetsDiscarded, audioLevel, totalSamplesReceived }) =>
      ({ kind, packetsReceived, packetsDiscarded, audioLevel, totalSamplesReceived }));
    return { line: line?.connectionState, figures, ears: window.ears?.state };
  })()`);
  const words = await page.locator(".call-words").allTextContents();
  const { calls, mayHear, microphone } = await getJson<TalkState>(daemon.owner, "/api/talk");
  const { mask } = await getJson<Status>(daemon.owner, "/api/status");
  return JSON.stringify({ words, came, calls, mayHear, microphone, mask, talk: await talkPid() });
}

async function isHeardInThePage(): Promise<void> {
  await vi
    .waitFor(async () => expect(Math.abs((await inThePage()) - porchHertz)).toBeLessThan(15), wait)
    .catch(async (error: unknown) => {
      throw new Error(`the porch is not heard: ${await seen()}`, { cause: error });
    });
}

async function talkPid(): Promise<number | null> {
  const keeper = await daemon.pid("keeper");
  const children = readFileSync(`/proc/${keeper}/task/${keeper}/children`, "utf8").trim().split(/\s+/u);
  for (const pid of children.filter((each) => each !== "")) {
    const path = `/proc/${pid}/cmdline`;
    if (existsSync(path) && /\btalk\.(?:ts|js)\b/u.test(readFileSync(path, "utf8"))) return Number(pid);
  }
  return null;
}

const shown = (): Promise<string | null> =>
  page.getByTestId("call-picture").getAttribute("data-shows", { timeout: 40_000 });

test(
  "the door is seen and heard, and hears who talks; after hanging up nothing runs on",
  within,
  async () => {
    await allowSound(true);
    await page.getByTestId("answer").click();
    await vi.waitFor(async () => expect(await shown()).toBe("true"), wait);
    await isHeardInThePage();
    await page.getByText("You hear the door, and it knows: a tone sounded there.").waitFor(wait);
    expect(await atTheDoor(voiceHertz)).toBeLessThan(0.2);
    const talk = page.getByTestId("talk");
    await talk.click();
    await vi.waitFor(async () => expect(await atTheDoor(voiceHertz)).toBeGreaterThan(0.7), wait);
    expect(await talk.getAttribute("aria-pressed")).toBe("true");
    await talk.click();
    expect(await talk.getAttribute("aria-pressed")).toBe("false");
    await page.getByTestId("hang-up").click();
    await vi.waitFor(async () => expect(await talkPid()).toBeNull(), wait);
    await page.locator('[data-testid="live"][data-face="live"]').waitFor(wait);
  },
);

test("where the policy does not allow it the door is silent, and the page says so", within, async () => {
  await allowSound(false);
  await page.getByTestId("answer").click();
  await page.getByText("You do not hear the door: the signed policy does not allow it.").waitFor(wait);
  await vi.waitFor(async () => expect(await shown()).toBe("true"), wait);
  expect(await inThePage()).toBe(0);
  await page.getByTestId("hang-up").click();
});

test(
  "a call that was answered before the eye obeys the new policy is heard once it does",
  within,
  async () => {
    await expectMayHear(false);
    const eye = await daemon.pid("eye");
    process.kill(eye, "SIGSTOP"); // a busy machine, so to speak
    try {
      await allowSound(true);
      await page.getByTestId("answer").click();
      const notYet = "You do not hear the door yet: the camera does not obey the signed policy so far.";
      await page.getByText(notYet).waitFor(wait);
    } finally {
      process.kill(eye, "SIGCONT");
    }
    await isHeardInThePage();
    await page.getByText("You hear the door, and it knows: a tone sounded there.").waitFor(wait);
    await page.getByTestId("mute").waitFor(wait);
  },
);

test("when the talk process dies the page says so and shows the door as before", within, async () => {
  await page.getByTestId("answer").click();
  await vi.waitFor(async () => expect(await shown()).toBe("true"), wait);
  process.kill((await talkPid()) ?? 0, "SIGKILL");
  await page.getByText("The call was lost. Answer again.").waitFor(wait);
  await page.locator('[data-testid="live"][data-face="live"]').waitFor(wait);
  expect(await page.getByTestId("call-picture").count()).toBe(0);
});

test("a reply of one's own voice is recorded, and sounds at the door with one tap", within, async () => {
  await page.goto(`${daemon.url}/#/talk`);
  await page.getByLabel("Name").fill("One moment");
  await page.getByTestId("record").click();
  const stop = page.getByTestId("stop");
  await stop.waitFor(wait);
  await vi.waitFor(async () => expect(await page.getByText(/, (?:10|9) s left/u).count()).toBe(1), wait);
  await stop.click();
  const row = page.locator(".reply-rows li", { hasText: "One moment" });
  await row.waitFor(wait);
  await page.goto(`${daemon.url}/#/`);
  await page.getByTestId("replies").click();
  await page.getByRole("button", { name: "One moment" }).click();
  await vi.waitFor(async () => expect(await atTheDoor(voiceHertz)).toBeGreaterThan(0.7), wait);
  await vi.waitFor(async () => {
    const { entries } = await getJson<{ entries: { what: string; detail: string }[] }>(
      daemon.owner,
      "/api/history?limit=20",
    );
    expect(entries).toContainEqual(expect.objectContaining({ what: "reply-played", detail: "One moment" }));
  }, wait);
});

test("whoever leaves the page while it records has kept nothing", within, async () => {
  await page.goto(`${daemon.url}/#/talk`);
  await page.getByLabel("Name").fill("Never said");
  await page.getByTestId("record").click();
  await page.getByTestId("stop").waitFor(wait);
  const left = page.waitForFunction(() => !location.hash.includes("talk"));
  await page.goto(`${daemon.url}/#/`);
  await left;
  await page.goto(`${daemon.url}/#/talk`);
  await page.locator(".reply-rows li", { hasText: "One moment" }).waitFor(wait);
  expect(await page.locator(".reply-rows li", { hasText: "Never said" }).count()).toBe(0);
});

test("nothing of all that was a problem for the browser, or went anywhere else", () => {
  expect(browser.problems).toEqual([]);
  expect([...browser.hosts]).toEqual([new URL(daemon.url).host]);
});
