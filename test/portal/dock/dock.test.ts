import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DeletionAnswer, DeletionNotice, Receipt } from "../../../daemon/consent/after.ts";
import { payloadTypes, type PayloadType } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import type { AgencyPage, Parcel } from "../../../portal/api.ts";
import { openFolder } from "../../../portal/bytes/folder.ts";
import { Receiving } from "../../../portal/dock/receiving.ts";
import { readWords } from "../../../portal/settings/words.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import {
  agencyOf,
  announce,
  deliver,
  offsetOf,
  patch,
  register,
  signInAgency,
  startPortal,
  terminate,
  type DeskRig,
  type PortalRig,
  type TestAgency,
} from "../../../scripts/rigs/portal.ts";

const nowMs = simEpochWallMs;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const manifest = "ab".repeat(32);

interface Dock extends AsyncDisposable {
  readonly rig: PortalRig;
  readonly clock: SimClock;
  readonly agency: TestAgency;
}

async function openDock(...flags: string[]): Promise<Dock> {
  const clock = new SimClock();
  const rig = await startPortal({ clock, flags: ["--dock.createsPerMinute=1000", ...flags] });
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  return { rig, clock, agency, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
}

const parcelsOf = async (desk: DeskRig): Promise<Parcel[]> =>
  ((await (await desk.fetch("/api/desk/parcels")).json()) as { parcels: Parcel[] }).parcels;
const filesIn = ({ rig }: Dock): Promise<string[]> => readdir(join(rig.data, "parcels"));
const locationOf = (response: Response, dock: string): string =>
  URL.parse(response.headers.get("location") ?? "", dock)?.href ?? "";

test("what a doorbell delivers in chunks is what the agency downloads, whole and in part", async () => {
  await using at = await openDock();
  const bytes = randomBytes(2_500_000);
  await deliver(at.agency.deliverTo, {
    grant: "grant-0001",
    bytes,
    letterBytes: 700,
    request: "cd".repeat(32),
  });
  const desk = await signInAgency(at.rig.url, at.agency);
  const [parcel] = await parcelsOf(desk);
  expect(parcel).toMatchObject({
    grant: "grant-0001",
    bytes: 2_500_000,
    letterBytes: 700,
    request: "cd".repeat(32),
    arrivedAt: nowMs,
    until: nowMs + 30 * dayMs,
    here: true,
    receipt: null,
    notices: [],
    answer: null,
  });
  const whole = await desk.fetch("/api/desk/parcels/grant-0001/parcel");
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await desk.fetch("/api/desk/parcels/grant-0001/parcel", {
    headers: { range: "bytes=700-1699" },
  });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 700-1699/2500000"]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(700, 1_700))).toBe(true);
});

test("an upload goes on where it stopped, and its address cannot be guessed", async () => {
  await using at = await openDock();
  const bytes = randomBytes(1_000);
  const location = locationOf(
    await announce(at.agency.deliverTo, { grant: "grant-0001", bytes }),
    at.rig.url,
  );
  expect(location).toMatch(/\/dock\/up\/[\w-]{43}$/u);
  expect((await patch(location, 0, bytes.subarray(0, 400))).headers.get("upload-offset")).toBe("400");
  expect((await patch(location, 300, bytes.subarray(300))).status).toBe(409);
  expect(await offsetOf(location)).toBe(400);
  expect((await patch(location, 400, randomBytes(601))).status).toBe(413);
  expect((await patch(location, 400, bytes.subarray(400))).status).toBe(204);
  expect(await offsetOf(location.replace(/.$/u, (last) => (last === "A" ? "B" : "A")))).toEqual({
    status: 404,
  });
});

test("a parcel that arrived never changes and cannot be taken back, one on its way can", async () => {
  await using at = await openDock();
  const bytes = randomBytes(1_000);
  const location = await deliver(at.agency.deliverTo, { grant: "grant-0001", bytes });
  expect((await patch(location, 0, bytes)).status).toBe(409);
  expect((await patch(location, 1_000, bytes)).status).toBe(413);
  expect((await terminate(location)).status).toBe(403);
  const other = locationOf(await announce(at.agency.deliverTo, { grant: "grant-0002", bytes }), at.rig.url);
  await patch(other, 0, bytes.subarray(0, 10));
  expect((await terminate(other)).status).toBe(204);
  expect(await offsetOf(other)).toEqual({ status: 404 });
  expect((await filesIn(at)).length).toBe(2);
});

test("a second parcel of one grant is told that it arrived, and the first one stays", async () => {
  await using at = await openDock();
  const first = randomBytes(100);
  await deliver(at.agency.deliverTo, { grant: "grant-0001", bytes: first });
  await deliver(at.agency.deliverTo, { grant: "grant-0001", bytes: randomBytes(100) });
  const desk = await signInAgency(at.rig.url, at.agency);
  expect(await parcelsOf(desk)).toHaveLength(1);
  const kept = await desk.fetch("/api/desk/parcels/grant-0001/parcel");
  expect(Buffer.from(await kept.arrayBuffer()).equals(first)).toBe(true);
});

test.each<[string, number, Record<string, string>, string]>([
  ["no such agency", 404, {}, "/dock/agencies/nobody-here"],
  ["another path", 404, {}, "/dock/agencies/agency-1/more"],
  ["no grant", 400, { "upload-metadata": "letter MQ==" }, ""],
  ["an id that is a path", 400, { "upload-metadata": `parcel ${btoa("../../../etc")}` }, ""],
  [
    "a letter longer than the parcel",
    400,
    { "upload-metadata": `parcel ${btoa("grant-0001")},letter ${btoa("11")}` },
    "",
  ],
  ["a time that is over", 400, { "upload-metadata": `parcel ${btoa("grant-0001")},until ${btoa("1")}` }, ""],
  ["an empty parcel", 400, { "upload-length": "0" }, ""],
  ["a parcel without a length", 400, { "upload-length": "", "upload-defer-length": "1" }, ""],
  ["a parcel that is too large", 413, { "upload-length": String(3 * 1024 * 1024 + 1) }, ""],
  ["no tus", 412, { "tus-resumable": "" }, ""],
])("a dock refuses %s with %i", async (_what, status, change, path) => {
  await using at = await openDock("--dock.maxParcelMb=3");
  const headers = new Headers({
    "tus-resumable": "1.0.0",
    "upload-length": "10",
    "upload-metadata": `parcel ${btoa("grant-0001")},letter ${btoa("5")}`,
  });
  for (const [name, value] of Object.entries(change)) {
    if (value === "") headers.delete(name);
    else headers.set(name, value);
  }
  const url = path === "" ? at.agency.deliverTo : at.rig.url + path;
  expect((await fetch(url, { method: "POST", headers })).status).toBe(status);
  expect(await filesIn(at)).toEqual([]);
});

test("when there is no room left nothing more is taken, and what is over makes room", async () => {
  await using at = await openDock("--dock.budgetMb=1", "--dock.unfinishedHours=2");
  const bytes = randomBytes(700_000);
  const first = await announce(at.agency.deliverTo, { grant: "grant-0001", bytes });
  expect(first.status).toBe(201);
  expect((await announce(at.agency.deliverTo, { grant: "grant-0002", bytes })).status).toBe(507);
  at.clock.stepWall(2 * hourMs + 1);
  await at.rig.portal.sweep();
  expect(await offsetOf(locationOf(first, at.rig.url))).toEqual({ status: 404 });
  expect((await announce(at.agency.deliverTo, { grant: "grant-0002", bytes })).status).toBe(201);
});

test("a parcel that was complete when the portal crashed counts as arrived", async () => {
  await using at = await openDock();
  const bytes = randomBytes(500);
  const location = locationOf(
    await announce(at.agency.deliverTo, { grant: "grant-0001", bytes }),
    at.rig.url,
  );
  await patch(location, 0, bytes.subarray(0, 499));
  // the last byte is on the disk, the row does not know
  const { appendFile } = await import("node:fs/promises");
  await appendFile(join(at.rig.data, "parcels", location.split("/").at(-1) ?? ""), bytes.subarray(499));
  expect(await offsetOf(location)).toBe(500);
  expect(await parcelsOf(await signInAgency(at.rig.url, at.agency))).toHaveLength(1);
});

test("the agency's receipt is there for the doorbell, once, and only by a key of the agency", async () => {
  await using at = await openDock();
  await deliver(at.agency.deliverTo, { grant: "grant-0001", bytes: randomBytes(100) });
  const desk = await signInAgency(at.rig.url, at.agency);
  const receipt: Receipt = {
    grant: "grant-0001",
    agency: "agency-1",
    manifest,
    receivedAt: nowMs,
    keepUntil: nowMs + dayMs,
    onwardSharing: [],
  };
  const address = `${at.agency.deliverTo}/grant-0001/receipt`;
  expect((await fetch(address)).status).toBe(404);
  const put = (value: object, keys = at.agency.keys) =>
    desk.post("/api/desk/parcels/grant-0001/receipt", signEnvelope(keys, payloadTypes.receipt, value));
  expect((await put(receipt, testKeys(99))).status).toBe(403);
  expect((await put({ ...receipt, grant: "grant-0002" })).status).toBe(400);
  expect((await put(receipt)).status).toBe(204);
  expect((await put(receipt)).status).toBe(204);
  expect((await put({ ...receipt, keepUntil: nowMs + 2 * dayMs })).status).toBe(403);
  expect(await (await fetch(address)).json()).toEqual(
    signEnvelope(at.agency.keys, payloadTypes.receipt, receipt),
  );
});

test("an owner's deletion notice reaches the agency; `deleted` removes the portal's copy and is final", async () => {
  await using at = await openDock();
  await deliver(at.agency.deliverTo, { grant: "grant-0001", bytes: randomBytes(100) });
  const owner = testKeys(1);
  const notice: DeletionNotice = {
    grant: "grant-0001",
    manifest,
    reason: "",
    ownerKey: owner.signKey,
    issuedAt: nowMs,
  };
  const address = `${at.agency.deliverTo}/grant-0001/deletion`;
  const tell = (value: object, keys = owner, to = address) =>
    fetch(to, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(signEnvelope(keys, payloadTypes.deletionNotice, value)),
    });
  expect((await tell(notice, testKeys(2))).status).toBe(403);
  expect((await tell({ ...notice, grant: "grant-0009" })).status).toBe(400);
  expect((await tell(notice, owner, address.replace("0001", "0009"))).status).toBe(404);
  expect([(await tell(notice)).status, (await tell(notice)).status]).toEqual([204, 204]);

  const desk = await signInAgency(at.rig.url, at.agency);
  expect((await parcelsOf(desk))[0]?.notices).toEqual([
    signEnvelope(owner, payloadTypes.deletionNotice, notice),
  ]);
  const answer: DeletionAnswer = {
    grant: "grant-0001",
    agency: "agency-1",
    manifest,
    answer: "kept",
    basis: "order 7",
    answeredAt: nowMs,
  };
  const say = (change: Partial<DeletionAnswer>) =>
    desk.post(
      "/api/desk/parcels/grant-0001/answer",
      signEnvelope(at.agency.keys, payloadTypes.deletionAnswer, { ...answer, ...change }),
    );
  expect((await fetch(address)).status).toBe(404);
  expect((await say({})).status).toBe(204);
  expect((await say({ basis: "another" })).status).toBe(403);
  expect(await filesIn(at)).toHaveLength(2);
  expect((await say({ answer: "deleted", basis: "" })).status).toBe(204);
  expect((await say({})).status).toBe(403);
  expect(await filesIn(at)).toEqual([]);
  const signed = await (await fetch(address)).json();
  expect(signed).toMatchObject({ payloadType: payloadTypes.deletionAnswer satisfies PayloadType });
  expect((await desk.fetch("/api/desk/parcels/grant-0001/parcel")).status).toBe(404);
  expect((await parcelsOf(desk))[0]?.here).toBe(false);
});

