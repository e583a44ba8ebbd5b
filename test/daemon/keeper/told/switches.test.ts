/** What the house's broker may switch, over the real link: allowed, bounded, and never against a person. */
import { expect, test } from "vitest";
import type { Status } from "../../../../daemon/wire/api-status.ts";
import type { Facts, SwitchSaid } from "../../../../daemon/wire/told.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { connectTestCourier, type TestCourier } from "../test-courier.ts";

const broker = { url: "mqtt://127.0.0.1:1" };
const say = (courier: TestCourier, name: SwitchSaid["name"], on: boolean): void =>
  courier.send({ type: "switch", name, on });
const statusOf = async ({ owner }: TestDoor): Promise<Status> =>
  (await (await owner.fetch("/api/status")).json()) as Status;
const switchesOf = async (door: TestDoor) =>
  (await statusOf(door)).stages.find(({ name }) => name === "switches");
const facts = ({ received }: TestCourier): Facts | undefined =>
  received.findLast((each) => each.type === "facts");
const put = (door: TestDoor, path: string, body: unknown): Promise<Response> =>
  door.owner.fetch(path, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });

test("the broker closes the sight and opens what it closed; the facts and the ledger say so", async () => {
  await using door = await openDoor({ settings: { mqtt: { ...broker, switches: ["privacy"] } } });
  await using courier = await connectTestCourier(door.paths);
  say(courier, "privacy", true);
  await until(() => facts(courier)?.privacy === true);
  expect((await statusOf(door)).privacy).toMatchObject({ closed: true, by: "broker", untilWallMs: null });
  say(courier, "privacy", true); // an automation repeats itself
  say(courier, "privacy", false);
  await until(() => facts(courier)?.privacy === false);
  const { entries } = (await (await door.owner.fetch("/api/history")).json()) as {
    entries: { what: string; who: string | null; detail: string }[];
  };
  expect(entries.filter(({ what }) => what.startsWith("privacy-"))).toMatchObject([
    { what: "privacy-opened", who: null, detail: expect.stringContaining("broker") },
    { what: "privacy-closed", who: null, detail: expect.stringContaining("broker") },
  ]);
});

test("what a person closed the broker does not open, and does not make its own by closing it again", async () => {
  await using door = await openDoor({ settings: { mqtt: { ...broker, switches: ["privacy"] } } });
  await using courier = await connectTestCourier(door.paths);
  await put(door, "/api/privacy", { closed: true, minutes: 60 });
  say(courier, "privacy", true);
  say(courier, "privacy", false);
  await until(async () => (await switchesOf(door))?.in === 2);
  await until(async () => (await switchesOf(door))?.dropped === 1);
  expect((await statusOf(door)).privacy).toMatchObject({ closed: true, by: "owner" });
});

test("the broker snoozes the house and ends its own snooze, not an owner's", async () => {
  const alerts = { ntfyUrl: "http://127.0.0.1:1/door" };
  await using door = await openDoor({ settings: { alerts, mqtt: { ...broker, switches: ["snooze"] } } });
  await using courier = await connectTestCourier(door.paths);
  say(courier, "snooze", true);
  await until(() => facts(courier)?.snoozed === true);
  say(courier, "snooze", false);
  await until(() => facts(courier)?.snoozed === false);
  await put(door, "/api/alerts/house/snooze", { length: "open", ringThrough: true, timeZone: "UTC" });
  say(courier, "snooze", true);
  say(courier, "snooze", false);
  await until(async () => (await switchesOf(door))?.in === 4);
  const view = (await (await door.owner.fetch("/api/alerts")).json()) as {
    house: { snooze: { ringThrough: boolean } };
  };
  expect(view.house.snooze).toMatchObject({ ringThrough: true });
});

test("what the settings do not let, and more than a person would, is dropped and counted", async () => {
  await using door = await openDoor({ settings: { mqtt: { ...broker, switches: ["snooze"] } } });
  await using courier = await connectTestCourier(door.paths);
  say(courier, "privacy", true);
  for (let n = 0; n < 20; n += 1) say(courier, "snooze", n % 2 === 0);
  await until(async () => (await switchesOf(door))?.in === 21);
  await until(async () => (await switchesOf(door))?.out === 16);
  // ten times on, six times off: two automations that fight end with it on
  expect(await switchesOf(door)).toMatchObject({ in: 21, out: 16, dropped: 5 });
  expect((await statusOf(door)).privacy.closed).toBe(false);
});
