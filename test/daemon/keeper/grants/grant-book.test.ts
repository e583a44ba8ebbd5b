import { expect, test } from "vitest";
import {
  deletionAnswerOf,
  deletionNoticeOf,
  receiptOf,
  revocationOf,
} from "../../../../scripts/rigs/grant.ts";
import {
  ada,
  agency,
  askAll,
  askChunk,
  bo,
  clipId,
  compose,
  deliver,
  eve,
  keep,
  openDesk,
  recordedAt,
  revoke,
  say,
  stateOf,
  toArchive,
  toLink,
  toldOf,
  whats,
  withoutAda,
  type Desk,
} from "./desk.ts";
import { dayOf } from "../../../../daemon/wire/paths.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";

const dayMs = 86_400_000;
const clipFacts = {
  id: clipId,
  startWallMs: recordedAt(new SimClock()),
  codec: "avc1.42c01f",
  width: 640,
  height: 480,
  fragments: [],
};

test("a grant is carried whole, told in the ledger step by step, and keeps no bytes afterwards", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  expect(toldOf(desk, "parcel-send")).toMatchObject([
    { grant: "grant-000001", bytes: composed.parcel.length },
  ]);
  const { bytes } = await askAll(desk, composed);
  expect(Buffer.compare(bytes, composed.parcel)).toBe(0);
  await say(desk, composed, "delivered");
  expect(whats(desk)).toEqual(["grant-signed", "send-intent", "delivered"]);
  expect(desk.book.card(composed.grant.id)).toMatchObject({ state: "delivered", sentBytes: bytes.length });
  expect(await desk.disk.list("consent/grants/grant-000001")).toEqual(["grant.json", "state.json"]);
});

test("the same order handed in twice is one grant; another one of its id is refused", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await desk.book.keep(composed.order);
  expect(whats(desk)).toEqual(["grant-signed"]);
  const other = await compose(desk, { purpose: "something else" });
  await expect(desk.book.keep(other.order)).rejects.toThrow("another grant with this id");
});

test("nothing leaves within the cooling-off time, and a cancelled grant leaves no trace outside", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  const composed = await keep(desk);
  await desk.clock.advance(59_999);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("ready");
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("not-sending");
  await revoke(desk, composed, ada);
  await desk.clock.advance(600_000);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("cancelled");
  expect(desk.told.map(({ type }) => type)).toEqual(["chunk-refused"]);
  expect(desk.answered).toEqual(["granted abab", "cancelled abab"]);
});

test("after the cooling-off time it goes by itself", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  const composed = await keep(desk);
  await desk.clock.advance(60_000);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("sending");
  expect(toldOf(desk, "parcel-send")).toHaveLength(1);
});

test("a restart does not shorten the cooling-off time, also not by a clock that was set back", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  await keep(desk);
  await desk.clock.advance(40_000);
  await desk.restart();
  await desk.clock.advance(19_000);
  await desk.book.tick();
  expect(toldOf(desk, "parcel-send")).toHaveLength(0);
  await desk.clock.advance(1_000);
  await desk.book.tick();
  expect(toldOf(desk, "parcel-send")).toHaveLength(1);
});

test("a revocation by the other owner stops it within a chunk, and the dock is told", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  expect(await askChunk(desk, composed.grant.id, 0)).toMatchObject({ offset: 0 });
  await say(desk, composed, "sending", { offset: 500 });
  expect((await revoke(desk, composed, bo)).state).toBe("revoked");
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("revoked");
  expect(toldOf(desk, "parcel-stop")).toMatchObject([{ grant: "grant-000001", forget: false }]);
  expect(desk.entries.at(-1)).toMatchObject({ who: "Bo", what: "grant-revoked" });
});

test("the dock is told to forget until the courier says that it did", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askChunk(desk, composed.grant.id, 0);
  await say(desk, composed, "sending", { offset: 500 });
  await revoke(desk, composed);
  await desk.clock.advance(600_000);
  await desk.book.tick();
  expect(toldOf(desk, "parcel-stop")).toHaveLength(2);
  await say(desk, composed, "stopped");
  await desk.clock.advance(600_000);
  await desk.book.tick();
  expect(toldOf(desk, "parcel-stop")).toHaveLength(2);
});