test("a portal's copy goes after its days, and the record of the agency stays in buckets", async () => {
  await using at = await openDock("--dock.keepDays=2");
  for (let i = 0; i < 12; i += 1)
    await deliver(at.agency.deliverTo, {
      grant: `grant-00${String(i).padStart(2, "0")}`,
      bytes: randomBytes(10),
    });
  at.clock.stepWall(2 * dayMs + 1);
  await at.rig.portal.sweep();
  expect(await filesIn(at)).toEqual([]);
  const page = (await (await fetch(`${at.rig.url}/api/agencies/agency-1`)).json()) as AgencyPage;
  expect(page.record).toMatchObject({ received: "10-49", receipted: "0", deletionsUnanswered: "0" });
});

test("a share is there for who has the link until its time, and its sender can have it forgotten", async () => {
  await using at = await openDock();
  const dock = `${at.rig.url}/dock/shares`;
  const bytes = randomBytes(3_000);
  const location = await deliver(dock, {
    grant: "grant-0001",
    bytes,
    letterBytes: 300,
    until: nowMs + dayMs,
  });
  const share = `${at.rig.url}/api/shares/grant-0001`;
  expect(await (await fetch(share)).json()).toEqual({
    grant: "grant-0001",
    bytes: 3_000,
    letterBytes: 300,
    until: nowMs + dayMs,
  });
  const part = await fetch(`${share}/parcel`, { headers: { range: "bytes=-100" } });
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(2_900))).toBe(true);
  expect((await fetch(`${share}/parcel`, { headers: { range: "bytes=3000-" } })).status).toBe(416);
  // whoever has the link knows the grant, not the address
  expect((await fetch(`${dock}/grant-0001`, { method: "DELETE" })).status).toBe(403);
  const headers = { "upload-location": location };
  expect((await fetch(`${dock}/grant-0001`, { method: "DELETE", headers })).status).toBe(204);
  expect((await fetch(share)).status).toBe(404);

  const second = await deliver(dock, { grant: "grant-0002", bytes, until: nowMs + dayMs });
  expect((await terminate(second)).status).toBe(204);
  await deliver(dock, { grant: "grant-0003", bytes, until: nowMs + dayMs });
  at.clock.stepWall(dayMs);
  expect((await fetch(`${at.rig.url}/api/shares/grant-0003`)).status).toBe(404);
  await at.rig.portal.sweep();
  expect(await filesIn(at)).toEqual([]);
});

