/** What a self-test sends out of the house: nothing, or one call to each host where it was allowed to. */
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { askHouse } from "../../../../daemon/cli/ask-house.ts";
import { openCourier, type Courier } from "../../../../daemon/courier/courier.ts";
import type { ControlLine } from "../../../../daemon/wire/control.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { openTcpProxy } from "../../../../scripts/rigs/tcp-proxy.ts";
import { portOf } from "../../courier/http/servers.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { until } from "../page.ts";

/** Before a portal on the wire; the courier's own rounds never come, for its clock stands still. */
async function openHouse() {
  await using stack = new AsyncDisposableStack();
  const server = createServer((_request, response) => response.end());
  await once(server.listen(0, "127.0.0.1"), "listening");
  stack.defer(() => void server.close());
  const proxy = stack.use(await openTcpProxy({ targetPort: await portOf(server), record: true }));
  const settings = { portal: { url: `http://127.0.0.1:${proxy.port}` } };
  const door = stack.use(await openDoor({ settings }));
  const courier = stack.use(
    openCourier({
      settings: settingsSchema.parse(settings),
      socketPath: door.paths.courierSocket,
      clock: new SimClock(),
    }),
  );
  await until(() => (door.keeper.status().processes[2]?.rssBytes ?? 0) > 0);
  const open = stack.move();
  return { door, proxy, courier, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

async function tested(door: TestDoor, outbound: boolean, only: string[] | null = null) {
  const heard: ControlLine[] = [];
  const ask = { ask: "selftest", only, attended: false, outbound } as const;
  await askHouse(door.paths, ask, { onLine: (line) => heard.push(line) });
  const done = heard.at(-1);
  if (done?.type !== "selftest-done") throw new Error("no report");
  return done.report;
}

test("a whole test that was not allowed to sends nothing", { timeout: 120_000 }, async () => {
  await using house = await openHouse();
  const { checks, outbound } = await tested(house.door, false);
  expect(outbound).toBe(false);
  expect(checks.find(({ id }) => id === "network-outside")).toMatchObject({
    verdict: "skip",
    seen: "nothing was sent: the test was not allowed to (--outbound)",
  });
  expect(checks.length).toBeGreaterThanOrEqual(20);
  expect(house.proxy.recorded).toEqual([]);
});

test("one that was allowed to calls each host once, with nothing of the house in it", async () => {
  await using house = await openHouse();
  const { checks } = await tested(house.door, true, ["network-outside"]);
  // the simulated clock of this courier is in another year than its portal's
  expect(checks).toMatchObject([{ verdict: "fail", seen: expect.stringContaining("this clock is") }]);
  expect(house.proxy.recorded.map(String)).toEqual([
    [
      "HEAD / HTTP/1.1",
      "User-Agent: sill",
      "Accept: */*",
      "Accept-Encoding: identity",
      `Host: 127.0.0.1:${house.proxy.port}`,
      "Connection: keep-alive",
      "",
      "",
    ].join("\r\n"),
  ]);
});

async function away(courier: Courier, door: TestDoor): Promise<void> {
  await courier[Symbol.asyncDispose]();
  await until(() => door.keeper.status().processes[2]?.rssBytes === 0);
}

test("a courier that is away is a failure, and nothing is sent instead of it", async () => {
  await using house = await openHouse();
  await away(house.courier, house.door);
  const { checks } = await tested(house.door, true, ["network-outside"]);
  expect(checks).toMatchObject([{ verdict: "fail", seen: "the courier is not running" }]);
  expect(house.proxy.recorded).toEqual([]);
});
