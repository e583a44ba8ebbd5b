import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { joinMs } from "../../../../daemon/keeper/people/joins.ts";
import { checkNumber } from "../../../../daemon/identity/check-number.ts";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import {
  doorOf,
  enrol,
  enrolRecord,
  human,
  peopleOf,
  putJson,
  remove,
  signIn,
  type Human,
} from "../../../../scripts/rigs/person.ts";
import { openBareDoor, openDoor, type BareDoor } from "../door.ts";
import { connectTestEye } from "../test-eye.ts";
import { until } from "../page.ts";

async function join(door: BareDoor, { person: { name, role, signKey, sealTo } }: Human) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ name, role, signKey, sealTo });
  const answer = await fetch(`${door.base}/api/join`, { method: "POST", headers, body });
  return { status: answer.status, ...((await answer.json()) as { id: string; check: string }) };
}
async function stateOf(door: BareDoor, id: string) {
  return (await (await fetch(`${door.base}/api/join/${id}`)).json()) as { state: string; check: string };
}

test("who asks to join waits where the owner sees the same six digits, and is in when the owner signs", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const who = human(2, "member");
  const { status, id, check } = await join(door, who);
  expect([status, check]).toEqual([202, checkNumber(who.person)]);
  expect((await peopleOf(door.owner)).waiting).toMatchObject([{ id, check, name: who.person.name }]);
  expect(await stateOf(door, id)).toEqual({ state: "waiting", check });
  await enrol(door.owner, who);
  expect((await stateOf(door, id)).state).toBe("enrolled");
  expect((await peopleOf(door.owner)).people.map(({ role }) => role)).toEqual(["owner", "member"]);
  expect(await readdir(door.paths.household)).toEqual(["000000.json", "000001.json"]);
  await until(() => eye.received.some(({ type }) => type === "household-changed"));
  expect((await peopleOf(await signIn(door.base, who))).waiting).toEqual([]);
});

test("who is sent away, or waits too long, hears of it", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  const [first, second] = [await join(door, human(2)), await join(door, human(3, "tester"))];
  expect((await door.owner.fetch(`/api/join/${first.id}`, { method: "DELETE" })).status).toBe(204);
  await clock.advance(joinMs);
  expect((await stateOf(door, first.id)).state).toBe("refused");
  expect((await stateOf(door, second.id)).state).toBe("expired");
  expect((await peopleOf(door.owner)).waiting).toEqual([]);
});

test("a stranger's or member's signature enrols nobody, even in an owner's session", async () => {
  await using door = await openDoor();
  await enrol(door.owner, human(2, "member"));
  const { device } = await doorOf(door.base);
  const { next } = await peopleOf(door.owner);
  for (const by of [human(2, "member"), human(9)]) {
    const record = enrolRecord(human(4), { device, next, by });
    expect((await putJson(door.owner, "/api/people", { record }, "POST")).status).toBe(403);
  }
});

test("a record that was made before somebody else's change is refused with a hint", async () => {
  await using door = await openDoor();
  const { device } = await doorOf(door.base);
  const { next } = await peopleOf(door.owner);
  const record = enrolRecord(human(2), { device, next, by: door.owner });
  await enrol(door.owner, human(3));
  const answer = await putJson(door.owner, "/api/people", { record }, "POST");
  expect(answer.status).toBe(400);
  expect(errorSchema.parse(await answer.json()).error.hint).toContain("load the page again");
});

test("the last owner stays, a former one signs nothing more", async () => {
  await using door = await openDoor();
  await expect(remove(door.owner, human(1))).rejects.toThrow("last owner");
  await enrol(door.owner, human(2));
  const second = await signIn(door.base, human(2));
  await remove(second, human(1));
  const { device } = await doorOf(door.base);
  const { next } = await peopleOf(second);
  const record = enrolRecord(human(5), { device, next, by: door.owner });
  expect((await putJson(second, "/api/people", { record }, "POST")).status).toBe(403);
});

test("nobody can ask to join a doorbell without an owner", async () => {
  await using door = await openBareDoor();
  expect((await join(door, human(2))).status).toBe(403);
});

test("keys that do not fit the role are refused before anybody sees them", async () => {
  await using door = await openDoor();
  const tester = human(3, "tester");
  const wrong = { ...tester, person: { ...tester.person, sealTo: tester.keys.sealTo } };
  expect((await join(door, wrong)).status).toBe(400);
  expect((await peopleOf(door.owner)).waiting).toEqual([]);
});
