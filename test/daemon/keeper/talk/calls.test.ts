/** Calls at a real keeper, with a real talk process, by somebody who has no browser. */
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../../../../hal/clock.ts";
import { gstOpenMicrophone } from "../../../../hal/gst/open-microphone.ts";
import { readWav } from "../../../../hal/pcm.ts";
import { porchHertz } from "../../../../hal/sim/open-microphone.ts";
import { simSpeaker } from "../../../../hal/sim/speaker.ts";
import type { TalkState } from "../../../../daemon/wire/api-talk.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import { policyOf } from "../../../../scripts/rigs/paired.ts";
import { call, offerOf, postCall, type Phone } from "../../../../scripts/rigs/phone.ts";
import { enrol, expectOk, getJson, human, putJson, signIn } from "../../../../scripts/rigs/person.ts";
import { purity } from "../../../../scripts/rigs/tone-ear.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { openPage, until } from "../page.ts";
import { connectTestEye, runningStatus } from "../test-eye.ts";

const wait = { timeout: 30_000, interval: 50 };
const within = { timeout: 60_000 };

/** A policy in which the door may be heard, or not. */
async function allowSound(door: TestDoor, audio: boolean, version: number): Promise<void> {
  const policy = { ...policyOf(door.device, { version }), audio };
  const envelope = signEnvelope(door.owner.keys, payloadTypes.policy, policy);
  await expectOk(await putJson(door.owner, "/api/policy", { envelope }));
}

/** What the simulated speaker at the door sounded. */
async function atTheDoor(door: TestDoor, hertz: number): Promise<number> {
  const answer = await expectOk(await door.get("/api/sim/speaker"));
  return purity(readWav(new Uint8Array(await answer.arrayBuffer())), hertz);
}

async function voice(phone: Phone, hertz: number): Promise<AsyncDisposable> {
  const source = `audiotestsrc is-live=true wave=sine samplesperbuffer=960 freq=${hertz}`.split(" ");
  const microphone = await gstOpenMicrophone({ clock: systemClock, name: "voice", source }).open();
  microphone.onPacket((packet) => phone.say(packet));
  return microphone;
}

/** Until a microphone elsewhere has given so many packets, 20 ms each. */
async function ticks(count: number): Promise<void> {
  const source = ["audiotestsrc", "is-live=true", "samplesperbuffer=960"];
  await using microphone = await gstOpenMicrophone({ clock: systemClock, name: "time", source }).open();
  let seen = 0;
  microphone.onPacket(() => (seen += 1));
  await vi.waitFor(() => expect(seen).toBeGreaterThan(count), wait);
}

function talkPids(): number[] {
  const own = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
    .split(" ")
    .map(Number);
  return own.filter((pid) => {
    const path = `/proc/${pid}/cmdline`;
    return pid > 0 && existsSync(path) && readFileSync(path, "utf8").includes("talk/talk.ts");
  });
}

afterEach(() => vi.waitFor(() => expect(talkPids()).toEqual([]), wait));

test(
  "where the policy allows it the door is heard, with a tone at the door before and after",
  within,
  async () => {
    await using door = await openDoor();
    await allowSound(door, true, 1);
    await using phone = await call(door.owner);
    expect(phone.heardBecause).toBe("yes");
    // there is no eye here, which it would show otherwise
    await vi.waitFor(() => expect(door.light.state).toBe("live"), wait);
    await using ear = simSpeaker({ clock: systemClock });
    phone.onHeard((packet) => ear.live(packet));
    await vi.waitFor(() => expect(purity(ear.heard(), porchHertz)).toBeGreaterThan(0.8), wait);
    // up: C5, G5 of soft wood
    await vi.waitFor(async () => expect(await atTheDoor(door, 523.25)).toBeGreaterThan(0.3), wait);
    expect((await phone.hangUp()).status).toBe(204);
    expect((await getJson<TalkState>(door.owner, "/api/talk")).calls).toBe(0);
  },
);