test("nobody puts something else behind a link that was known: a share's id is used once", async () => {
  await using at = await openDock();
  const dock = `${at.rig.url}/dock/shares`;
  const share = async (grant: string): Promise<number> =>
    (await fetch(`${at.rig.url}/api/shares/${grant}`)).status;
  const taken = await deliver(dock, { grant: "grant-0001", bytes: randomBytes(9), until: nowMs + dayMs });
  await deliver(dock, { grant: "grant-0002", bytes: randomBytes(9), until: nowMs + dayMs });
  expect((await terminate(taken)).status).toBe(204);
  at.clock.stepWall(dayMs);
  await at.rig.portal.sweep();
  for (const grant of ["grant-0001", "grant-0002"]) {
    await deliver(dock, { grant, bytes: randomBytes(9) });
    expect(await share(grant)).toBe(404);
  }
  expect(await filesIn(at)).toEqual([]);
  // no post that names them stands any more, and nothing is remembered of them either
  at.clock.stepWall(45 * dayMs);
  await at.rig.portal.sweep();
  expect(await at.rig.portal.store.parcels.arrived("shares", "grant-0001")).toBeNull();
  expect(await at.rig.portal.store.parcels.arrived("shares", "grant-0002")).toBeNull();
});

test("what arrives in the moment in which its time runs out has arrived, also for who looked before", async () => {
  await using at = await openDock("--dock.unfinishedHours=1");
  const bytes = randomBytes(500);
  const location = locationOf(
    await announce(at.agency.deliverTo, { grant: "grant-0001", bytes }),
    at.rig.url,
  );
  const { store } = at.rig.portal;
  at.clock.stepWall(hourMs);
  const [looked] = await store.parcels.due(nowMs + hourMs, 1);
  await patch(location, 0, bytes);
  await using folder = await openFolder(join(at.rig.data, "parcels"));
  const { dock: settings } = readWords([], {}).settings;
  const receiving = new Receiving({ store, bytes: folder, settings, clock: at.clock, onFault: () => {} });
  if (looked !== undefined) await receiving.expire(looked, nowMs + hourMs);
  expect(await filesIn(at)).toHaveLength(2);
  expect((await store.parcels.arrived("agencies/agency-1", "grant-0001"))?.here).toBe(true);
  if (looked !== undefined) await receiving.empty(looked);
  expect((await store.parcels.arrived("agencies/agency-1", "grant-0001"))?.here).toBe(false);
});

test("a share lasts two weeks at most, whatever it asks for", async () => {
  await using at = await openDock();
  await deliver(`${at.rig.url}/dock/shares`, {
    grant: "grant-0001",
    bytes: randomBytes(9),
    until: nowMs + 400 * dayMs,
  });
  const { until } = (await (await fetch(`${at.rig.url}/api/shares/grant-0001`)).json()) as { until: number };
  expect(until).toBe(nowMs + 14 * dayMs);
});

test("new parcels from one address are limited, and what is on its way is not", async () => {
  await using rig = await startPortal({ flags: ["--dock.createsPerMinute=3"] });
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  const bytes = randomBytes(10);
  const answers = [];
  for (let i = 0; i < 4; i += 1)
    answers.push(await announce(agency.deliverTo, { grant: `grant-000${i}`, bytes }));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  const [first] = answers;
  expect(first && (await patch(locationOf(first, rig.url), 0, bytes)).status).toBe(204);
});
