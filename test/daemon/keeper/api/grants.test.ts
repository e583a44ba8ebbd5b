import { SimClock } from "../../../../hal/sim/clock.ts";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { letterSchema } from "../../../../daemon/consent/letter.ts";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { verifyEnvelope } from "../../../../daemon/identity/verify.ts";
import { identityFromSecret } from "../../../../daemon/seal/age/keys.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import type { Destinations, GrantCard } from "../../../../daemon/wire/api-consent.ts";
import type { HistoryEntry } from "../../../../daemon/wire/api-household.ts";
import { hashOf } from "../../../../scripts/rigs/agency.ts";
import {
  courtOrderOf,
  deletionAnswerOf,
  deletionNoticeOf,
  postOrder,
  receiptOf,
  revocationOf,
  type ComposedGrant,
} from "../../../../scripts/rigs/grant.ts";
import { enrol, getJson, human, putJson, remove, signIn } from "../../../../scripts/rigs/person.ts";
import {
  ada,
  agency,
  beAsked,
  cardOf,
  clipId,
  composeFor,
  grantTo,
  openGrantedDoor,
  toLink,
  toRequest,
  untilState,
} from "../granted-door.ts";
import type { TestDoor } from "../door.ts";
import { until } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";

const opener = [identityFromSecret(agency.keys.sealSecret)];

/** The files of a parcel, as its recipient cuts it: by the lengths in the letter. */
function filesOf(parcel: Uint8Array, { grant }: ComposedGrant): Uint8Array[] {
  let at = 0;
  return grant.items.map(({ bytes }) => parcel.subarray(at, (at += bytes)));
}

test("an agency asks, the owner shares four seconds, and the agency opens exactly those", async () => {
  await using house = await openGrantedDoor();
  const request = await beAsked(house);
  const composed = await grantTo(house, toRequest(request));
  await untilState(house, "delivered");
  const parcel = house.courier.arrived.get("grant-000001") ?? new Uint8Array();
  expect(Buffer.compare(parcel, composed.parcel)).toBe(0);
  const [letter = new Uint8Array(), init, ...fragments] = filesOf(parcel, composed);
  const { value } = verifyEnvelope(JSON.parse(Buffer.from(open(letter, opener)).toString()), {
    type: payloadTypes.letter,
    schema: letterSchema,
    trusts: (key) => key === ada.signKey,
    what: "letter",
  });
  expect(value.clips[0]?.fragments.map(({ index, startMs }) => [index, startMs])).toEqual([
    [1, 2_000],
    [2, 4_000],
  ]);
  expect(Buffer.from(open(init ?? letter, opener)).toString()).toBe("init ");
  expect(fragments.map((each) => Buffer.from(open(each, opener)).toString("latin1", 0, 1))).toEqual([
    "B",
    "C",
  ]);
  const { requests } = await getJson<{ requests: { state: string }[] }>(house.door.owner, "/api/requests");
  expect(requests.map(({ state }) => state)).toEqual(["granted"]);
});

test("every member sees what was disclosed, by whom, and step by step", async () => {
  await using house = await openGrantedDoor();
  await enrol(house.door.owner, human(2, "member"));
  const member = await signIn(house.door.base, human(2, "member"));
  await grantTo(house, toLink);
  await untilState(house, "delivered");
  const { grants } = await getJson<{ grants: GrantCard[] }>(member, "/api/grants");
  expect(grants).toMatchObject([{ by: "Test owner 1", recipient: { name: "whoever has the link" } }]);
  const { entries } = await getJson<{ entries: HistoryEntry[] }>(member, "/api/history");
  const about = entries.filter((entry) => entry.about?.grant === "grant-000001");
  expect(about.map(({ what }) => what)).toEqual(["delivered", "send-intent", "grant-signed"]);
});

test("an owner revokes what another owner granted, while it is on its way", async () => {
  await using house = await openGrantedDoor();
  await enrol(house.door.owner, human(2));
  const bo = await signIn(house.door.base, human(2));
  house.courier.held = true;
  const { grant } = await grantTo(house, toLink);
  await house.courier.next("parcel-send");
  const envelope = revocationOf(grant, bo.keys, Date.now());
  const answer = await putJson(bo, "/api/grants/grant-000001/revoke", { envelope }, "POST");
  expect(await answer.json()).toMatchObject({ state: "revoked" });
  house.courier.say({ type: "chunk-asked", grant: "grant-000001", offset: 0 });
  await until(() => house.courier.refusals.length === 1);
  expect(house.courier.refusals).toEqual(["revoked"]);
  expect(house.courier.arrived.size).toBe(0);
});