test("where it does not, nothing of the door is heard, and the call says so", within, async () => {
  await using door = await openDoor();
  await allowSound(door, false, 1);
  await using phone = await call(door.owner);
  let heard = 0;
  phone.onHeard(() => (heard += 1));
  expect(phone.heardBecause).toBe("policy");
  await vi.waitFor(() => expect(phone.state()).toBe("connected"), wait);
  await using _voice = await voice(phone, 900);
  await phone.talk(true);
  await vi.waitFor(async () => expect(await atTheDoor(door, 900)).toBeGreaterThan(0.8), wait);
  expect(heard).toBe(0);
});

test(
  "a call that begins before the eye obeys the policy is heard from then on; the ledger says it first, and the page is told",
  within,
  async () => {
    await using door = await openDoor();
    await using page = await openPage(door.owner);
    await using eye = await connectTestEye(door.paths);
    const obeys = (policyVersion: number | null): void =>
      eye.status({
        camera: { ...runningStatus.camera, width: 1_280, height: 720 }, // as the policy's picture
        mask: { ...runningStatus.mask, policyVersion },
      });
    obeys(null);
    await until(() => door.keeper.status().camera.state === "running");
    await allowSound(door, true, 1);
    await using phone = await call(door.owner);
    let heard = 0;
    phone.onHeard(() => (heard += 1));
    expect(phone.heardBecause).toBe("not-yet");
    obeys(1);
    const told = await page.next(({ type }) => type === "call-heard");
    expect(told).toEqual({ type: "call-heard", id: phone.id, heard: "yes" });
    await vi.waitFor(() => expect(heard).toBeGreaterThan(20), wait);
    const { entries } = await getJson<{ entries: { what: string; detail: string }[] }>(
      door.owner,
      "/api/history?limit=20",
    );
    const details = entries.filter(({ what }) => what === "call").map(({ detail }) => detail);
    expect(details).toEqual(["could hear the door", "could not hear the door"]);
  },
);

test("a policy that allows it no more silences the door at once", within, async () => {
  await using door = await openDoor();
  await allowSound(door, true, 1);
  await using phone = await call(door.owner);
  let heard = 0;
  phone.onHeard(() => (heard += 1));
  await vi.waitFor(() => expect(heard).toBeGreaterThan(0), wait);
  await allowSound(door, false, 2);
  // what was on its way comes; then there is a second without any
  await vi.waitFor(async () => {
    const before = heard;
    await ticks(50);
    expect(heard).toBe(before);
  }, wait);
});

test(
  "a sight that somebody closes silences the door at once, and opened it is heard again",
  within,
  async () => {
    await using door = await openDoor();
    await allowSound(door, true, 1);
    await using phone = await call(door.owner);
    let heard = 0;
    phone.onHeard(() => (heard += 1));
    await vi.waitFor(() => expect(heard).toBeGreaterThan(0), wait);
    await expectOk(await putJson(door.owner, "/api/privacy", { closed: true }));
    await vi.waitFor(async () => {
      const before = heard;
      await ticks(50);
      expect(heard).toBe(before);
    }, wait);
    const silent = heard;
    await expectOk(await putJson(door.owner, "/api/privacy", { closed: false }));
    await vi.waitFor(() => expect(heard).toBeGreaterThan(silent), wait);
  },
);

test(
  "what is said sounds at the door while its person talks, and nobody hears the door meanwhile",
  within,
  async () => {
    await using door = await openDoor();
    await allowSound(door, true, 1);
    await using phone = await call(door.owner);
    await vi.waitFor(() => expect(phone.state()).toBe("connected"), wait);
    await using _voice = await voice(phone, 900);
    let heard = 0;
    phone.onHeard(() => (heard += 1));
    await vi.waitFor(() => expect(heard).toBeGreaterThan(20), wait);
    expect(await atTheDoor(door, 900)).toBeLessThan(0.1);
    expect((await phone.talk(true)).status).toBe(200);
    await vi.waitFor(async () => expect(await atTheDoor(door, 900)).toBeGreaterThan(0.8), wait);
    await phone.talk(false);
    const before = heard;
    await vi.waitFor(() => expect(heard).toBeGreaterThan(before), wait);
  },
);

