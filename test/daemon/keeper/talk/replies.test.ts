/** Quick replies and the chime's tone, at a real keeper with a simulated speaker. */
import { existsSync } from "node:fs";
import { expect, test, vi } from "vitest";
import type { Reply, TalkState } from "../../../../daemon/wire/api-talk.ts";
import { gstSpeaker } from "../../../../hal/gst/speaker.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { readWav, writeWav } from "../../../../hal/pcm.ts";
import { expectOk, getJson, putJson } from "../../../../scripts/rigs/person.ts";
import { purity, sine } from "../../../../scripts/rigs/tone-ear.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { tempFolder } from "../temp-folder.ts";

const wait = { timeout: 20_000, interval: 50 };

function post(door: TestDoor, name: string, wav: Uint8Array): Promise<Response> {
  const headers = { "content-type": "audio/wav" };
  const path = `/api/replies/recorded?name=${encodeURIComponent(name)}`;
  return door.owner.fetch(path, { method: "POST", headers, body: Uint8Array.from(wav) });
}

async function heard(door: TestDoor, hertz: number): Promise<number> {
  const answer = await expectOk(await door.get("/api/sim/speaker"));
  return purity(readWav(new Uint8Array(await answer.arrayBuffer())), hertz);
}

test("a recorded reply is kept over a restart, sounds, stands in the ledger, and can be deleted", async () => {
  await using folder = await tempFolder();
  let id = "";
  {
    await using door = await openDoor({ data: folder.path });
    ({ id } = (await (
      await expectOk(await post(door, "One moment", writeWav(sine(700, 0.5))))
    ).json()) as Reply);
  }
  await using door = await openDoor({ data: folder.path });
  const { replies } = await getJson<TalkState>(door.owner, "/api/talk");
  expect(replies).toEqual([{ id, name: "One moment", kind: "recorded", ms: 500 }]);
  expect((await door.owner.fetch(`/api/replies/${id}/play`, { method: "POST" })).status).toBe(204);
  expect(await heard(door, 700)).toBeGreaterThan(0.9);
  const { entries } = await getJson<{ entries: object[] }>(door.owner, "/api/history?limit=5");
  expect(entries).toContainEqual(expect.objectContaining({ what: "reply-played", detail: "One moment" }));
  expect((await door.owner.fetch(`/api/replies/${id}`, { method: "DELETE" })).status).toBe(204);
  expect(existsSync(`${door.paths.talk}/${id}.wav`)).toBe(false);
  expect((await door.owner.fetch(`/api/replies/${id}/play`, { method: "POST" })).status).toBe(404);
});

test("words are spoken where espeak-ng is, and what is no voice is refused", async () => {
  await using door = await openDoor();
  const { canSpeak } = await getJson<TalkState>(door.owner, "/api/talk");
  const body = { name: "Hello", words: "hello --version; $(id)", voice: "en-gb" };
  const made = await putJson(door.owner, "/api/replies", body, "POST");
  expect(made.status).toBe(canSpeak ? 201 : 503);
  expect((await putJson(door.owner, "/api/replies", { ...body, voice: "klingon" }, "POST")).status).toBe(400);
});

test.each([
  ["nothing", new Uint8Array(), 400],
  ["no sound", Buffer.from("x".repeat(500)), 400],
  ["too long", writeWav(sine(700, 12.5)), 413],
  ["too short", writeWav(sine(700, 0.05)), 400],
])("a recording is refused in words: %s", async (_name, wav, status) => {
  await using door = await openDoor();
  const refused = await post(door, "x", wav);
  expect([refused.status, await refused.json()]).toMatchObject([
    status,
    { error: { message: expect.any(String) } },
  ]);
});

test("there are twelve replies at most", async () => {
  await using door = await openDoor();
  const wav = writeWav(sine(700, 0.2));
  for (let i = 0; i < 12; i += 1) expect((await post(door, `reply ${i}`, wav)).status).toBe(201);
  const refused = await post(door, "one more", wav);
  expect(await refused.json()).toMatchObject({ error: { message: "there are 12 replies already" } });
});

test("a ring sounds the chosen tone through the speaker", async () => {
  await using door = await openDoor({ settings: { chime: { driver: "speaker" } } });
  expect((await putJson(door.owner, "/api/chime", { tone: "two-bars", volume: 100 })).status).toBe(200);
  await door.button.press();
  await vi.waitFor(async () => expect(await heard(door, 659.26)).toBeGreaterThan(0.6), wait);
});

test("a button rings although the speaker is dead", async () => {
  const speaker = gstSpeaker({ clock: systemClock, name: "a dead one", sink: ["alsasink", "device=hw:99"] });
  await using door = await openDoor({
    settings: { chime: { driver: "speaker" } },
    sounds: { speaker, microphone: null },
  });
  await door.button.press();
  await vi.waitFor(async () => {
    const { events } = await getJson<{ events: { kind: string }[] }>(door.owner, "/api/events");
    expect(events.map(({ kind }) => kind)).toEqual(["ring"]);
  }, wait);
  await vi.waitFor(async () => {
    const { sensors } = await getJson<{ sensors: { role: string; state: string; count: number }[] }>(
      door.owner,
      "/api/status",
    );
    expect(sensors.find(({ role }) => role === "chime")).toMatchObject({ count: 1 });
  }, wait);
});
