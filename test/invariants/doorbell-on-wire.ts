/**
 * Doorbells on the wire: whole real keepers and couriers, one after the other, before the same portal; every byte
 * that each of them sends is recorded, and when.
 *
 * All live through the same days: the log with a request, the log with more, the log as it was. What differs is the
 * house: where it is, what it recorded, what its owner says. The courier's clock is simulated and its random numbers
 * are the same, so that what differs on the wire differs for the house's sake.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Place } from "../../daemon/consent/common.ts";
import { openCourier } from "../../daemon/courier/courier.ts";
import { roundBeginsMs } from "../../daemon/courier/feed/schedule.ts";
import { entriesPath } from "../../daemon/ledger/tiles.ts";
import { requestsSchema, type Requests } from "../../daemon/wire/api-consent.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";
import { settingsSchema } from "../../config/schema.ts";
import { SimClock } from "../../hal/sim/clock.ts";
import {
  hashOf,
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
} from "../../scripts/rigs/agency.ts";
import { getJson, putJson } from "../../scripts/rigs/person.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";
import { openTcpProxy, type TcpProxy } from "../../scripts/rigs/tcp-proxy.ts";
import { writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { openDoor, type TestDoor } from "../daemon/keeper/door.ts";
import { until } from "../daemon/keeper/page.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

export interface House {
  readonly place: Place | null;
  readonly recorded: boolean;
  /** What its owner does before the log is read, and once the request is there. */
  readonly before?: (door: TestDoor) => Promise<unknown>;
  readonly after?: (door: TestDoor, request: string) => Promise<unknown>;
}

export interface Listened {
  /** What it sent, one text for each connection. */
  readonly sent: readonly string[];
  /** When the portal was asked for what, by the courier's clock. */
  readonly asked: readonly string[];
  /** What it knows at the end. */
  readonly requests: Requests;
}

export interface Portal extends AsyncDisposable {
  /** Lives through the days as this house. */
  listen(house: House): Promise<Listened>;
}

const everyMs = 60_000;
const random = 0.25;
const nowMs = Date.now();
const agency = testAgency();
const asking = requestEnvelope(agency, testRequest(agency, { nowMs, number: 1 }));
/** Others', far away; more than one bundle. */
const others = Array.from({ length: 300 }, (_, number) => ({ unknown: "entry", number }));
const again = requestEnvelope(agency, testRequest(agency, { nowMs, number: 2 }));

export async function openPortal(): Promise<Portal> {
  await using stack = new AsyncDisposableStack();
  let log = new TestLog();
  let clock = new SimClock();
  let asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${clock.monoMs()} ${request.method} ${request.url}`);
    response.end(answerOf(log, request.url ?? ""));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  stack.defer(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const proxy = stack.use(await openTcpProxy({ targetPort: port, record: true }));
  const open = stack.move();
  return {
    async listen(house) {
      [log, clock, asked] = [new TestLog(), new SimClock(), []];
      const first = proxy.recorded.length;
      const requests = await live(house, { log, clock, proxy });
      return { sent: proxy.recorded.slice(first).map(String), asked, requests };
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

function answerOf(log: TestLog, url: string): Uint8Array | string {
  if (url === "/log/checkpoint") return log.checkpoint();
  const bundle = log.bundles().find(({ index, width }) => url === `/log/${entriesPath(index, width)}`);
  return bundle?.bytes ?? "";
}

interface Days {
  readonly log: TestLog;
  readonly clock: SimClock;
  readonly proxy: TcpProxy;
}

async function live(house: House, { log, clock, proxy }: Days): Promise<Requests> {
  await using folder = await tempFolder();
  const clip = { id: "clip-0001", startWallMs: nowMs - 3.5 * 3_600_000 };
  if (house.recorded) await writeClip(dataPaths(folder.path), clip);
  const { logKey } = log;
  const url = `http://127.0.0.1:${proxy.port}`;
  const settings = { portal: { url, logKey, registrarKey: registrarKeys.signKey, pollMinutes: 1 } };
  await using door = await openDoor({ data: folder.path, settings });
  await putJson(door.owner, "/api/place", { place: house.place });
  await house.before?.(door);
  await using _courier = openCourier({
    settings: settingsSchema.parse(settings),
    socketPath: door.paths.courierSocket,
    clock,
    random: () => random,
  });
  await until(() => (door.keeper.status().processes[2]?.rssBytes ?? 0) > 0);
  const requests = async (): Promise<Requests> =>
    requestsSchema.parse(await getJson(door.owner, "/api/requests"));
  const saidToCourier = (): number =>
    door.keeper.status().stages.find(({ name }) => name === "courier link")?.out ?? 0;
  const round = async (number: number): Promise<void> => {
    const before = saidToCourier();
    await clock.advance(roundBeginsMs(number, everyMs, random) - clock.monoMs());
    await until(() => saidToCourier() > before); // where to go on
    const { feed } = await requests(); // and by now it is heard
    if (feed.size !== log.size) throw new Error(`the keeper has ${feed.size} of ${log.size}: ${feed.state}`);
  };
  for (const entry of [profileEnvelope(agency), asking]) log.append(entry);
  await round(0);
  await house.after?.(door, hashOf(asking));
  for (const entry of [...others, again]) log.append(entry);
  await round(1);
  await round(2);
  return requests();
}

/** 500 km to the south. */
export const farPlace: Place = { lat: testPlace.lat - 4.5, lon: testPlace.lon };
