/**
 * Routes: every route of the doorbell and how its answer is hunted through.
 *
 * `words` = text, at most so many bytes, no run of it long enough for a picture. A route that is not here
 * fails the build.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, vi } from "vitest";
import type { WebSocket } from "ws";
import { expectOk, getJson, human, putJson, signIn } from "../../scripts/rigs/person.ts";
import {
  huntCall,
  huntClip,
  huntHeat,
  huntLive,
  huntSetupStill,
  huntSnapshot,
  huntThumbnail,
} from "./pictures.ts";
import type { SelftestState } from "../../daemon/wire/api-selftest.ts";
import { readWav } from "../../hal/pcm.ts";
import type { HuntRig } from "./rig.ts";
import { expectWords } from "./words.ts";

const wait = { timeout: 40_000, interval: 50 };

export type RouteHunt = (rig: HuntRig, route: string) => Promise<void>;

type Ask = (rig: HuntRig, path: string, method: string) => Promise<Response>;

const asOwner: Ask = ({ owner }, path, method) => owner.fetch(path, { method });

/** What is asked for is there, unless the answer that is hunted through is a `refusal`. */
function words(mostBytes: number, ask: Ask = asOwner, refusal = false): RouteHunt {
  return async (rig, route) => {
    const [method = "", url = ""] = route.split(" ");
    const response = await ask(rig, pathOf(url, rig), method);
    expect([response.ok, response.status < 500], `${route}: ${response.status}`).toEqual([!refusal, true]);
    expectWords(new Uint8Array(await response.arrayBuffer()), mostBytes, route);
  };
}

/** Asked with this body. */
function withBody(body: unknown): Ask {
  return ({ owner }, path, method) => putJson(owner, path, body, method === "PUT" ? "PUT" : "POST");
}

/** Says no, in words. */
function refused(mostBytes: number, ask: Ask = asOwner): RouteHunt {
  return words(mostBytes, ask, true);
}

const webDist = new URL("../../web/dist/", import.meta.url);

/** The page's files are those that were built, to the byte, whatever the camera sees. */
const builtPage: RouteHunt = async ({ owner }) => {
  if (!existsSync(webDist)) return;
  const files = readdirSync(webDist, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const { parentPath, name } of files) {
    const path = relative(fileURLToPath(webDist), join(parentPath, name));
    const response = await owner.fetch(`/${path}`);
    const served = new Uint8Array(await response.arrayBuffer());
    expect(Buffer.compare(served, readFileSync(join(parentPath, name))), path).toBe(0);
  }
};

const caller = human(7, "member").person;
const wantsIn = { name: caller.name, role: caller.role, signKey: caller.signKey, sealTo: caller.sealTo };

/** By somebody whose session may end. */
const asPassing: Ask = async ({ daemon }, path, method) =>
  (await signIn(daemon.url, human(1))).fetch(path, { method });

function pathOf(url: string, { clip, event }: HuntRig): string {
  const id = url.startsWith("/api/clips/")
    ? clip.id
    : url.startsWith("/api/events/")
      ? event.id
      : "nobody-0001";
  return url
    .replace(":id", id)
    .replace(":index", "0")
    .replace(":name", "parcel-left-after")
    .replace("*", "index.html");
}

/** Every notice of a few seconds. */
const notices: RouteHunt = async ({ owner }) => {
  const socket: WebSocket = owner.socket("/api/ws");
  const heard: Buffer[] = [];
  socket.on("message", (data: Buffer) => heard.push(data));
  await expectOk(await owner.fetch("/api/sim/press", { method: "POST" }));
  await expect.poll(() => heard.length, wait).toBeGreaterThan(4);
  socket.terminate();
  for (const each of heard) expectWords(each, kib(16), "notice");
};

/** Of the last few seconds: the house has seen for longer than that. */
const takeWalk: Ask = async ({ owner }) => {
  const toWallMs = Date.now();
  const walk = { name: "a walk", fromWallMs: toWallMs - 3_000, toWallMs, notes: [] };
  return putJson(owner, "/api/walks", walk, "POST");
};

const ofWalk: Ask = async (rig, path, method) => {
  const taken = await expectOk(await takeWalk(rig, path, method));
  const { id } = (await taken.json()) as { id: string };
  return rig.owner.fetch(path.replace("nobody-0001", id), { method });
};

