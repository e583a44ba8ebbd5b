import { expect, test } from "vitest";
import { statusSchema } from "../../../daemon/wire/api-status.ts";
import { eventPageSchema } from "../../../daemon/wire/api.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { openDoor } from "./door.ts";
import { openPage, until } from "./page.ts";
import { connectTestEye } from "./test-eye.ts";

test("a press is told to pages, stored, recorded and sounded", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using page = await openPage(door.owner);
  await until(() => door.keeper.status().processes[0]?.connected === true);
  await door.button.press();
  const notice = await page.next((each) => each.type === "event");
  expect(notice).toMatchObject({ fresh: true, event: { kind: "ring", state: "open", clip: null } });
  await until(() => eye.received.some((each) => each.type === "record"));
  expect(door.chime.sounded).toBe(1);
  await door.keeper.settled();
  expect(door.keeper.status().storage.events).toBe(1);
});

test("a second press within the cooldown is counted, but neither rings nor chimes again", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { button: { cooldownMs: 5_000 } } });
  await door.button.press();
  await clock.advance(4_999);
  await door.button.press();
  const { sensors, stages } = door.keeper.status();
  expect(sensors[0]).toMatchObject({ role: "button", count: 2 });
  expect(stages.find((each) => each.name === "button")).toMatchObject({ in: 2, out: 1, dropped: 1 });
  expect(door.chime.sounded).toBe(1);
  await clock.advance(1);
  await door.button.press();
  expect(door.chime.sounded).toBe(2);
});

test("a ring without a picture ends after the post-roll", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { recording: { postRollMs: 6_000 } } });
  await using page = await openPage(door.owner);
  await door.button.press();
  await clock.advance(5_999);
  expect(page.notices.some((each) => each.type === "event" && !each.fresh)).toBe(false);
  await clock.advance(1);
  const notice = await page.next((each) => each.type === "event" && !each.fresh);
  expect(notice).toMatchObject({ event: { state: "closed" } });
});

test("a press is in the timeline at once, before the index has it", async () => {
  await using door = await openDoor();
  await door.button.press();
  const { events } = eventPageSchema.parse(await (await door.get("/api/events")).json());
  expect(events).toMatchObject([{ kind: "ring" }]);
});

test(
  "without an eye, 500 presses all reach a page, half of them within 20 ms",
  { timeout: 60_000 },
  async () => {
    await using door = await openDoor({ settings: { button: { cooldownMs: 0 } } });
    await using page = await openPage(door.owner);
    const arrivedMs: number[] = [];
    page.socket.on("message", (data: Buffer) => {
      if (data.includes('"fresh":true')) arrivedMs.push(performance.now());
    });
    const tookMs: number[] = [];
    for (let press = 0; press < 500; press += 1) {
      const startMs = performance.now();
      await door.button.press();
      await until(() => arrivedMs.length > press);
      tookMs.push((arrivedMs[press] ?? Infinity) - startMs);
    }
    tookMs.sort((a, b) => a - b);
    // the goal is 20 ms at the 99th percentile (npm run bench); on a busy test machine the median must do
    expect(tookMs[250]).toBeLessThan(20);
  },
);

test("PIR edges in the warm-up are counted but not passed on, and what began in it is not believed", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock, settings: { pir: { warmUpMs: 30_000 } } });
  await using eye = await connectTestEye(door.paths);
  await until(() => door.keeper.status().processes[0]?.connected === true);
  await door.pir.edge(true);
  await clock.advance(30_000);
  await door.pir.edge(false);
  await until(() => eye.received.length > 0);
  expect(eye.received).toMatchObject([{ type: "pir", state: "quiet" }]);
  expect(door.keeper.status().sensors[1]).toMatchObject({ role: "pir", count: 2 });
});

test("a lost button shows as failed, is opened again, and rings again", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  await door.button.lose();
  expect(door.keeper.status().sensors[0]).toMatchObject({ state: "failed", fault: { kind: "unavailable" } });
  await clock.advance(1_000);
  expect(door.keeper.status().sensors[0]).toMatchObject({ state: "ok" });
  await door.button.press();
  expect(door.chime.sounded).toBe(1);
});

test("a broken chime and a missing light cost the ring nothing", async () => {
  const broken = {
    name: "broken chime",
    sound: () => Promise.reject(new Error("no current")),
    [Symbol.asyncDispose]: async () => {},
  };
  const missing = { open: () => Promise.reject(new Error("no such line")) };
  await using door = await openDoor({
    drivers: { chime: { open: async () => broken }, light: missing },
  });
  await using page = await openPage(door.owner);
  await door.button.press();
  await page.next((each) => each.type === "event");
  const status = statusSchema.parse(await (await door.get("/api/status")).json());
  expect(status.sensors.map((each) => [each.role, each.state])).toEqual([
    ["button", "ok"],
    ["pir", "ok"],
    ["chime", "failed"],
    ["light", "failed"],
  ]);
});
