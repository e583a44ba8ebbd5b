import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { timelineSchema } from "../../../daemon/wire/api-timeline.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { healthSchema } from "../../../daemon/wire/api-health.ts";
import { clipSchema, eventPageSchema, eventSchema } from "../../../daemon/wire/api.ts";
import type { EyeToKeeper } from "../../../daemon/wire/messages.ts";
import { clipFiles } from "../../../daemon/wire/paths.ts";
import { eventIn, writeClip } from "./clip-on-disk.ts";
import { openDoor, type TestDoor } from "./door.ts";
import { openPage, until } from "./page.ts";
import { tempFolder } from "./temp-folder.ts";
import { connectTestEye } from "./test-eye.ts";

// not old enough for the retention rules to take it
const startWallMs = Date.now() - 60_000;
const motion: EyeToKeeper = {
  type: "event-opened",
  event: "event-01",
  kind: "motion",
  startWallMs,
  score: 2,
  zones: ["path"],
};
const clip = { id: "clip-0001", startWallMs, events: [eventIn("event-01", startWallMs)] };

async function clipNow(door: TestDoor) {
  const answer = await door.get("/api/clips/clip-0001");
  return answer.status === 200 ? clipSchema.parse(await answer.json()) : null;
}

async function eventNow(door: TestDoor) {
  const answer = await door.get("/api/events/event-01");
  return answer.status === 200 ? eventSchema.parse(await answer.json()) : null;
}

test("motion, its clip, fragments and end become one closed event with a complete clip", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  eye.send(motion);
  const fragments = await eye.record(door.paths, clip);
  eye.send({ type: "clip-thumbnail", clip: clip.id, bytes: 9 });
  eye.send({
    type: "event-closed",
    event: "event-01",
    endWallMs: startWallMs + 3_000,
    score: 8,
    zones: ["gate"],
  });
  await writeClip(door.paths, clip);
  eye.send({ type: "clip-closed", clip: clip.id, endWallMs: startWallMs + 4_000, reason: "quiet" });
  await page.next((each) => each.type === "clip" && each.clip.state === "complete");
  expect(await eventNow(door)).toMatchObject({
    state: "closed",
    score: 8,
    zones: ["path", "gate"],
    clip: clip.id,
  });
  expect(await clipNow(door)).toMatchObject({ durationMs: 4_000, fragments, codec: "avc1.42c01f" });
});

test("what the eye says of an event stands in the API and the timeline; its last word holds", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.send(motion);
  const said = (label: "animal" | "person", score: number): EyeToKeeper => ({
    type: "event-what",
    event: "event-01",
    what: [{ label, score }],
    happenings: [{ kind: "crossed", wallMs: startWallMs + 500 }],
    settled: false,
  });
  eye.send(said("animal", 0.5));
  await until(async () => (await eventNow(door))?.what[0] === "animal");
  eye.send({ type: "event-closed", event: "event-01", endWallMs: startWallMs + 3_000, score: 8, zones: [] });
  eye.send(said("person", 0.987));
  await until(async () => (await eventNow(door))?.what[0] === "person");
  const told = { what: ["person"], happenings: ["crossed"], corrected: null };
  expect(await eventNow(door)).toMatchObject({ ...told, state: "closed", whatScores: [0.99] });
  const answer = await door.get(`/api/timeline?from=${startWallMs - 1_000}&to=${startWallMs + 1_000}`);
  const { sorts, events } = timelineSchema.parse(await answer.json());
  expect(events.sort.map((place) => sorts[place])).toMatchObject([told]);
});

test("that who waited is gone is told and answered while it is so", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  eye.send(motion);
  const isSaid = async (gone: boolean): Promise<boolean> => {
    const { events } = eventPageSchema.parse(await (await door.get("/api/events")).json());
    return events.some((event) => event.happenings.includes("waiting") && (event.gone ?? false) === gone);
  };
  for (const gone of [false, true, false]) {
    eye.send({
      type: "event-what",
      event: "event-01",
      what: [{ label: "person", score: 0.9 }],
      happenings: [{ kind: "waiting", wallMs: startWallMs + 500 }],
      ...(gone ? { gone } : {}),
      settled: false,
    });
    await until(() => isSaid(gone));
  }
  await page.next((each) => each.type === "event" && each.event.gone === true);
});