/** Of a run of its own: another that was begun before ends first. */
const ofSelftest: Ask = async (rig, path, method) => {
  const ended = (): Promise<SelftestState> =>
    vi.waitFor(async () => {
      const state = await getJson<SelftestState>(rig.owner, "/api/selftest");
      expect(state.running).toBe(false);
      return state;
    }, wait);
  const before = (await ended()).last;
  const ask = { attended: false, only: ["settings-sound", "keys"] };
  await expectOk(await putJson(rig.owner, "/api/selftest", ask, "POST"));
  const { last } = await ended();
  expect(last).not.toBe(before);
  return rig.owner.fetch(path.replace("nobody-0001", last ?? ""), { method });
};

/** Of which a journal may know something. */
const someTime = { zones: { zones: [] }, fromWallMs: 0, toWallMs: 4e12 };

/** Since for ever. */
const between: Ask = ({ owner }, path, method) => owner.fetch(`${path}?from=0&to=4000000000000`, { method });
const aSnooze = { length: "15m", ringThrough: true, timeZone: "Europe/Berlin" };
const someRules = {
  kinds: ["ring"],
  zones: [],
  timeZone: "Europe/Berlin",
  quiet: [],
  ringThroughQuiet: true,
  digestAfter: true,
};

/** A header and samples, of which this doorbell had nothing to sound but its own tones. */
const huntSpeaker: RouteHunt = async ({ owner }) => {
  const response = await owner.fetch("/api/sim/speaker");
  expect(readWav(new Uint8Array(await response.arrayBuffer())).rate).toBe(16_000);
};

const kib = (amount: number): number => amount * 1_024;