test("two owners granting and revoking at once: what was revoked is revoked, the other arrives", async () => {
  await using house = await openGrantedDoor({ coolingOffS: 1 });
  await enrol(house.door.owner, human(2));
  const bo = await signIn(house.door.base, human(2));
  const [first, second] = await Promise.all([
    composeFor(house, toLink),
    composeFor(house, toLink, { id: "grant-000002", owner: bo.keys }),
  ]);
  await postOrder(house.door.owner, first.order);
  const envelope = revocationOf(first.grant, bo.keys, Date.now());
  const answers = await Promise.all([
    postOrder(bo, second.order),
    putJson(bo, "/api/grants/grant-000001/revoke", { envelope }, "POST"),
    putJson(house.door.owner, "/api/grants/grant-000001/revoke", { envelope }, "POST"),
  ]);
  expect(answers.slice(1).map((each) => (each instanceof Response ? each.status : 0))).toEqual([200, 200]);
  await until(async () => (await cardOf(house, "grant-000002")).state === "delivered");
  expect((await cardOf(house)).state).toBe("cancelled");
  expect([...house.courier.arrived.keys()]).toEqual(["grant-000002"]);
});

test("when an owner is removed, what they granted stops at once", async () => {
  await using house = await openGrantedDoor();
  await enrol(house.door.owner, human(2));
  const bo = await signIn(house.door.base, human(2));
  house.courier.held = true;
  const { order } = await composeFor(house, toLink, { owner: bo.keys });
  await postOrder(bo, order);
  await house.courier.next("parcel-send");
  await remove(house.door.owner, human(2));
  expect((await untilState(house, "failed")).fault?.message).toBe(
    "Test owner 2, who signed this, is not an owner any more",
  );
  await house.courier.next("parcel-stop");
});

test("a clip that is deleted while it is being sent is not kept for it", async () => {
  await using house = await openGrantedDoor();
  house.courier.held = true;
  await grantTo(house, toLink);
  await house.courier.next("parcel-send");
  const { clips } = house.door.paths;
  for (const day of await readdir(clips)) await rm(join(clips, day, clipId), { recursive: true });
  house.courier.held = false;
  expect((await untilState(house, "failed")).fault?.message).toBe("these recordings were deleted");
});

test("a receipt and the answer to a deletion notice come back over the dock", async () => {
  await using house = await openGrantedDoor();
  const request = await beAsked(house);
  const composed = await grantTo(house, toRequest(request));
  await untilState(house, "delivered");
  const ask = () => house.door.owner.fetch("/api/grants/grant-000001/ask", { method: "POST" });
  expect((await ask()).status).toBe(200);
  expect(await house.courier.next("dock-ask")).toMatchObject({ what: "receipt" });
  const receipt = receiptOf(composed, agency);
  house.courier.say({ type: "dock-answer", grant: "grant-000001", what: "receipt", envelope: receipt });
  const card = await untilState(house, "receipted");
  expect(card.manifest).toBe(composed.manifest);
  const envelope = deletionNoticeOf(composed, ada, Date.now());
  await putJson(house.door.owner, "/api/grants/grant-000001/deletion", { envelope }, "POST");
  expect((await house.courier.next("dock-tell")).envelope).toEqual(envelope);
  const answer = deletionAnswerOf(composed, agency);
  house.courier.say({ type: "dock-answer", grant: "grant-000001", what: "deletion", envelope: answer });
  expect((await untilState(house, "deleted")).deletion).toMatchObject({ answer: "deleted" });
});

test("the status tells how many are on their way", async () => {
  await using house = await openGrantedDoor({ coolingOffS: 3_600 });
  await grantTo(house, toLink);
  expect(house.door.keeper.status().sending).toBe(1);
});

test.each(["installer", "tester"] as const)(
  "an %s is not told what was asked, nor that anything leaves",
  async (role) => {
    await using house = await openGrantedDoor({ coolingOffS: 3_600 });
    const { door } = house;
    await beAsked(house);
    await grantTo(house, toLink);
    await enrol(door.owner, human(4, role));
    const hand = await signIn(door.base, human(4, role));
    expect(await getJson(door.owner, "/api/status")).toMatchObject({ requests: 1, sending: 1 });
    expect(await getJson(hand, "/api/status")).toMatchObject({ requests: 0, sending: 0 });
    const heard: string[] = [];
    const socket = hand.socket("/api/ws");
    socket.on("message", (data: Buffer) => void heard.push(data.toString()));
    await until(() => heard.filter((text) => text.includes('"type":"status"')).length > 1);
    socket.terminate();
    for (const text of heard) expect(text).not.toMatch(/"(?:requests|sending)":1|"gate"/u);
  },
);

