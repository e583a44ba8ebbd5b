import { createConnection } from "node:net";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { healthSchema } from "../../../daemon/wire/api-health.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { eventIn, writeClip } from "./clip-on-disk.ts";
import { openDoor } from "./door.ts";
import { openPage, until } from "./page.ts";
import { connectTestEye } from "./test-eye.ts";

const hourMs = 3_600_000;

test("after its time an event and its clip go, files and all, and the pages hear of it", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { storage: { retentionHours: 1 } } });
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  const startWallMs = clock.wallMs();
  const clip = { id: "clip-0001", startWallMs, events: [eventIn("event-01", startWallMs)] };
  eye.send({ type: "event-opened", event: "event-01", kind: "motion", startWallMs, score: 1, zones: [] });
  eye.send({ type: "event-closed", event: "event-01", endWallMs: startWallMs + 9, score: 1, zones: [] });
  await eye.record(door.paths, clip);
  const { folder } = await writeClip(door.paths, clip);
  eye.send({ type: "clip-closed", clip: clip.id, endWallMs: startWallMs + 4_000, reason: "quiet" });
  await page.next((each) => each.type === "clip" && each.clip.state === "complete");
  await clock.advance(hourMs - 60_000);
  expect(existsSync(folder)).toBe(true);
  await until(async () => {
    await clock.advance(60_000);
    return !existsSync(folder);
  });
  await page.next((each) => each.type === "event-deleted" && each.id === "event-01");
  expect(door.keeper.status().storage).toMatchObject({ clips: 0, events: 0, usedBytes: 0, evicted: 0 });
});

test("a clock that leaps is a problem that is shown, and deletes nothing", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { storage: { retentionHours: 1 } } });
  await door.button.press();
  await clock.advance(60_000);
  clock.stepWall(3_650 * 24 * hourMs);
  await until(async () => {
    await clock.advance(60_000);
    const { problems } = healthSchema.parse(await (await door.get("/healthz")).json());
    return problems.some((each) => /^the clock shows .*nothing is deleted for its age/u.test(each));
  });
  expect(door.keeper.status().storage.events).toBe(1);
});

test("an eye that is there and says nothing any more is no running camera", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  await using eye = await connectTestEye(door.paths);
  eye.status();
  await until(() => door.keeper.status().camera.state === "running");
  await clock.advance(29_000);
  expect(door.keeper.status().camera.state).toBe("running");
  await clock.advance(2_000);
  expect(door.keeper.status().camera).toMatchObject({
    state: "stalled",
    fault: { message: "the eye is there, but says nothing any more" },
  });
  eye.status();
  await until(() => door.keeper.status().camera.state === "running");
});

test("the status light tells fault, idle, live and recording", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  expect(door.light.state).toBe("fault");
  await using eye = await connectTestEye(door.paths);
  const shows = async (state: string) => {
    await until(async () => {
      await clock.advance(2_000);
      return door.light.state === state;
    });
  };
  eye.status();
  await shows("idle");
  const viewer = door.owner.socket("/api/live");
  await shows("live");
  await eye.record(door.paths, {
    id: "clip-0001",
    startWallMs: clock.wallMs(),
    events: [eventIn("event-01", 1)],
  });
  await shows("recording");
  viewer.terminate();
});

test("a page that stops reading is let go and counted, and others are told as before", async () => {
  await using door = await openDoor({ settings: { button: { cooldownMs: 0 } } });
  await using stalled = await openPage(door.owner);
  stalled.socket.pause();
  await using page = await openPage(door.owner);
  const dropped = () => door.keeper.status().stages.find((each) => each.name === "pages")?.dropped;
  await until(async () => {
    for (let press = 0; press < 500; press += 1) await door.button.press();
    return dropped() === 1;
  }, 15_000);
  const before = page.notices.length;
  await door.button.press();
  await until(() => page.notices.length > before);
}, 30_000);

test("more requests in a minute than anybody needs are answered 429, health is not counted", async () => {
  await using door = await openDoor();
  const socket = createConnection(door.keeper.port, "127.0.0.1");
  let answers = "";
  socket.on("data", (data) => (answers += data.toString("latin1")));
  const ask = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${door.owner.cookie}\r\n\r\n`;
  socket.write(ask("/api/events/no").repeat(3_001) + ask("/healthz"));
  await until(() => answers.includes("HTTP/1.1 503"), 15_000);
  // how many of a burst are refused depends on how it is cut into packets
  expect(answers.match(/HTTP\/1.1 400/g)?.length).toBeLessThanOrEqual(3_000);
  expect(answers).toContain("HTTP/1.1 429");
  expect(answers).toContain('"kind":"exhausted"');
  socket.destroy();
}, 30_000);

test("more connections than a home needs are closed at once, and those that are there go on", async () => {
  await using door = await openDoor();
  const sockets = Array.from({ length: 300 }, () => createConnection(door.keeper.port, "127.0.0.1"));
  let closed = 0;
  for (const socket of sockets) socket.on("error", () => {}).on("close", () => (closed += 1));
  await until(() => closed >= 300 - 256);
  const [first] = sockets;
  first?.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(() => (first?.bytesRead ?? 0) > 0);
  for (const socket of sockets) socket.destroy();
});

test("clips that nobody reads hold 64 places at most, and give them back", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const startWallMs = Date.now();
  // more than the kernel takes on behalf of somebody who does not read
  await eye.record(door.paths, { id: "clip-0001", startWallMs, fragments: 1, bytesEach: 12_000_000 });
  const path = "/api/clips/clip-0001/fragments/0";
  const status = async (): Promise<number> => {
    const answer = await door.get(path);
    await answer.body?.cancel();
    return answer.status;
  };
  await until(async () => (await status()) === 200);
  const stuck = Array.from({ length: 64 }, () => {
    const socket = createConnection(door.keeper.port, "127.0.0.1").pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${door.owner.cookie}\r\n\r\n`);
    return socket;
  });
  await until(async () => (await status()) === 503);
  for (const socket of stuck) socket.destroy();
  await until(async () => (await status()) === 200);
});