test("since when the model is as it is: the same said again changes nothing, another state does", async () => {
  const clock = new SimClock(startWallMs);
  await using door = await openDoor({ clock });
  await using eye = await connectTestEye(door.paths);
  const figures = { runs: 0, dropped: 0, failures: 0, msMedian: null, msP95: null, rssBytes: 0 };
  const fault = { kind: "unavailable", message: "it ended with SIGKILL" } as const;
  const since = async (
    state: "loading" | "ready" | "resting" | "refused",
    runs: number,
    also: { readonly fault?: typeof fault } = {},
  ): Promise<number | undefined> => {
    eye.status({ what: { ...figures, model: "sill", state, runs, ...also } });
    await until(() => door.keeper.status().what?.runs === runs);
    return door.keeper.status().what?.sinceWallMs;
  };
  expect(await since("loading", 1)).toBe(startWallMs);
  await clock.advance(5_000);
  expect(await since("loading", 2)).toBe(startWallMs);
  expect(await since("ready", 3)).toBe(startWallMs + 5_000);
  await clock.advance(5_000);
  expect(await since("resting", 4, { fault })).toBe(startWallMs + 10_000);
  await clock.advance(5_000);
  // it starts again and fails again: that is one trouble
  expect(await since("loading", 5, { fault })).toBe(startWallMs + 10_000);
  expect(await since("resting", 6, { fault })).toBe(startWallMs + 10_000);
  expect(await since("ready", 7)).toBe(startWallMs + 15_000);
  await clock.advance(5_000);
  expect(await since("refused", 8, { fault })).toBe(startWallMs + 20_000);
  await clock.advance(300_000);
  // its file is looked at again, and refused again
  expect(await since("loading", 9, { fault })).toBe(startWallMs + 20_000);
  expect(await since("refused", 10, { fault })).toBe(startWallMs + 20_000);
});

test("nobody waits who was heard to ring: the keeper knows of presses that the eye forgot", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  eye.send(motion);
  await door.button.press();
  const ring = await page.next((each) => each.type === "event" && each.event.kind === "ring");
  const rangWallMs = ring.type === "event" ? ring.event.startWallMs : 0;
  const waiting = (wallMs: number): EyeToKeeper => ({
    type: "event-what",
    event: "event-01",
    what: [{ label: "person", score: 0.9 }],
    happenings: [
      { kind: "crossed", wallMs },
      { kind: "waiting", wallMs },
    ],
    settled: false,
  });
  eye.send(waiting(rangWallMs + 119_000));
  await until(async () => (await eventNow(door))?.what[0] === "person");
  expect((await eventNow(door))?.happenings).toEqual(["crossed"]);
  eye.send(waiting(rangWallMs + 121_000));
  await until(async () => (await eventNow(door))?.happenings.includes("waiting") === true);
});

test("when the eye goes, motion and clip are interrupted and the camera shows as failed; then it goes on", async () => {
  await using door = await openDoor();
  {
    await using eye = await connectTestEye(door.paths);
    eye.status({ recording: clip.id });
    eye.send(motion);
    await eye.record(door.paths, clip);
    await until(async () => (await clipNow(door))?.fragments.length === 2);
    expect((await door.get("/healthz")).status).toBe(200);
    expect(door.keeper.status()).toMatchObject({ recording: clip.id, camera: { state: "running" } });
  }
  await until(async () => (await clipNow(door))?.state === "interrupted");
  expect(await eventNow(door)).toMatchObject({ state: "interrupted" });
  const health = await door.get("/healthz");
  expect(health.status).toBe(503);
  expect(healthSchema.parse(await health.json()).problems[0]).toMatch(/the eye is not running/);
  expect(door.keeper.status()).toMatchObject({ recording: null, camera: { state: "failed" } });

  await using again = await connectTestEye(door.paths);
  again.status();
  await until(() => door.keeper.status().camera.state === "running");
});

test("a fragment that became durable but was not reported is found when the eye is gone", async () => {
  await using door = await openDoor();
  {
    await using eye = await connectTestEye(door.paths);
    await eye.record(door.paths, clip);
    await until(async () => (await clipNow(door))?.fragments.length === 2);
    await writeClip(door.paths, { ...clip, fragments: 3, closed: null });
  }
  await until(async () => (await clipNow(door))?.state === "interrupted");
  expect((await clipNow(door))?.fragments).toHaveLength(3);
});

test("a keeper that was restarted in mid-recording takes the clip up again", async () => {
  await using folder = await tempFolder();
  {
    await using door = await openDoor({ data: folder.path });
    await using eye = await connectTestEye(door.paths);
    eye.send(motion);
    await eye.record(door.paths, clip);
    await until(async () => (await clipNow(door))?.fragments.length === 2);
  }
  await using door = await openDoor({ data: folder.path });
  expect(await clipNow(door)).toMatchObject({ state: "interrupted" });
  await using eye = await connectTestEye(door.paths);
  eye.status({ recording: clip.id });
  await until(async () => (await clipNow(door))?.state === "recording");
  eye.send({ type: "event-closed", event: "event-01", endWallMs: startWallMs + 9_000, score: 3, zones: [] });
  await until(async () => (await eventNow(door))?.state === "closed");
});