export const routeHunts: Readonly<Record<string, RouteHunt>> = {
  "GET /": words(kib(64)),
  "GET /*": builtPage,
  "GET /healthz": words(kib(4)),
  "GET /notice": words(kib(16)),
  "GET /notice/sign": words(kib(32)),
  "GET /api/door": words(kib(2)),
  "POST /api/pair": refused(kib(2), withBody({ code: "000000", record: {} })),
  "POST /api/join": words(kib(2), withBody(wantsIn)),
  "GET /api/join/:id": refused(kib(2)),
  "DELETE /api/join/:id": refused(kib(2)),
  "POST /api/session/challenge": words(kib(2)),
  "POST /api/session": refused(kib(2), withBody({ envelope: {} })),
  "GET /api/session": words(kib(4)),
  "DELETE /api/session": words(kib(2), asPassing),
  "GET /api/sessions": words(kib(16)),
  "DELETE /api/sessions/:id": refused(kib(2)),
  "GET /api/people": words(kib(16)),
  "POST /api/people": refused(kib(2), withBody({ record: {} })),
  "GET /api/status": words(kib(16)),
  "GET /metrics": words(kib(64)),
  "GET /api/events": words(kib(64)),
  "GET /api/events/:id": words(kib(4)),
  "PUT /api/events/:id/mark": words(kib(1), withBody({ mark: "good" })),
  // the event of the hunt is a ring, and that is what it stays
  "POST /api/events/:id/what": words(kib(4), withBody({ label: "person" }), true),
  "POST /api/events/keep": words(kib(1), withBody({ ids: ["nobody-0001"], keep: true })),
  "DELETE /api/events/:id": words(kib(2)),
  "POST /api/events/delete": words(kib(2), withBody({ ids: ["nobody-0001"], dry: true })),
  "GET /api/timeline": words(kib(64), between),
  "GET /api/timeline/watched": words(kib(16), between),
  "GET /api/clips/:id": words(kib(16)),
  "GET /api/clips/:id/init.mp4": huntClip,
  "GET /api/clips/:id/fragments/:index": huntClip,
  "GET /api/clips/:id/thumb.jpg": huntThumbnail,
  // no parcel was left; where one was, the file is hunted through (files.ts)
  "GET /api/clips/:id/pictures/:name": words(kib(2)),
  "POST /api/sim/press": words(kib(2)),
  "POST /api/sim/pir": words(kib(2), withBody({ active: true })),
  "GET /api/ws": notices,
  "GET /api/live": huntLive,
  "GET /api/heat": huntHeat,
  "POST /api/calls": huntCall,
  "PUT /api/calls/:id": refused(kib(2), withBody({ talking: true })),
  "DELETE /api/calls/:id": refused(kib(2)),
  "GET /api/talk": words(kib(8)),
  "GET /api/sim/speaker": huntSpeaker,
  "PUT /api/chime": words(kib(2), withBody({ tone: "knock", volume: 50 })),
  "POST /api/chime/try": words(kib(2), withBody({ tone: "knock", volume: 50 })),
  "POST /api/replies": words(kib(2), withBody({ name: "hello", words: "hello", voice: "en-gb" })),
  "POST /api/replies/recorded": refused(kib(2), withBody({})),
  "POST /api/replies/:id/play": refused(kib(2)),
  "DELETE /api/replies/:id": refused(kib(2)),
  "GET /api/policy": words(kib(16)),
  "PUT /api/policy": refused(kib(2), withBody({ envelope: {} })),
  "GET /api/health": words(kib(16)),
  "POST /api/programs": words(kib(2), withBody({ name: "a program" })),
  "PUT /api/privacy": words(kib(2), withBody({ closed: false })),
  "POST /api/still": huntSetupStill,
  "POST /api/snapshot": huntSnapshot,
  "GET /api/zones": words(kib(16)),
  "PUT /api/zones": words(kib(2), withBody({ zones: [] })),
  "GET /api/calibration": words(kib(64)),
  "GET /api/calibration/progress": words(kib(1)),
  "POST /api/calibration/preview": words(kib(512), withBody(someTime)),
  "POST /api/calibration/propose": words(kib(64), withBody(someTime)),
  "POST /api/calibration/labels": words(kib(16), withBody({ zones: { zones: [] } })),
  "GET /api/walks": words(kib(64)),
  "POST /api/walks": words(kib(1_024), takeWalk),
  "GET /api/walks/:id": words(kib(1_024), ofWalk),
  "GET /api/walks/:id/report": words(kib(1_024), ofWalk),
  "DELETE /api/walks/:id": words(kib(2), ofWalk),
  "GET /api/selftest": words(kib(64)),
  "POST /api/selftest": words(kib(64), withBody({ attended: false, only: ["settings-sound"] })),
  "DELETE /api/selftest": words(kib(2)),
  "GET /api/selftests": words(kib(64)),
  "GET /api/selftests/:id": words(kib(256), ofSelftest),
  "GET /api/selftests/:id/html": words(kib(512), ofSelftest),
  "GET /api/selftests/:id/junit": words(kib(256), ofSelftest),
  // sealed by the eye (test/leak/examine.test.ts); this run looked at no camera
  "GET /api/selftests/:id/picture": refused(kib(2), ofSelftest),
  "DELETE /api/selftests/:id": words(kib(2), ofSelftest),
  "GET /api/phones": words(kib(16)),
  "PUT /api/phones": words(kib(16), withBody({ allowed: true })),
  "POST /api/phones": refused(kib(2), withBody({ endpoint: "", p256dh: "", auth: "", label: "a phone" })),
  "DELETE /api/phones/:id": refused(kib(2)),
  "POST /api/phones/:id/test": refused(kib(2)),
  "GET /api/alerts": words(kib(64)),
  "PUT /api/alerts/rules": words(kib(64), withBody(someRules)),
  "PUT /api/alerts/snooze": words(kib(64), withBody(aSnooze)),
  "DELETE /api/alerts/snooze": words(kib(64)),
  "PUT /api/alerts/house/rules": words(kib(64), withBody(someRules)),
  "PUT /api/alerts/house/snooze": words(kib(64), withBody(aSnooze)),
  "DELETE /api/alerts/house/snooze": words(kib(64)),
  "GET /api/history": words(kib(64)),
  "GET /api/requests": words(kib(64)),
  "POST /api/requests/:hash/refuse": refused(kib(2)),
  "PUT /api/mute": words(kib(64), withBody({ agency: "all", muted: false })),
  "GET /api/place": words(kib(2)),
  "PUT /api/place": words(kib(2), withBody({ place: { lat: 54.3233, lon: 10.1394 } })),
  "GET /api/court-orders": words(kib(64)),
  "POST /api/court-orders": refused(kib(2), withBody({ envelope: {} })),
  "GET /api/ledger/checkpoint": words(kib(2)),
  "GET /api/ledger/consistency": words(kib(4), ({ owner }) =>
    owner.fetch("/api/ledger/consistency?from=1&to=2"),
  ),
  "GET /api/ledger/export": words(kib(256)),
  "GET /api/grants": words(kib(64)),
  "GET /api/grants/:id": refused(kib(2)),
  "POST /api/grants": refused(kib(2), withBody({ envelope: {}, letter: "", headers: [] })),
  "POST /api/grants/:id/revoke": refused(kib(2), withBody({ envelope: {} })),
  "POST /api/grants/:id/resume": refused(kib(2)),
  "POST /api/grants/:id/ask": refused(kib(2)),
  "POST /api/grants/:id/deletion": refused(kib(2), withBody({ envelope: {} })),
  "GET /api/destinations": words(kib(2)),
};