test("one talks at a time; a call is its own session's alone", within, async () => {
  await using door = await openDoor();
  await enrol(door.owner, human(2, "member"));
  const member = await signIn(door.base, human(2, "member"));
  await using first = await call(door.owner);
  await using second = await call(member);
  expect((await first.talk(true)).status).toBe(200);
  expect((await second.talk(true)).status).toBe(409);
  expect((await second.talk(false)).status).toBe(200);
  expect((await putJson(member, `/api/calls/${first.id}`, { talking: false })).status).toBe(404);
  expect((await member.fetch(`/api/calls/${first.id}`, { method: "DELETE" })).status).toBe(404);
  await first.hangUp();
  expect((await second.talk(true)).status).toBe(200);
});

test("signing out ends the call, and pages hear that it is over", within, async () => {
  await using door = await openDoor();
  await enrol(door.owner, human(2, "member"));
  const member = await signIn(door.base, human(2, "member"));
  await using page = await openPage(door.owner);
  await using phone = await call(member);
  await member.fetch("/api/session", { method: "DELETE" });
  expect(await page.next(({ type }) => type === "call-ended")).toEqual({
    type: "call-ended",
    id: phone.id,
    why: "signed-out",
  });
  expect((await getJson<TalkState>(door.owner, "/api/talk")).calls).toBe(0);
});

test("who signs out while the body of a call is under way opens none", within, async () => {
  await using door = await openDoor();
  await enrol(door.owner, human(2, "member"));
  const member = await signIn(door.base, human(2, "member"));
  const { connection, sdp } = await offerOf();
  const body = JSON.stringify({ sdp });
  const request = httpRequest(`${door.base}/api/calls`, {
    method: "POST",
    headers: {
      cookie: member.cookie,
      origin: door.base,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      expect: "100-continue", // answered when the keeper has begun with the request
    },
  });
  request.flushHeaders();
  await once(request, "continue");
  await expectOk(await member.fetch("/api/session", { method: "DELETE" }));
  request.end(body);
  const [refused] = (await once(request, "response")) as [IncomingMessage];
  connection.close();
  expect(refused.statusCode).toBe(503);
  expect((await getJson<TalkState>(door.owner, "/api/talk")).calls).toBe(0);
});

test("a talk process that is killed ends its calls, and the next call has another", within, async () => {
  await using door = await openDoor();
  await using page = await openPage(door.owner);
  await using phone = await call(door.owner);
  const [pid = 0] = talkPids();
  process.kill(pid, "SIGKILL");
  const ended = await page.next(({ type }) => type === "call-ended");
  expect(ended).toMatchObject({ id: phone.id, why: "lost" });
  await using again = await call(door.owner);
  await vi.waitFor(() => expect(again.state()).toBe("connected"), wait);
  expect(talkPids()).not.toContain(pid);
});

test("the ledger says who was in a call before it begins", within, async () => {
  await using door = await openDoor();
  await using _phone = await call(door.owner);
  const { entries } = await getJson<{ entries: { what: string; who: string; detail: string }[] }>(
    door.owner,
    "/api/history?limit=10",
  );
  expect(entries.find(({ what }) => what === "call")).toMatchObject({ detail: "could not hear the door" });
  expect(entries.map(({ what }) => what)).toContain("live-view");
});

test("there are four calls at most", within, async () => {
  await using door = await openDoor();
  const stack = new AsyncDisposableStack();
  for (let i = 0; i < 4; i += 1) stack.use(await call(door.owner, { sound: false }));
  const { connection, sdp } = await offerOf({ sound: false });
  const refused = await postCall(door.owner, sdp);
  connection.close();
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { error: { message: "there are 4 calls already" } },
  ]);
  await stack.disposeAsync();
});

test("off is off", async () => {
  await using door = await openDoor({ settings: { talk: { enabled: false } } });
  const { connection, sdp } = await offerOf();
  connection.close();
  const refused = await postCall(door.owner, sdp);
  expect(await refused.json()).toMatchObject({
    error: { message: "calls are off", hint: "talk.enabled turns them on" },
  });
});

test("an offer that is none is words and 400, and starts no process", async () => {
  await using door = await openDoor();
  const refused = await postCall(door.owner, "garbage");
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { error: { kind: "invalid", message: "this is no offer of a call: it does not begin with v=0" } },
  ]);
  expect(talkPids()).toEqual([]);
});