test("nobody but an owner of this house revokes", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await expect(revoke(desk, composed, eve)).rejects.toThrow("may not sign it");
  const elsewhere = revocationOf({ ...composed.grant, device: eve.signKey }, ada, 1);
  await expect(desk.book.revoke(composed.grant.id, elsewhere)).rejects.toThrow("another doorbell");
  expect(stateOf(desk, composed)).toBe("sending");
});

test("what has arrived cannot be revoked, and the words say what can be done", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  await expect(revoke(desk, composed)).rejects.toMatchObject({
    message: "Harbour Police has it already; a copy cannot be pulled back",
    hint: "ask for its deletion",
  });
});

test("a link that has arrived is taken away from the dock when it is revoked", async () => {
  const desk = await openDesk();
  const composed = await keep(desk, toLink());
  expect(desk.book.card(composed.grant.id).shareUrl).toBe("https://portal.test/s/grant-000001");
  await deliver(desk, composed);
  await revoke(desk, composed);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("revoked");
  expect(toldOf(desk, "parcel-stop")).toMatchObject([{ forget: true }]);
});

test("who holds a key is told where it lies, as whoever has a link is", async () => {
  const desk = await openDesk();
  const { recipient } = toLink();
  const composed = await keep(desk, { destination: { kind: "neighbour" }, recipient });
  expect(desk.book.card(composed.grant.id).shareUrl).toBe("https://portal.test/s/grant-000001");
});

test("a link is taken away when its time is over", async () => {
  const desk = await openDesk();
  const composed = await keep(desk, { ...toLink(), notAfter: desk.clock.wallMs() + dayMs });
  expect(toldOf(desk, "parcel-send")).toMatchObject([{ keepUntil: composed.grant.notAfter }]);
  await deliver(desk, composed);
  await desk.clock.advance(dayMs);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("expired");
  expect(toldOf(desk, "parcel-stop")).toMatchObject([{ forget: true }]);
});

test("what goes to the owner's archive is closed when it has arrived, and stays there", async () => {
  const desk = await openDesk();
  const composed = await keep(desk, toArchive());
  await deliver(desk, composed);
  await desk.clock.advance(20 * dayMs);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("closed");
  expect(toldOf(desk, "parcel-stop")).toEqual([]);
});

test("what was not sent in time expires", async () => {
  const desk = await openDesk();
  const composed = await keep(desk, { notAfter: desk.clock.wallMs() + 10_000 });
  await askChunk(desk, composed.grant.id, 0);
  await desk.clock.advance(10_000);
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("expired");
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("expired");
  expect(whats(desk)).toContain("grant-expired");
});

test("the grant of an owner who was removed stops, and the words say why", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askChunk(desk, composed.grant.id, 0);
  desk.household = withoutAda(desk.household);
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("not-signed-by-owner");
  expect(desk.book.card(composed.grant.id)).toMatchObject({
    state: "failed",
    fault: { message: "Ada, who signed this, is not an owner any more" },
  });
});

test("when one owner refuses in the moment in which another signs, nothing leaves", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  const { asked } = desk;
  desk.asked = {
    ...asked,
    request: (hash) => {
      const known = asked.request(hash);
      return known === null ? null : { ...known, state: "refused" };
    },
  };
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("recipient-changed");
});

test("recordings that are deleted meanwhile are not kept for it", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askChunk(desk, composed.grant.id, 0);
  const folder = `clips/${dayOf(recordedAt(new SimClock()))}/${clipId}`;
  for (const name of await desk.disk.list(folder)) await desk.disk.remove(`${folder}/${name}`);
  expect((await askAll(desk, composed)).refusal).toBe("bytes-changed");
  expect(desk.book.card(composed.grant.id)).toMatchObject({
    state: "failed",
    fault: { message: "these recordings were deleted" },
  });
});

