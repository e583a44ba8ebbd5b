/** I7: a request never starts, keeps or extends a recording. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { requestsSchema } from "../../daemon/wire/api-consent.ts";
import { SimClock } from "../../hal/sim/clock.ts";
import {
  profileEnvelope,
  registrarKeys,
  requestEnvelope,
  testAgency,
  testPlace,
  testPortalUrl,
  testRequest,
} from "../../scripts/rigs/agency.ts";
import { getJson, putJson } from "../../scripts/rigs/person.ts";
import { TestLog } from "../../scripts/rigs/public-log.ts";
import { eventIn, writeClip } from "../daemon/keeper/clip-on-disk.ts";
import { openDoor, type TestDoor } from "../daemon/keeper/door.ts";
import { until } from "../daemon/keeper/page.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";
import { connectTestCourier } from "../daemon/keeper/test-courier.ts";
import { connectTestEye } from "../daemon/keeper/test-eye.ts";
import { dataPaths } from "../../daemon/wire/paths.ts";

const hourMs = 3_600_000;
const agency = testAgency();
const portal = { url: testPortalUrl, logKey: new TestLog().logKey, registrarKey: registrarKeys.signKey };

function logAt(nowMs: number): TestLog {
  const log = new TestLog();
  log.append(profileEnvelope(agency));
  log.append(requestEnvelope(agency, testRequest(agency, { nowMs })));
  return log;
}

const requestsOf = async ({ owner }: TestDoor) => requestsSchema.parse(await getJson(owner, "/api/requests"));

test("I7: a request that is shown starts no recording: the eye is told nothing", async () => {
  await using folder = await tempFolder();
  const nowMs = Date.now();
  await writeClip(dataPaths(folder.path), { id: "clip-0001", startWallMs: nowMs - 3.5 * hourMs });
  await using door = await openDoor({ data: folder.path, settings: { portal } });
  await using eye = await connectTestEye(door.paths);
  eye.status();
  await using courier = await connectTestCourier(door.paths);
  await putJson(door.owner, "/api/place", { place: testPlace });
  const before = [...eye.received];
  await courier.read(logAt(nowMs));
  expect((await requestsOf(door)).requests).toMatchObject([{ state: "shown" }]);
  // one word to the eye that is ours comes after all that a request could have caused
  await door.button.press();
  await until(() => eye.received.some(({ type }) => type === "record"));
  expect(eye.received.slice(before.length).map(({ type }) => type)).toEqual(["record"]);
  await door.keeper.settled();
  expect(door.keeper.status()).toMatchObject({ storage: { clips: 1, events: 2 } });
});

test("I7: a recording that is asked for goes when its time has come, and the request offers nothing then", async () => {
  await using folder = await tempFolder();
  const clock = new SimClock();
  const nowMs = clock.wallMs();
  const startWallMs = nowMs - 3.5 * hourMs;
  const clip = { id: "clip-0001", startWallMs, events: [eventIn("event-01", startWallMs)] };
  const { folder: files } = await writeClip(dataPaths(folder.path), clip);
  const settings = { portal, storage: { retentionHours: 4 } };
  await using door = await openDoor({ data: folder.path, clock, settings });
  await using courier = await connectTestCourier(door.paths);
  await putJson(door.owner, "/api/place", { place: testPlace });
  await courier.read(logAt(nowMs));
  expect((await requestsOf(door)).requests).toMatchObject([{ clips: [{ clip: "clip-0001" }] }]);
  await clock.advance(0.5 * hourMs - 60_000);
  expect(existsSync(files)).toBe(true);
  await until(async () => {
    await clock.advance(60_000);
    return !existsSync(files);
  });
  expect(clock.wallMs() - startWallMs).toBeLessThan(4.25 * hourMs);
  expect((await requestsOf(door)).requests).toMatchObject([{ state: "shown", clips: [] }]);
});

test("I7: an owner deletes a recording that is asked for, as any other", async () => {
  await using folder = await tempFolder();
  const nowMs = Date.now();
  const startWallMs = nowMs - 3.5 * hourMs;
  const clip = { id: "clip-0001", startWallMs, events: [eventIn("event-01", startWallMs)] };
  const { folder: files } = await writeClip(dataPaths(folder.path), clip);
  await using door = await openDoor({ data: folder.path, settings: { portal } });
  await using courier = await connectTestCourier(door.paths);
  await putJson(door.owner, "/api/place", { place: testPlace });
  await courier.read(logAt(nowMs));
  expect((await requestsOf(door)).requests).toMatchObject([{ clips: [{ clip: "clip-0001" }] }]);
  expect((await door.owner.fetch("/api/events/event-01", { method: "DELETE" })).ok).toBe(true);
  expect(existsSync(files)).toBe(false);
  expect((await requestsOf(door)).requests).toMatchObject([{ state: "shown", clips: [] }]);
});
