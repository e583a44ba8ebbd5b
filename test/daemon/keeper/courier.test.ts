import { expect, test } from "vitest";
import { openCourier } from "../../../daemon/courier/run.ts";
import { openDoor } from "./door.ts";
import { until } from "./page.ts";

test("the courier connects, and every chunk it asks for is refused and counted", async () => {
  await using door = await openDoor();
  await using courier = openCourier(door.paths.courierSocket);
  await until(() => (door.keeper.status().processes[2]?.rssBytes ?? 0) > 0);
  expect(door.keeper.status().processes[2]).toMatchObject({ name: "courier", connected: true });
  courier.ask("grant-0001");
  courier.ask("grant-0002");
  await until(() => courier.refused === 2);
  const gate = door.keeper.status().stages.find((each) => each.name === "gate");
  expect(gate).toMatchObject({ in: 2, out: 0, dropped: 2 });
});

test("a courier that goes away is shown as away", async () => {
  await using door = await openDoor();
  const courier = openCourier(door.paths.courierSocket);
  await until(() => door.keeper.status().processes[2]?.connected === true);
  await courier[Symbol.asyncDispose]();
  await until(() => door.keeper.status().processes[2]?.connected === false);
});
