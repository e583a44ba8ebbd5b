import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { payloadTypes } from "../../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../../daemon/identity/keys.ts";
import { maxPerPerson, sessionMs } from "../../../../daemon/keeper/people/sessions.ts";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import type { Session, WhoAmI } from "../../../../daemon/wire/api-household.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { enrol, human, loginEnvelope, remove, signIn } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { tempFolder } from "../temp-folder.ts";

const yearMs = 365 * 86_400_000;

async function login(door: TestDoor, envelope: unknown) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ envelope });
  const answer = await fetch(`${door.base}/api/session`, { method: "POST", headers, body });
  return {
    status: answer.status,
    message: answer.ok ? "" : errorSchema.parse(await answer.json()).error.message,
  };
}

test("who signs the challenge is signed in, by a cookie that scripts and other sites cannot use", async () => {
  await using door = await openDoor();
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ envelope: await loginEnvelope(door.base, human(1)) });
  const answer = await fetch(`${door.base}/api/session`, { method: "POST", headers, body });
  expect(answer.headers.get("set-cookie")).toMatch(
    /^sill=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const me = (await (await door.get("/api/session")).json()) as WhoAmI;
  expect(me).toMatchObject({ person: { role: "owner", name: "Test owner 1" }, session: { own: true } });
});

test("a login is good once", async () => {
  await using door = await openDoor();
  const envelope = await loginEnvelope(door.base, human(1));
  expect((await login(door, envelope)).status).toBe(201);
  expect(await login(door, envelope)).toMatchObject({
    status: 403,
    message: expect.stringContaining("used already"),
  });
});

test("a challenge is good for a minute of running time, whatever the wall clock does", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  const [early, late] = [await loginEnvelope(door.base, human(1)), await loginEnvelope(door.base, human(1))];
  clock.stepWall(10 * yearMs);
  expect((await login(door, early)).status).toBe(201);
  clock.stepWall(-20 * yearMs);
  await clock.advance(60_000);
  expect((await login(door, late)).message).toContain("older than a minute");
});

test.each([
  ["a stranger's key", human(9), {}, "may not sign"],
  ["another doorbell", human(1), { device: human(3).keys.signKey }, "another doorbell"],
  ["a nonce of somebody's own", human(1), { nonce: "x".repeat(43) }, "used already"],
  ["an unknown field", human(1), { extra: true }, "not valid"],
  ["no label", human(1), { label: " " }, "label"],
])("a login with %s is refused", async (_name, who, changes, words) => {
  await using door = await openDoor();
  const { payload } = await loginEnvelope(door.base, who);
  const value = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const answer = await login(door, signEnvelope(who.keys, payloadTypes.login, { ...value, ...changes }));
  expect(answer.message).toContain(words);
  expect([400, 403]).toContain(answer.status);
});

test("a login whose signature was made for another kind of message is refused", async () => {
  await using door = await openDoor();
  const envelope = await loginEnvelope(door.base, human(1));
  expect((await login(door, { ...envelope, payloadType: payloadTypes.policy })).status).toBe(400);
  const value: unknown = JSON.parse(Buffer.from(envelope.payload, "base64url").toString());
  const other = signEnvelope(human(1).keys, payloadTypes.policy, value);
  expect(await login(door, { ...other, payloadType: payloadTypes.login })).toMatchObject({ status: 403 });
});

test("a session outlives a restart; its cookie is not in the file", async () => {
  await using folder = await tempFolder();
  const first = await openDoor({ data: folder.path });
  const { cookie } = first.owner;
  await first[Symbol.asyncDispose]();
  expect(await readFile(`${folder.path}/sessions.json`, "utf8")).not.toContain(cookie.slice(5));
  await using door = await openDoor({ data: folder.path });
  const answer = await fetch(`${door.base}/api/session`, { headers: { cookie } });
  expect(answer.status).toBe(200);
});

test("without a session, or with a made-up one, one is asked to sign in", async () => {
  await using door = await openDoor();
  for (const cookie of ["", "sill=", `sill=${"x".repeat(43)}`, "sill=%00"]) {
    const answer = await fetch(`${door.base}/api/session`, { headers: { cookie } });
    expect([answer.status, errorSchema.parse(await answer.json()).error.hint]).toEqual([
      401,
      "sign in first",
    ]);
  }
});

test("a session ends after its time", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  clock.stepWall(sessionMs - 1);
  expect((await door.get("/api/session")).status).toBe(200);
  clock.stepWall(1);
  expect((await door.get("/api/session")).status).toBe(401);
});

test("signing out ends one's own session only", async () => {
  await using door = await openDoor();
  const other = await signIn(door.base, human(1));
  expect((await other.fetch("/api/session", { method: "DELETE" })).status).toBe(204);
  expect((await other.fetch("/api/session")).status).toBe(401);
  expect((await door.get("/api/session")).status).toBe(200);
});

test("an owner sees and ends everybody's sessions, a member their own", async () => {
  await using door = await openDoor();
  const who = human(2, "member");
  await enrol(door.owner, who);
  const member = await signIn(door.base, who);
  const listOf = async (answer: Promise<Response>) => (await (await answer).json()) as Session[];
  const all = await listOf(door.get("/api/sessions"));
  const own = await listOf(member.fetch("/api/sessions"));
  expect([all.length, own.length]).toEqual([2, 1]);
  const owners = all.find(({ own }) => own)?.id;
  expect((await member.fetch(`/api/sessions/${owners}`, { method: "DELETE" })).status).toBe(404);
  expect((await door.owner.fetch(`/api/sessions/${own[0]?.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await member.fetch("/api/session")).status).toBe(401);
});

test("an owner who is removed while signed in is out at once, also after a restart", async () => {
  await using folder = await tempFolder();
  const who = human(2);
  const first = await openDoor({ data: folder.path });
  await enrol(first.owner, who);
  const second = await signIn(first.base, who);
  await remove(first.owner, who);
  expect((await second.fetch("/api/session")).status).toBe(401);
  await expect(signIn(first.base, who)).rejects.toThrow("may not sign");
  await first[Symbol.asyncDispose]();
  await using door = await openDoor({ data: folder.path });
  const answer = await fetch(`${door.base}/api/session`, { headers: { cookie: second.cookie } });
  expect(answer.status).toBe(401);
});

test("who is removed is told so, on that browser only; a session that was ended for another reason is not", async () => {
  await using door = await openDoor();
  const who = human(2, "member");
  await enrol(door.owner, who);
  const [ended, removed] = [await signIn(door.base, who), await signIn(door.base, who)];
  const because = async (answer: Promise<Response>) =>
    errorSchema.parse(await (await answer).json()).error.because;
  await ended.fetch("/api/session", { method: "DELETE" });
  await remove(door.owner, who);
  expect(await because(removed.fetch("/api/events"))).toBe("removed");
  expect(await because(ended.fetch("/api/events"))).toBe(undefined);
  expect(await because(fetch(`${door.base}/api/events`))).toBe(undefined);
});

test("a person has at most so many sessions; the one not seen for longest goes", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  const second = await signIn(door.base, human(1));
  for (let i = 2; i < maxPerPerson + 1; i += 1) {
    await clock.advance(1);
    await door.get("/api/session");
    await signIn(door.base, human(1));
  }
  expect((await second.fetch("/api/session")).status).toBe(401);
  expect((await door.get("/api/session")).status).toBe(200);
});