test("a recording that is not what it was does not leave", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  const path = `clips/${dayOf(recordedAt(new SimClock()))}/${clipId}/000002.m4s.age`;
  const bytes = (await desk.disk.read(path)) ?? new Uint8Array();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await desk.disk.write(path, bytes);
  expect((await askAll(desk, composed)).refusal).toBe("bytes-changed");
  expect(desk.book.card(composed.grant.id).fault?.message).toContain("is not what it was");
});

test("with a full ledger nothing leaves; it goes on by itself when there is room", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  desk.ledgerFull = true;
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("intent-not-durable");
  expect(desk.book.card(composed.grant.id)).toMatchObject({
    state: "suspended",
    fault: { message: "the ledger cannot be written, so nothing is sent; recording goes on" },
  });
  desk.ledgerFull = false;
  expect((await askAll(desk, composed)).bytes).toHaveLength(composed.parcel.length);
});

test("a revocation holds while the ledger and the disk are full, and is told when there is room", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  [desk.ledgerFull, desk.disk.full] = [true, true];
  await expect(revoke(desk, composed)).rejects.toMatchObject({ kind: "exhausted" });
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("revoked");
  [desk.ledgerFull, desk.disk.full] = [false, false];
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("revoked");
  expect(whats(desk)).toContain("grant-revoked");
});

test("what is revoked while its end waits for a full disk is revoked, not expired", async () => {
  const desk = await openDesk();
  const composed = await keep(desk, { notAfter: desk.clock.wallMs() + 10_000 });
  desk.ledgerFull = true;
  await desk.clock.advance(10_000);
  await desk.book.tick();
  expect((await revoke(desk, composed)).state).toBe("revoked");
  desk.ledgerFull = false;
  await desk.book.tick();
  await desk.restart();
  expect(stateOf(desk, composed)).toBe("revoked");
});

test("a revocation before a cut of the power is finished by the next start", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  desk.disk.plugIn(({ name }) => (name.endsWith("state.json") ? 0 : null));
  await revoke(desk, composed).catch(() => null); // nobody hears the answer of a dead process
  expect(desk.disk.dead).toBe(true);
  await desk.restart();
  expect(stateOf(desk, composed)).toBe("revoked");
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("revoked");
});

test("a clock that is set back is not believed, until an owner says that it is right", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  desk.clock.stepWall(-7_200_000);
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("clock-not-trusted");
  expect(desk.book.card(composed.grant.id)).toMatchObject({
    state: "suspended",
    fault: { message: "the doorbell's clock cannot be trusted now" },
  });
  await desk.book.resume(composed.grant.id, "Bo");
  expect(desk.entries.at(-1)).toMatchObject({ who: "Bo", what: "grant-resumed" });
  expect(await askChunk(desk, composed.grant.id, 0)).toMatchObject({ offset: 0 });
});

test("a doorbell that starts ten years ahead ends no grant and sends nothing until its clock is right", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  const tenYearsMs = 3_652 * 86_400_000;
  desk.clock.stepWall(tenYearsMs);
  await desk.restart();
  await desk.clock.advance(3_600_000);
  await desk.book.tick();
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("clock-not-trusted");
  expect(stateOf(desk, composed)).toBe("suspended");
  expect(desk.chunks).toEqual([]);
  desk.clock.stepWall(-tenYearsMs);
  await desk.restart(); // what was written meanwhile says nothing of a time to come
  await desk.book.tick();
  expect((await askAll(desk, composed)).refusal).toBeNull();
});

test("what is revoked ten years ahead is no reason to doubt the clock when it is right again", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  const tenYearsMs = 3_652 * 86_400_000;
  desk.clock.stepWall(tenYearsMs);
  await desk.restart();
  await revoke(desk, composed);
  desk.clock.stepWall(-tenYearsMs);
  await desk.restart();
  const other = await keep(desk, { id: "grant-000002" });
  await desk.book.tick();
  expect((await askAll(desk, other)).refusal).toBeNull();
});

test("a grant on a copied data folder waits until an owner says that it goes on", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  desk.home = "disk-2";
  await desk.restart();
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("suspended");
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("not-sending");
  expect(whats(desk)).toContain("grant-suspended");
  await desk.book.resume(composed.grant.id, "Bo");
  expect((await askAll(desk, composed)).refusal).toBeNull();
});

