import { stat, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { pairingMs } from "../../../../daemon/keeper/people/pairing-file.ts";
import { errorSchema } from "../../../../daemon/wire/api.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { doorOf, enrolRecord, human, pair, signIn } from "../../../../scripts/rigs/person.ts";
import { openBareDoor, openDoor, type BareDoor } from "../door.ts";
import { tempFolder } from "../temp-folder.ts";

const owner = human(1);

async function tryPair(door: BareDoor, code: string, who = owner) {
  const { device } = await doorOf(door.base);
  const record = enrolRecord(who, { device, next: { seq: 0, prev: null }, by: who });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ code, record });
  const answer = await fetch(`${door.base}/api/pair`, { method: "POST", headers, body });
  if (answer.ok) return { status: answer.status, message: "", hint: "" };
  const { message, hint } = errorSchema.parse(await answer.json()).error;
  return { status: answer.status, message, hint };
}

test("an unpaired doorbell has a code that only its own user can read", async () => {
  await using door = await openBareDoor();
  expect(await door.code()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/);
  expect((await stat(door.paths.pairing)).mode & 0o777).toBe(0o600);
  expect(await doorOf(door.base)).toMatchObject({ paired: false, simulated: true, certificate: null });
});

test("the code lets the first owner in, typed in any case and spacing, and is gone then", async () => {
  await using door = await openBareDoor();
  const code = (await door.code()) ?? "";
  await pair(door.base, owner, ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")} `);
  expect(await doorOf(door.base)).toMatchObject({ paired: true });
  expect(await door.code()).toBe(null);
  expect((await signIn(door.base, owner)).cookie).toMatch(/^sill=[\w-]{43}$/);
});

test("a second pairing is refused and says how others get in", async () => {
  await using door = await openDoor();
  const answer = await tryPair(door, "0000-0000-00", human(2));
  expect(answer.status).toBe(409);
  expect(answer.hint).toContain("ask an owner");
});

test("five wrong codes void the right one, each says how many tries are left", async () => {
  await using door = await openBareDoor();
  const left = [];
  for (let i = 0; i < 5; i += 1) left.push((await tryPair(door, "0000-0000-0")).message);
  expect(left.map((text) => /(\d) (?:try|tries)|void/u.exec(text)?.[0])).toEqual([
    "4 tries",
    "3 tries",
    "2 tries",
    "1 try",
    "void",
  ]);
  const answer = await tryPair(door, (await door.code()) ?? "");
  expect([answer.status, answer.message]).toEqual([403, expect.stringContaining("void")]);
  expect(answer.hint).toContain("sill pair");
});

test("a restart gives no further tries, but a new code in place of a void one", async () => {
  await using folder = await tempFolder();
  const codes = [];
  for (const tries of [3, 2, 0]) {
    await using door = await openBareDoor({ data: folder.path });
    codes.push(await door.code());
    for (let i = 0; i < tries; i += 1) expect((await tryPair(door, "none")).status).toBe(403);
  }
  expect(codes[1]).toBe(codes[0]);
  expect(codes[2]).not.toBe(codes[0]);
});

test.each([
  ["a day passes", (clock: SimClock) => clock.advance(pairingMs)],
  ["the clock leaps ten years ahead", async (clock: SimClock) => clock.stepWall(3_650 * 86_400_000)],
  ["the clock falls back ten years", async (clock: SimClock) => clock.stepWall(-3_650 * 86_400_000)],
])("the code expires when %s", async (_name, pass) => {
  const clock = new SimClock();
  await using door = await openBareDoor({ clock });
  const code = (await door.code()) ?? "";
  await pass(clock);
  expect(await tryPair(door, code)).toMatchObject({ status: 403, message: "the pairing code has expired" });
});

test("the right code does not let a member in, nor a record of another doorbell", async () => {
  await using door = await openBareDoor();
  const code = (await door.code()) ?? "";
  expect(await tryPair(door, code, human(2, "member"))).toMatchObject({ status: 400 });
  const foreign = enrolRecord(owner, { device: owner.keys.signKey, next: { seq: 0, prev: null }, by: owner });
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ code, record: foreign });
  const answer = await fetch(`${door.base}/api/pair`, { method: "POST", headers, body });
  expect(errorSchema.parse(await answer.json()).error.message).toContain("another doorbell");
  expect(await tryPair(door, code)).toMatchObject({ status: 201 });
});

test("of two who type the code at the same time one is in", async () => {
  await using door = await openBareDoor();
  const code = (await door.code()) ?? "";
  const answers = await Promise.all([tryPair(door, code), tryPair(door, code, human(2))]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 403]));
});

test("a household that cannot be read is said, lets nobody in and cannot be begun anew", async () => {
  await using folder = await tempFolder();
  await (await openDoor({ data: folder.path }))[Symbol.asyncDispose]();
  await writeFile(`${folder.path}/household/000000.json`, "{");
  await using door = await openBareDoor({ data: folder.path });
  expect(await doorOf(door.base)).toMatchObject({ paired: true });
  expect(await door.code()).toBe(null);
  expect(await tryPair(door, "0000-0000-00")).toMatchObject({ status: 500 });
  await expect(signIn(door.base, owner)).rejects.toThrow("household cannot be read");
  expect(await (await door.get("/healthz")).text()).toContain("household cannot be read");
});

test("the code never stands in the log", async () => {
  const logLines: string[] = [];
  await using door = await openBareDoor({ logLines });
  const code = (await door.code()) ?? "";
  await tryPair(door, "0000-0000-0");
  await tryPair(door, code);
  expect(logLines.join("\n")).not.toContain(code);
});
