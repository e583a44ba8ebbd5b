/** What the courier is told for the broker of the house, over the real link. */
import { expect, test } from "vitest";
import { deviceId } from "../../../daemon/keeper/told/facts.ts";
import type { Facts } from "../../../daemon/wire/told.ts";
import { openDoor } from "./door.ts";
import { until } from "./page.ts";
import { connectTestCourier, type TestCourier } from "./test-courier.ts";

const facts = ({ received }: TestCourier): Facts[] =>
  received.flatMap((message) => (message.type === "facts" ? [message] : []));
const rings = ({ received }: TestCourier): string[] =>
  received.flatMap((message) =>
    message.type === "happened" && message.kind === "ring" ? [message.event] : [],
  );

test("without a broker nothing is told", async () => {
  await using door = await openDoor();
  await using courier = await connectTestCourier(door.paths);
  await door.button.press();
  courier.send({ type: "chunk-asked", grant: "grant-0001", offset: 0 });
  await until(() => courier.received.some(({ type }) => type === "chunk-refused"));
  expect(courier.received.map(({ type }) => type)).toEqual(["feed-from", "chunk-refused"]);
});

test("a courier that comes is told how the doorbell is, and at once when somebody rings", async () => {
  await using door = await openDoor({
    settings: { mqtt: { url: "mqtt://127.0.0.1:1", name: "Front door" } },
  });
  await using courier = await connectTestCourier(door.paths);
  await until(() => facts(courier).length > 0);
  expect(facts(courier)[0]).toMatchObject({
    device: deviceId(door.device),
    name: "Front door",
    masked: true,
    motion: false,
    watched: false,
  });
  await door.button.press();
  await until(() => rings(courier).length === 1);
  const { events } = (await (await door.owner.fetch("/api/events")).json()) as { events: { id: string }[] };
  expect(rings(courier)).toEqual([events[0]?.id]);
});

test("what a courier that died was not done with is said to the next one, what it was done with is not", async () => {
  await using door = await openDoor({
    settings: { mqtt: { url: "mqtt://127.0.0.1:1" }, button: { cooldownMs: 0 } },
  });
  const first = await connectTestCourier(door.paths);
  await door.button.press();
  await door.button.press();
  await until(() => rings(first).length === 2);
  const [one = "", two] = rings(first);
  first.send({ type: "happened-done", alert: one, channel: "mqtt", taken: true });
  // answered in order: the keeper has heard what was said before
  first.send({ type: "chunk-asked", grant: "grant-0001", offset: 0 });
  await until(() => first.received.some(({ type }) => type === "chunk-refused"));
  await first[Symbol.asyncDispose]();
  await using second = await connectTestCourier(door.paths);
  await until(() => facts(second).length > 0);
  expect(rings(second)).toEqual([two]);
});