test("what was cooling off on a folder that was copied cools off to the end", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  const composed = await keep(desk);
  desk.home = "disk-2";
  await desk.restart();
  await desk.book.resume(composed.grant.id, "Bo");
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("ready");
  expect(await askChunk(desk, composed.grant.id, 0)).toBe("not-sending");
  await desk.clock.advance(61_000);
  await desk.book.tick();
  expect((await askAll(desk, composed)).refusal).toBeNull();
});

test("a receipt for exactly these bytes by the agency's key is taken", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  await desk.clock.advance(90_000);
  await desk.book.tick();
  expect(toldOf(desk, "dock-ask")).toMatchObject([{ what: "receipt" }]);
  const envelope = receiptOf(composed, agency);
  await desk.book.handle({ type: "dock-answer", grant: composed.grant.id, what: "receipt", envelope });
  expect(stateOf(desk, composed)).toBe("receipted");
  expect(whats(desk).at(-1)).toBe("receipt");
});

test.each([
  ["for other bytes than were sent", { manifest: "0".repeat(64) }],
  ["for another grant", { grant: "grant-000002" }],
])("a receipt %s is told in words and changes nothing", async (words, change) => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  const envelope = receiptOf(composed, agency, change);
  await desk.book.handle({ type: "dock-answer", grant: composed.grant.id, what: "receipt", envelope });
  const { state, receipt, fault } = desk.book.card(composed.grant.id);
  expect([state, receipt]).toEqual(["delivered", null]);
  expect(fault?.message).toContain(words);
});

test("a receipt by a key that the agency has revoked is none", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  desk.asked = { ...desk.asked, agencyKeys: () => [] };
  const envelope = receiptOf(composed, agency);
  await desk.book.handle({ type: "dock-answer", grant: composed.grant.id, what: "receipt", envelope });
  expect(desk.book.card(composed.grant.id).fault?.message).toContain("may not sign it");
});

test("receipts are looked for less and less often, and then no more", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  for (let hour = 0; hour < 40 * 24; hour += 1) {
    await desk.clock.advance(3_600_000);
    await desk.book.tick();
  }
  expect(toldOf(desk, "dock-ask").length).toBeGreaterThan(30);
  expect(toldOf(desk, "dock-ask").length).toBeLessThan(36);
  expect(stateOf(desk, composed)).toBe("closed");
});

test.each([
  ["deleted", {}, "Harbour Police says it has deleted it"],
  ["kept", { answer: "kept", basis: "section 12" }, "Harbour Police keeps it: section 12"],
] as const)("who is asked to delete answers: %s", async (state, change, words) => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  await desk.book.askDeletion(composed.grant.id, deletionNoticeOf(composed, bo, desk.clock.wallMs()));
  expect(stateOf(desk, composed)).toBe("deletion-asked");
  expect(toldOf(desk, "dock-tell")).toHaveLength(1);
  const envelope = deletionAnswerOf(composed, agency, change);
  await desk.book.handle({ type: "dock-answer", grant: composed.grant.id, what: "deletion", envelope });
  expect(stateOf(desk, composed)).toBe(state);
  expect(desk.entries.at(-1)?.detail).toBe(words);
});

test("who does not answer a deletion notice is shown as such after a month", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await deliver(desk, composed);
  await desk.book.askDeletion(composed.grant.id, deletionNoticeOf(composed, ada, desk.clock.wallMs()));
  for (let day = 0; day < 45; day += 1) {
    await desk.clock.advance(dayMs);
    await desk.book.tick();
  }
  expect(stateOf(desk, composed)).toBe("unanswered");
});

test("a courier that comes back carries it on from where it lies", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askChunk(desk, composed.grant.id, 0);
  await say(desk, composed, "sending", { offset: 100 });
  desk.book.courierLeft();
  await desk.book.courierArrived();
  expect(toldOf(desk, "parcel-send").at(-1)?.location).toBe("https://portal.test/upload/1");
  const rest = await askAll(desk, composed, 100);
  expect(Buffer.compare(rest.bytes, composed.parcel.subarray(100))).toBe(0);
});

