import { expect, test } from "vitest";
import { settingsSchema } from "../../../config/schema.ts";
import { openCourier } from "../../../daemon/courier/courier.ts";

import { connectLink } from "../../../daemon/wire/link.ts";
import {
  keeperToCourierSchema,
  wireVersion,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../../../daemon/wire/messages.ts";
import { systemClock } from "../../../hal/clock.ts";
import { openDoor } from "./door.ts";
import { until } from "./page.ts";

test("the courier connects, and every chunk it asks for is refused and counted", async () => {
  await using door = await openDoor();
  let refused = 0;
  await using link = connectLink<KeeperToCourier, CourierToKeeper>({
    path: door.paths.courierSocket,
    incoming: keeperToCourierSchema,
    clock: systemClock,
    onMessage: (message) => {
      if (message.type === "chunk-refused") refused += 1;
    },
  });
  link.send({ type: "hello", process: "courier", pid: process.pid, version: wireVersion });
  await until(() => (door.keeper.status().processes[2]?.rssBytes ?? 0) > 0);
  expect(door.keeper.status().processes[2]).toMatchObject({ name: "courier", connected: true });
  for (const grant of ["grant-0001", "grant-0002"]) link.send({ type: "chunk-asked", grant, offset: 0 });
  await until(() => refused === 2);
  const gate = door.keeper.status().stages.find((each) => each.name === "gate");
  expect(gate).toMatchObject({ in: 2, out: 0, dropped: 2 });
});

test("a courier that goes away is shown as away", async () => {
  await using door = await openDoor();
  const courier = openCourier({
    settings: settingsSchema.parse({}),
    socketPath: door.paths.courierSocket,
    clock: systemClock,
  });
  await until(() => door.keeper.status().processes[2]?.connected === true);
  await courier[Symbol.asyncDispose]();
  await until(() => door.keeper.status().processes[2]?.connected === false);
});
