import { expect, test } from "vitest";
import type { Request } from "../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { SimClock, simEpochWallMs } from "../../../hal/sim/clock.ts";
import type { RequestDetail, RequestPage } from "../../../portal/api.ts";
import { putAgency, withoutKeys } from "../../../portal/office/agencies.ts";
import {
  agencyOf,
  postJson,
  register,
  requestOf,
  signInAgency,
  signedRequest,
  startPortal,
  type DeskRig,
  type PortalRig,
  type TestAgency,
} from "../../../scripts/rigs/portal.ts";
import { readLog } from "../log/reader.ts";

const nowMs = simEpochWallMs;
const dayMs = 86_400_000;

interface Desk extends AsyncDisposable {
  readonly rig: PortalRig;
  readonly clock: SimClock;
  readonly agency: TestAgency;
  readonly desk: DeskRig;
}

async function openDesk(): Promise<Desk> {
  const clock = new SimClock();
  const rig = await startPortal({ clock });
  const agency = agencyOf(1, rig.url);
  await register(rig, agency);
  const desk = await signInAgency(rig.url, agency);
  return { rig, clock, agency, desk, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
}

function publish({ desk, agency }: Desk, change: Partial<Request> = {}): Promise<Response> {
  return desk.post("/api/desk/requests", signedRequest(agency, requestOf(agency, nowMs, change)));
}

async function rejectOf(response: Response): Promise<string | undefined> {
  const { error } = (await response.json()) as { error: { reject?: string } };
  return error.reject;
}

async function readOver({ rig }: Desk) {
  const read = async (path: string): Promise<Uint8Array | null> => {
    const response = await fetch(`${rig.url}/log/${path}`);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  };
  return readLog(read, rig.portal.keys.logKey);
}

test("a request that is published is in the public log, in the feed and on the agency's page", async () => {
  await using at = await openDesk();
  const request = requestOf(at.agency, nowMs);
  const envelope = signedRequest(at.agency, request);
  const answer = await at.desk.post("/api/desk/requests", envelope);
  expect(answer.status).toBe(201);
  const { hash, index } = (await answer.json()) as { hash: string; index: number };
  const { entries } = await readOver(at);
  expect(JSON.parse(entries[index]?.toString() ?? "")).toEqual(envelope);
  const page = (await (await fetch(`${at.rig.url}/api/requests`)).json()) as RequestPage;
  expect(page.requests.map((card) => [card.hash, card.state])).toEqual([[hash, "open"]]);
  const detail = (await (await fetch(`${at.rig.url}/api/requests/${hash}`)).json()) as RequestDetail;
  expect([detail.envelope, detail.request]).toEqual([envelope, request]);
  const mine = (await (await at.desk.fetch("/api/desk/requests")).json()) as RequestPage;
  expect(mine.requests.map((card) => card.hash)).toEqual([hash]);
});

test.each<[string, Partial<Request>]>([
  ["radius-too-small", { area: { lat: 52, lon: 5, radiusM: 20 } }],
  ["radius-too-large", { area: { lat: 52, lon: 5, radiusM: 401 } }],
  ["window-too-short", { window: { from: nowMs - 300_000, to: nowMs - 200_000 } }],
  ["window-not-over", { window: { from: nowMs - 3_600_000, to: nowMs + 1 } }],
  ["outside-jurisdiction", { area: { lat: 48, lon: 5, radiusM: 200 } }],
  ["lifetime-too-long", { expiresAt: nowMs + 15 * dayMs }],
  ["wrong-dock", { deliverTo: "https://else.example/dock" }],
  ["incident-not-listed", { incidentType: "protest" as never }],
  ["no-case", { case: "---" }],
])("a request is refused as every doorbell would: %s", async (code, change) => {
  await using at = await openDesk();
  const before = (await readOver(at)).size;
  const answer = await publish(at, change);
  expect([answer.status, await rejectOf(answer)]).toEqual([400, code]);
  expect((await readOver(at)).size).toBe(before);
});

test("the third request of a case is refused, however its number is written, and of two at once one is", async () => {
  await using at = await openDesk();
  expect((await publish(at, { case: "2026/17" })).status).toBe(201);
  const both = await Promise.all([publish(at, { case: "2026-17" }), publish(at, { case: "2026 17" })]);
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 400]);
  expect(await rejectOf(await publish(at, { case: "202617" }))).toBe("too-many-per-case");
});

