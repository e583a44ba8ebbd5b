import { expect, test } from "vitest";
import type { CourtOrder } from "../../../../daemon/consent/court-order.ts";
import type { Request } from "../../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import { courtOrdersSchema, requestsSchema, type Requests } from "../../../../daemon/wire/api-consent.ts";
import { historyPageSchema, type HistoryEntry } from "../../../../daemon/wire/api-household.ts";
import {
  hashOf,
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testPortalUrl,
  testRequest,
} from "../../../../scripts/rigs/agency.ts";
import { enrol, getJson, human, putJson, remove, signIn } from "../../../../scripts/rigs/person.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { writeClip } from "../clip-on-disk.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { tempFolder } from "../temp-folder.ts";
import { connectTestCourier } from "../test-courier.ts";
import { dataPaths } from "../../../../daemon/wire/paths.ts";

const agency = testAgency();
const nowMs = Date.now();
const windowFromMs = nowMs - 4 * 3_600_000;
const portal = { url: testPortalUrl, logKey: new TestLog().logKey, registrarKey: registrarKeys.signKey };

const ask = (changes: Partial<Request> & { number?: number } = {}) =>
  requestEnvelope(agency, testRequest(agency, { nowMs, ...changes }));

/** A house that knows where it is, with a recording of four seconds that begins two seconds before the window. */
async function openHouse(): Promise<TestDoor & { readonly log: TestLog; read(): Promise<void> }> {
  await using stack = new AsyncDisposableStack();
  const data = stack.use(await tempFolder()).path;
  await writeClip(dataPaths(data), { id: "clip-0001", startWallMs: windowFromMs - 2_000 });
  const door = stack.use(await openDoor({ data, settings: { portal } }));
  const courier = stack.use(await connectTestCourier(door.paths));
  expect((await putJson(door.owner, "/api/place", { place: testPlace })).status).toBe(200);
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  const open = stack.move();
  return {
    ...door,
    log,
    read: () => courier.read(log),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

const requestsOf = async ({ owner }: TestDoor): Promise<Requests> =>
  requestsSchema.parse(await getJson(owner, "/api/requests"));

const historyOf = async ({ owner }: TestDoor): Promise<HistoryEntry[]> =>
  historyPageSchema.parse(await getJson(owner, "/api/history")).entries;

async function errorOf(response: Response): Promise<[number, string]> {
  const { error } = (await response.json()) as { error: { message: string } };
  return [response.status, error.message];
}

test("a request that concerns this house is shown to every member, with the clips that lie in its window", async () => {
  await using house = await openHouse();
  const envelope = ask();
  house.log.append(envelope);
  await house.read();
  const { requests, feed, placed } = await requestsOf(house);
  expect(requests).toMatchObject([
    {
      hash: hashOf(envelope),
      state: "shown",
      request: { case: "2026/1" },
      agency: { name: "Harbour Police", verifiedBy: agency.profile.verifiedBy, keyChanged: false },
      clips: [{ clip: "clip-0001", startWallMs: windowFromMs - 2_000, durationMs: 4_000, insideMs: 2_000 }],
      distanceM: 0,
      logIndex: 1,
    },
  ]);
  expect(feed).toMatchObject({ state: "current", size: 2, portal: testPortalUrl, counts: {} });
  expect(placed).toBe(true);
  expect(house.keeper.status().requests).toBe(1);
  await enrol(house.owner, human(2, "member"));
  const member = await signIn(house.base, human(2, "member"));
  expect(await getJson(member, "/api/requests")).toEqual(await requestsOf(house));
});

test("no is one request, final, and told in the history alone", async () => {
  await using house = await openHouse();
  const envelope = ask();
  house.log.append(envelope);
  await house.read();
  const path = `/api/requests/${hashOf(envelope)}/refuse`;
  const answer = requestsSchema.parse(await (await house.owner.fetch(path, { method: "POST" })).json());
  expect(answer.requests).toMatchObject([{ state: "refused" }]);
  expect(house.keeper.status().requests).toBe(0);
  const [newest] = await historyOf(house);
  expect(newest).toMatchObject({ what: "request-refused", about: { request: hashOf(envelope) } });
  // once more changes nothing and tells nothing
  expect((await house.owner.fetch(path, { method: "POST" })).status).toBe(200);
  expect((await historyOf(house))[0]).toEqual(newest);
});

test("a request that nobody made cannot be refused", async () => {
  await using house = await openHouse();
  const answer = await house.owner.fetch(`/api/requests/${"0".repeat(64)}/refuse`, { method: "POST" });
  expect(await errorOf(answer)).toEqual([404, "no such request was shown at this doorbell"]);
});

test("where the house is can be read back by an owner, and stands in no history and no log", async () => {
  await using house = await openHouse();
  expect(await getJson(house.owner, "/api/place")).toEqual({ place: testPlace });
  const history = JSON.stringify(await historyOf(house));
  expect(history).toContain('"place"');
  expect(history).not.toContain(String(testPlace.lat));
  expect((await putJson(house.owner, "/api/place", { place: null })).status).toBe(200);
  expect((await requestsOf(house)).placed).toBe(false);
  expect((await putJson(house.owner, "/api/place", { place: { lat: 91, lon: 0 } })).status).toBe(400);
});

test("a muted agency is not heard; when it is heard again its open requests are there", async () => {
  await using house = await openHouse();
  house.log.append(ask());
  await house.read();
  const mute = async (id: string, muted: boolean): Promise<Requests> =>
    requestsSchema.parse(await (await putJson(house.owner, "/api/mute", { agency: id, muted })).json());
  expect(await mute(agency.profile.id, true)).toMatchObject({
    requests: [],
    muted: [{ agency: agency.profile.id, name: "Harbour Police" }],
  });
  expect(house.keeper.status().requests).toBe(0);
  house.log.append(ask({ number: 2 }));
  await house.read();
  expect((await requestsOf(house)).requests).toEqual([]);
  expect((await mute(agency.profile.id, false)).requests).toHaveLength(2);
  expect(await mute("all", true)).toMatchObject({ requests: [], mutedAll: true });
  const nobody = await putJson(house.owner, "/api/mute", { agency: "no-such-agency", muted: true });
  expect(nobody.status).toBe(404);
});

test("without a portal the feed is off", async () => {
  await using door = await openDoor();
  expect((await requestsOf(door)).feed).toMatchObject({ state: "off", size: 0 });
});

test("a lying portal is told on the page, in the health, and in the history", async () => {
  await using house = await openHouse();
  house.log.append(ask());
  await house.read();
  await using courier = await connectTestCourier(house.paths);
  await courier.read(house.log, 1);
  const words = "the public log has become shorter: it had 2 entries and has 1";
  expect((await requestsOf(house)).feed).toMatchObject({ state: "alarm", fault: { message: words } });
  expect(await (await house.get("/healthz")).text()).toContain(words);
  expect((await historyOf(house))[0]).toMatchObject({ what: "feed-alarm", detail: words });
});

test("a damaged file stops nothing but requests, and is never a new beginning", async () => {
  await using folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const { writeFile, mkdir } = await import("node:fs/promises");
  await mkdir(paths.consent);
  await writeFile(`${paths.consent}/feed.json`, "{");
  await using door = await openDoor({ data: folder.path, settings: { portal } });
  await using courier = await connectTestCourier(door.paths);
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  await courier.read(log);
  expect((await requestsOf(door)).feed).toMatchObject({
    state: "failing",
    size: 0,
    fault: { kind: "corrupt" },
  });
  await door.button.press();
  expect(door.chime.sounded).toBe(1);
});

const order = (door: TestDoor, changes: Partial<CourtOrder> = {}): CourtOrder => ({
  id: "order-000001",
  device: door.device,
  court: "Local court of the harbour",
  fileNumber: "7 Ds 12/26",
  recipient: "Harbour Police",
  window: { from: windowFromMs, to: nowMs },
  text: "Recordings of the entrance.",
  paperSha256: null,
  ownerKey: door.owner.keys.signKey,
  issuedAt: nowMs,
  ...changes,
});

test("a court order is recorded with who recorded it, once, and by owners of now alone", async () => {
  await using door = await openDoor();
  const record = (value: CourtOrder, { keys } = door.owner): Promise<Response> =>
    putJson(
      door.owner,
      "/api/court-orders",
      { envelope: signEnvelope(keys, payloadTypes.courtOrder, value) },
      "POST",
    );
  const { orders } = courtOrdersSchema.parse(await (await record(order(door))).json());
  expect(orders).toMatchObject([{ court: "Local court of the harbour", by: "Test owner 1" }]);
  expect((await historyOf(door))[0]).toMatchObject({ what: "court-order", who: "Test owner 1" });
  expect(await errorOf(await record(order(door)))).toEqual([400, "this order was recorded before"]);
  const reversed = { from: nowMs, to: nowMs - 1 };
  expect((await record(order(door, { id: "order-000002", window: reversed }))).status).toBe(400);
  expect((await record(order(door, { id: "order-000003", device: "A".repeat(43) }))).status).toBe(400);
  const other = human(5, "owner");
  await enrol(door.owner, other);
  expect(
    (await record(order(door, { id: "order-000004" }), { ...door.owner, keys: other.keys })).status,
  ).toBe(400);
  await remove(door.owner, other);
  const by = order(door, { id: "order-000005", ownerKey: other.keys.signKey });
  expect((await record(by, { ...door.owner, keys: other.keys })).status).toBe(403);
  expect(courtOrdersSchema.parse(await getJson(door.owner, "/api/court-orders")).orders).toHaveLength(1);
});