test("a ring shares the clip that is being recorded, and ends with it", async () => {
  await using door = await openDoor({ settings: { recording: { postRollMs: 60_000 } } });
  await using eye = await connectTestEye(door.paths);
  await until(() => door.keeper.status().processes[0]?.connected === true);
  eye.send(motion);
  await eye.record(door.paths, clip);
  await door.button.press();
  await until(() => eye.received.length > 0);
  const [asked] = eye.received;
  if (asked?.type !== "record") throw new Error(`asked for ${asked?.type}`);
  eye.send({ type: "clip-event", clip: clip.id, event: asked.event });
  eye.send({ type: "clip-closed", clip: clip.id, endWallMs: startWallMs + 4_000, reason: "max-length" });
  const ring = async () => eventSchema.parse(await (await door.get(`/api/events/${asked.event}`)).json());
  await until(async () => (await ring()).state === "closed");
  expect(await ring()).toMatchObject({ kind: "ring", clip: clip.id });
});

test("a ring that is still open is asked of an eye that comes late; an old one is not", async () => {
  await using door = await openDoor({
    settings: { recording: { postRollMs: 200 }, button: { cooldownMs: 0 } },
  });
  await door.button.press();
  await until(async () => (await (await door.get("/api/events")).text()).includes('"closed"'));
  await door.button.press();
  await using eye = await connectTestEye(door.paths);
  await until(() => eye.received.length > 0);
  expect(eye.received.map((each) => each.type)).toEqual(["record"]);
});

test("what does not fit the schema, and live units that are none, are dropped and counted", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.status({ rssBytes: -1 });
  eye.raw(new Uint8Array([9, 9, 9]));
  eye.raw(new Uint8Array(40));
  await until(() =>
    door.keeper.status().stages.some((each) => each.name === "viewers" && each.dropped === 2),
  );
  const link = door.keeper.status().stages.find((each) => each.name === "eye link");
  expect(link).toMatchObject({ dropped: 1 });
});

test("a fragment whose file is damaged later answers as corrupt, one that is gone as not found", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await eye.record(door.paths, clip);
  await until(async () => (await clipNow(door))?.fragments.length === 2);
  const { folder } = await writeClip(door.paths, { ...clip, bytesEach: 10 });
  expect((await door.get("/api/clips/clip-0001/fragments/0")).status).toBe(500);
  rmSync(join(folder, clipFiles.fragment(0)));
  expect((await door.get("/api/clips/clip-0001/fragments/0")).status).toBe(404);
});

test("an event says whether its clip has a thumbnail, also one that joins later, and after its end", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  const second = { ...motion, event: "event-02" };
  eye.send(motion);
  await eye.record(door.paths, clip);
  await page.next((each) => each.type === "event" && each.event.clip === clip.id && !each.event.thumbnail);
  eye.send({ type: "clip-thumbnail", clip: clip.id, bytes: 9 });
  await page.next((each) => each.type === "event" && each.event.thumbnail);
  eye.send(second);
  eye.send({ type: "clip-event", clip: clip.id, event: second.event });
  await page.next((each) => each.type === "event" && each.event.id === second.event && each.event.thumbnail);
  eye.send({ type: "event-closed", event: "event-01", endWallMs: startWallMs + 9, score: 2, zones: [] });
  await page.next((each) => each.type === "event" && each.event.state === "closed" && each.event.thumbnail);
  await door.keeper.settled();
  expect(await eventNow(door)).toMatchObject({ state: "closed", thumbnail: true });
});

test("a thumbnail may change while its clip is recorded, and is kept for ever afterwards", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await eye.record(door.paths, clip);
  const { folder } = await writeClip(door.paths, clip);
  writeFileSync(join(folder, clipFiles.thumbnail), "picture");
  eye.send({ type: "clip-thumbnail", clip: clip.id, bytes: 7 });
  const caching = async () => {
    const answer = await door.get("/api/clips/clip-0001/thumb.jpg");
    return answer.headers.get("cache-control");
  };
  await until(async () => (await caching()) === "no-cache");
  eye.send({ type: "clip-closed", clip: clip.id, endWallMs: startWallMs + 9, reason: "quiet" });
  await until(async () => (await caching())?.includes("immutable") === true);
});

test("an event says that it has a thumbnail only when the index can give it", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  eye.send(motion);
  await eye.record(door.paths, clip);
  eye.send({ type: "clip-thumbnail", clip: clip.id, bytes: 7 });
  await page.next((each) => each.type === "event" && each.event.thumbnail);
  const told = page.notices.flatMap((each) => {
    if (each.type === "clip" && each.clip.thumbnail) return ["clip"];
    return each.type === "event" && each.event.thumbnail ? ["event"] : [];
  });
  expect(told[0]).toBe("clip"); // clips are told from their rows
});

test("that a file is gone is not for a browser to keep", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await eye.record(door.paths, clip);
  await until(async () => (await clipNow(door))?.fragments.length === 2);
  const { folder } = await writeClip(door.paths, clip);
  rmSync(join(folder, clipFiles.fragment(0)));
  const answer = await door.get("/api/clips/clip-0001/fragments/0");
  expect(answer.status).toBe(404);
  expect([answer.headers.get("etag"), answer.headers.get("cache-control")]).toEqual([null, null]);
});
