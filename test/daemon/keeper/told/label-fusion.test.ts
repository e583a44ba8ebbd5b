/** What the PIR changes about whom a house is told of: a keeper with a simulated clock and sensor, and an eye that speaks. */
import { expect, test } from "vitest";
import { everything } from "../../../../daemon/alerts/rules.ts";
import type { Zones } from "../../../../daemon/wire/api-household.ts";
import type { Status } from "../../../../daemon/wire/api-status.ts";
import type { Event } from "../../../../daemon/wire/api.ts";
import type { Seen } from "../../../../daemon/wire/what.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { openDoor } from "../door.ts";
import { drawLine } from "../draw-line.ts";
import { until as untilWithin } from "../page.ts";
import { connectTestCourier } from "../test-courier.ts";
import { connectTestEye } from "../test-eye.ts";

const until = (isSo: () => boolean | Promise<boolean>): Promise<void> => untilWithin(isSo, 30_000);
const model = {
  model: "shipped",
  runs: 0,
  dropped: 0,
  failures: 0,
  msMedian: null,
  msP95: null,
  rssBytes: 0,
};
const square: Zones["zones"][number]["polygon"] = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
];
const atDoor: Seen = { label: "person", score: 0.5, near: true };

/** Its phone wants rings and persons, and its sensor has settled. */
async function openHouse(zones: Partial<Zones> = {}) {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock(Date.parse("2026-01-15T12:00:00Z"));
  const settings = {
    pir: { warmUpMs: 0 },
    button: { cooldownMs: 0 },
    alerts: { ntfyUrl: "http://127.0.0.1:1/door", kinds: ["ring", "motion", "person"] },
  };
  const door = stack.use(await openDoor({ clock, settings }));
  const eye = stack.use(await connectTestEye(door.paths));
  const courier = stack.use(await connectTestCourier(door.paths));
  const { owner } = door;
  if (zones.zones !== undefined)
    await drawLine(door, {
      propertyLine: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
      privacyZones: [],
    });
  expect((await putJson(owner, "/api/zones", { zones: [], ...zones })).status).toBe(200);
  await putJson(owner, "/api/alerts/house/rules", { ...everything("UTC"), kinds: ["ring", "person"] });
  let count = 0;
  /** Everything that the eye said before is known: it is answered in order. */
  const heard = async (): Promise<void> => {
    count += 1;
    eye.status({ what: { ...model, state: "ready" }, rssBytes: count });
    await until(async () => {
      const status = (await (await owner.fetch("/api/status")).json()) as Status;
      return status.processes.some(({ rssBytes }) => rssBytes === count);
    });
  };
  await heard();
  const open = stack.move();
  return {
    clock,
    pir: door.pir,
    press: () => door.button.press(),
    phone: (): string[] =>
      courier.received.flatMap((message) =>
        message.type === "happened" && !message.done.includes("ntfy") ? [message.kind] : [],
      ),
    event: async (id: string): Promise<Event> =>
      (await (await owner.fetch(`/api/events/${id}`)).json()) as Event,
    async come(id: string, seen: Seen, where = "everywhere"): Promise<void> {
      const startWallMs = clock.wallMs();
      eye.send({ type: "event-opened", event: id, kind: "motion", startWallMs, score: 1, zones: [where] });
      eye.send({ type: "event-what", event: id, what: [seen], happenings: [], settled: true });
      await heard();
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("a person at the door who leaves the sensor cold is an event without a name, until the sensor fires", async () => {
  await using house = await openHouse();
  await house.come("motion-0001", atDoor);
  expect(await house.event("motion-0001")).toMatchObject({ what: [], said: [atDoor], pir: "silent" });
  expect(house.phone()).toEqual([]);
  await house.pir.edge(true);
  await until(() => house.phone().length > 0);
  expect(house.phone()).toEqual(["person"]);
  expect(await house.event("motion-0001")).toMatchObject({ what: ["person"], pir: "moved" });
});

test("surely a person is told whatever the sensor says, and so are one far away and a ring", async () => {
  await using house = await openHouse();
  await house.come("motion-0001", { ...atDoor, score: 0.6 });
  await house.come("motion-0002", { label: "person", score: 0.5 });
  await until(() => house.phone().length === 2);
  await house.press();
  await until(() => house.phone().length === 3);
  expect(house.phone()).toEqual(["person", "person", "ring"]);
});

test("whoever walked past the sensor just before is known on less; long before does not count", async () => {
  await using house = await openHouse({ thresholds: { person: 0.65 } });
  await house.come("motion-0001", atDoor);
  await house.pir.edge(true);
  await house.pir.edge(false);
  await house.clock.advance(4_000);
  await house.come("motion-0002", atDoor);
  await house.clock.advance(4_000);
  await house.come("motion-0003", atDoor);
  const names = await Promise.all(
    ["motion-0001", "motion-0002", "motion-0003"].map(async (id) => (await house.event(id)).what),
  );
  // the first is still open when the sensor fires
  expect(names).toEqual([["person"], ["person"], []]);
});

test("a sensor that is lost says nothing against anybody", async () => {
  await using house = await openHouse();
  await house.come("motion-0001", atDoor);
  expect((await house.event("motion-0001")).what).toEqual([]);
  await house.pir.lose();
  await until(() => house.phone().length > 0);
  expect(await house.event("motion-0001")).toMatchObject({ what: ["person"], pir: "unknown" });
});

test("where the house says that the sensor does not see, it is not asked", async () => {
  const zone = { name: "street", polygon: square, sensitivity: null };
  await using house = await openHouse({
    zones: [
      { ...zone, fuse: "picture" },
      { ...zone, name: "path" },
    ],
  });
  await house.come("motion-0001", atDoor, "street");
  await house.come("motion-0002", atDoor, "path");
  expect([(await house.event("motion-0001")).what, (await house.event("motion-0002")).what]).toEqual([
    ["person"],
    [],
  ]);
});

test("nothing that matters, said hardly surely of what warmed the sensor, is something that moves", async () => {
  await using house = await openHouse();
  const leaf: Seen = { label: "other", score: 0.55 };
  await house.come("motion-0001", leaf);
  expect((await house.event("motion-0001")).what).toEqual(["other"]);
  await house.pir.edge(true);
  await until(async () => (await house.event("motion-0001")).what.length === 0);
  await house.come("motion-0002", { ...leaf, score: 0.6 });
  expect((await house.event("motion-0002")).what).toEqual(["other"]);
});