test("the same request is not logged twice", async () => {
  await using at = await openDesk();
  const envelope = signedRequest(at.agency, requestOf(at.agency, nowMs));
  expect((await at.desk.post("/api/desk/requests", envelope)).status).toBe(201);
  expect(await rejectOf(await at.desk.post("/api/desk/requests", envelope))).toBe("replayed");
});

test("a signature that does not fit, and another agency's request, are refused", async () => {
  await using at = await openDesk();
  const envelope = signedRequest(at.agency, requestOf(at.agency, nowMs));
  const forged = { ...envelope, payload: envelope.payload.replace(/..$/u, "AA") };
  expect(await rejectOf(await at.desk.post("/api/desk/requests", forged))).toBe("bad-signature");
  const other = agencyOf(2, at.rig.url);
  const answer = await at.desk.post("/api/desk/requests", signedRequest(other, requestOf(other, nowMs)));
  expect(answer.status).toBe(403);
});

test("a request that was taken back says so, and only its agency can", async () => {
  await using at = await openDesk();
  const { hash } = (await (await publish(at)).json()) as { hash: string };
  const other = agencyOf(2, at.rig.url);
  await register(at.rig, other);
  const withdrawal = (agency: TestAgency) =>
    signEnvelope(agency.keys, payloadTypes.withdrawal, { agency: agency.id, request: hash, issuedAt: nowMs });
  const stranger = await signInAgency(at.rig.url, other);
  expect((await stranger.post("/api/desk/withdrawals", withdrawal(other))).status).toBe(404);
  expect((await at.desk.post("/api/desk/withdrawals", withdrawal(at.agency))).status).toBe(201);
  expect((await at.desk.post("/api/desk/withdrawals", withdrawal(at.agency))).status).toBe(400);
  const { state, withdrawn } = (await (
    await fetch(`${at.rig.url}/api/requests/${hash}`)
  ).json()) as RequestDetail;
  expect([state, withdrawn?.by]).toEqual(["withdrawn", "agency"]);
});

test("a key that was revoked is signed out, signs in no more and publishes no more", async () => {
  await using at = await openDesk();
  const { id, keys } = at.agency;
  await putAgency(at.rig.portal.office, id, (newest, ms) => withoutKeys(newest, id, keys.signKey, ms));
  expect((await at.desk.fetch("/api/desk/session")).status).toBe(401);
  expect((await publish(at)).status).toBe(401);
  await expect(signInAgency(at.rig.url, at.agency)).rejects.toThrow("403");
});

test("a session ends after some hours and when it is closed; a nonce signs in once", async () => {
  await using at = await openDesk();
  expect((await at.desk.fetch("/api/desk/session")).status).toBe(200);
  await at.clock.advance(8 * 3_600_000);
  expect((await at.desk.fetch("/api/desk/session")).status).toBe(401);
  const desk = await signInAgency(at.rig.url, at.agency);
  await desk.fetch("/api/desk/session", { method: "DELETE" });
  expect((await desk.fetch("/api/desk/session")).status).toBe(401);

  const challenge = await fetch(`${at.rig.url}/api/desk/challenge`, { method: "POST" });
  const { device, nonce } = (await challenge.json()) as { device: string; nonce: string };
  const login = (said: object) =>
    signEnvelope(at.agency.keys, payloadTypes.login, { device, nonce, label: "twice", issuedAt: 1, ...said });
  const open = (said = {}) => postJson(`${at.rig.url}/api/desk/session`, { envelope: login(said) });
  expect((await open({ device: "A".repeat(43) })).status).toBe(403);
  expect((await open()).status).toBe(201);
  expect((await open()).status).toBe(403);
});

test("without a session the desk is closed, and no answer sets a cookie", async () => {
  await using at = await openDesk();
  for (const path of ["session", "requests", "parcels", "parcels/grant-0001/parcel"]) {
    const response = await fetch(`${at.rig.url}/api/desk/${path}`);
    expect([path, response.status]).toEqual([path, 401]);
  }
  const session = await postJson(`${at.rig.url}/api/desk/session`, { envelope: {} });
  expect(session.headers.get("set-cookie")).toBeNull();
});