test("whoever asks how the doorbell is does not learn that something is on its way", async () => {
  // what a clock that was set back means for everybody is told; the times in it are not compared
  const problems = async (door: TestDoor): Promise<string[]> => {
    const { problems: all } = (await (await door.get("/healthz")).json()) as { problems: string[] };
    return all.map((problem) => problem.replaceAll(/\d/gu, "0"));
  };
  const clock = new SimClock(Date.now());
  await using house = await openGrantedDoor({ clock });
  const { grant } = await grantTo(house, toLink);
  clock.stepWall(-7_200_000);
  await until(async () => {
    await clock.advance(1_000);
    house.courier.say({ type: "chunk-asked", grant: grant.id, offset: 0 });
    const { fault } = await getJson<GrantCard>(house.door.owner, `/api/grants/${grant.id}`);
    return fault?.message === "the doorbell's clock cannot be trusted now";
  });
  const quietClock = new SimClock(Date.now());
  await using quiet = await openGrantedDoor({ clock: quietClock });
  quietClock.stepWall(-7_200_000);
  await until(async () =>
    (await problems(quiet.door)).some((problem) => problem.startsWith("the clock shows")),
  );
  expect(await problems(house.door)).toEqual(await problems(quiet.door));
});

test("what a grant may name besides a request", async () => {
  await using house = await openGrantedDoor({ coolingOffS: 7 });
  expect(await getJson<Destinations>(house.door.owner, "/api/destinations")).toEqual({
    device: house.door.device,
    archive: "https://nas.test/files",
    share: "https://portal.test/dock/shares",
    board: "https://portal.test/dock/board",
    coolingOffS: 7,
  });
});

test("an order larger than any grant is refused before it is read", async () => {
  await using house = await openGrantedDoor();
  const body = JSON.stringify({ envelope: "x".repeat(7_000_000), letter: "", headers: [] });
  const headers = { "content-type": "application/json" };
  const answer = await house.door.owner.fetch("/api/grants", { method: "POST", headers, body });
  expect(answer.status).toBe(413);
});

test("after a restart of the keeper what was on its way goes on, and what was revoked does not", async () => {
  await using folder = await tempFolder();
  const data = join(folder.path, "data");
  const revoked = await (async () => {
    await using house = await openGrantedDoor({ data });
    house.courier.held = true;
    const first = await grantTo(house, toLink);
    const envelope = revocationOf(first.grant, ada, Date.now());
    await putJson(house.door.owner, "/api/grants/grant-000001/revoke", { envelope }, "POST");
    await grantTo(house, toLink, { id: "grant-000002" });
    return first;
  })();
  await using house = await openGrantedDoor({ data });
  await until(async () => (await cardOf(house, "grant-000002")).state === "delivered");
  expect((await cardOf(house, revoked.grant.id)).state).toBe("revoked");
  expect([...house.courier.arrived.keys()]).toEqual(["grant-000002"]);
});

test("what a court ordered is recorded first, and leaves as what it is, within its window", async () => {
  await using house = await openGrantedDoor();
  const { door, clip } = house;
  const window = { from: clip.startWallMs, to: clip.startWallMs + 4_000 };
  const { order, envelope } = courtOrderOf(ada, { device: door.device, nowMs: Date.now(), window });
  const to = {
    destination: { kind: "court-order", order: hashOf(envelope) },
    recipient: { ...toLink.recipient, name: order.recipient },
  } as const;
  const within = await composeFor(house, to, { choices: [{ clip, indexes: [0, 1] }] });
  const before = await putJson(door.owner, "/api/grants", within.order, "POST");
  expect(await before.json()).toMatchObject({ error: { message: "this court order is not recorded here" } });
  await putJson(door.owner, "/api/court-orders", { envelope }, "POST");
  const beyond = await composeFor(house, to, { choices: [{ clip, indexes: [2] }] });
  expect((await putJson(door.owner, "/api/grants", beyond.order, "POST")).status).toBe(403);
  await postOrder(door.owner, within.order);
  expect(await untilState(house, "delivered")).toMatchObject({ destination: { kind: "court-order" } });
});