test("what the courier claims to have delivered before it all left is not believed", async () => {
  const desk = await openDesk({ bytesEach: 40_000_000, fragments: 1 });
  const composed = await keep(desk, { choices: [{ clip: clipFacts, indexes: [0] }] });
  await askChunk(desk, composed.grant.id, 0);
  await say(desk, composed, "delivered");
  expect(stateOf(desk, composed)).toBe("sending");
});

test("a dock that will not have it ends it, with the dock's words", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await say(desk, composed, "failed", { fault: { kind: "denied", message: "portal.test answers 403" } });
  expect(desk.book.card(composed.grant.id)).toMatchObject({
    state: "failed",
    fault: { message: "portal.test answers 403" },
  });
});

test("when the last chunk arrives in the moment of the revocation, both are told", async () => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askAll(desk, composed);
  await revoke(desk, composed);
  await say(desk, composed, "delivered");
  const card = desk.book.card(composed.grant.id);
  expect(card.state).toBe("revoked");
  expect(card.fault?.message).toBe("all of it had arrived before it could be stopped");
  await desk.book.askDeletion(composed.grant.id, deletionNoticeOf(composed, bo, desk.clock.wallMs()));
  expect(stateOf(desk, composed)).toBe("deletion-asked");
});

test.each([
  ["expired", (desk: Desk) => desk.clock.advance(20 * dayMs)],
  ["failed", (desk: Desk) => void (desk.household = withoutAda(desk.household))],
])("what had arrived when it was %s can be asked back", async (state, stop) => {
  const desk = await openDesk();
  const composed = await keep(desk);
  await askAll(desk, composed);
  await stop(desk);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe(state);
  await say(desk, composed, "delivered");
  await desk.book.askDeletion(composed.grant.id, deletionNoticeOf(composed, bo, desk.clock.wallMs()));
  expect(stateOf(desk, composed)).toBe("deletion-asked");
});

test("a request that something is still given for is not asked again when another grant for it is cancelled", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  await keep(desk);
  const other = await compose(desk, { id: "grant-000002" });
  await desk.book.keep(other.order);
  await revoke(desk, other);
  expect(stateOf(desk, other)).toBe("cancelled");
  expect(desk.answered.at(-1)).toBe("granted abab");
});

test("that the only grant for a request was cancelled is told again after a start, and when the disk takes it late", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  const composed = await keep(desk);
  desk.disk.full = true;
  await expect(revoke(desk, composed)).rejects.toMatchObject({ kind: "exhausted" });
  desk.disk.full = false;
  await desk.book.tick();
  expect([stateOf(desk, composed), desk.answered.at(-1)]).toEqual(["cancelled", "cancelled abab"]);
  desk.answered.length = 0;
  await desk.restart();
  expect(desk.answered).toEqual(["cancelled abab"]);
});

test("an owner's word for the clock does not shorten the cooling-off time", async () => {
  const desk = await openDesk({ coolingOffS: 60 });
  const composed = await keep(desk);
  await desk.clock.advance(10_000);
  desk.clock.stepWall(-7_200_000);
  await desk.book.resume(composed.grant.id, "Bo");
  expect(stateOf(desk, composed)).toBe("ready");
  await desk.clock.advance(50_000);
  await desk.book.tick();
  expect(stateOf(desk, composed)).toBe("sending");
});

test("a link that was revoked while the ledger was full is taken back after the next start", async () => {
  const desk = await openDesk();
  const link = await keep(desk, toLink());
  await desk.book.tick();
  await deliver(desk, link);
  desk.ledgerFull = true;
  await revoke(desk, link);
  await desk.restart();
  desk.ledgerFull = false;
  await desk.book.tick();
  expect(stateOf(desk, link)).toBe("revoked");
  expect(toldOf(desk, "parcel-stop").at(-1)).toMatchObject({ grant: link.grant.id, forget: true });
});
