/** A program's key reads what a program may read, and ends when it is taken away or its owner is removed. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { maxPrograms, programMs, sessionMs } from "../../../../daemon/keeper/people/sessions.ts";
import type { Session } from "../../../../daemon/wire/api-household.ts";
import { errorSchema, noticeSchema } from "../../../../daemon/wire/api.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { enrol, human, remove, signIn, type SignedInHuman } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { closed } from "../page.ts";
import { tempFolder } from "../temp-folder.ts";

async function keyOf(owner: SignedInHuman, name = "Hallway display"): Promise<{ id: string; key: string }> {
  const headers = { "content-type": "application/json" };
  const answer = await owner.fetch("/api/programs", {
    method: "POST",
    headers,
    body: JSON.stringify({ name }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; key: string };
}

const as = (key: string): { authorization: string } => ({ authorization: `Bearer ${key}` });
const read = (door: TestDoor, path: string, key: string, method = "GET"): Promise<Response> =>
  fetch(door.base + path, { method, headers: as(key) });

test("it reads status, events and metrics", async () => {
  await using door = await openDoor();
  const { key } = await keyOf(door.owner);
  expect(key).toMatch(/^sill_[\w-]{43}$/u);
  for (const path of ["/api/status", "/api/events", "/metrics"])
    expect([path, (await read(door, path, key)).status]).toEqual([path, 200]);
});

test("it does nothing else: every other route says that it is not for programs", async () => {
  await using door = await openDoor();
  const { key } = await keyOf(door.owner);
  const open = new Set([
    "/api/status",
    "/api/health",
    "/api/events",
    "/api/events/:id",
    "/api/ws",
    "/metrics",
  ]);
  const others = door.keeper.routes.filter(
    ({ url, allow, method }) => allow !== "everyone" && !(open.has(url) && ["GET", "HEAD"].includes(method)),
  );
  expect(others.length).toBeGreaterThan(40);
  for (const { method, url } of others) {
    const answer = await read(door, url.replace(/:\w+/gu, "no-such-id"), key, method);
    expect([method, url, answer.status]).toEqual([method, url, 403]);
    if (method !== "HEAD")
      expect(errorSchema.parse(await answer.json()).error.message).toBe("this is not for programs");
  }
});

test("a key is no cookie, and a session is no key", async () => {
  await using door = await openDoor();
  const { key } = await keyOf(door.owner);
  const asCookie = await fetch(`${door.base}/api/status`, { headers: { cookie: `sill=${key}` } });
  expect(asCookie.status).toBe(401);
  const [, token = ""] = /sill=([\w-]+)/u.exec(door.owner.cookie) ?? [];
  expect((await read(door, "/api/status", token)).status).toBe(401);
});

test("a ring reaches a program that listens; when its key is taken away the socket closes", async () => {
  await using door = await openDoor();
  const { id, key } = await keyOf(door.owner);
  const socket = new WebSocket(`${door.base.replace("http", "ws")}/api/ws`, { headers: as(key) });
  const rung = new Promise<string>((resolve) => {
    socket.on("message", (data: Buffer) => {
      const notice = noticeSchema.parse(JSON.parse(data.toString()));
      if (notice.type === "event") resolve(notice.event.kind);
      if (notice.type === "hello") void door.button.press();
    });
  });
  expect(await rung).toBe("ring");
  const gone = closed(socket);
  expect((await door.owner.fetch(`/api/sessions/${id}`, { method: "DELETE" })).status).toBe(204);
  expect(await gone).toBe(1008);
  expect((await read(door, "/api/status", key)).status).toBe(401);
});

test("it goes with the owner who made it", async () => {
  await using door = await openDoor();
  const other = human(2, "owner");
  await enrol(door.owner, other);
  const { key } = await keyOf(await signIn(door.base, other));
  expect((await read(door, "/api/status", key)).status).toBe(200);
  await remove(door.owner, other);
  expect((await read(door, "/api/status", key)).status).toBe(401);
});

test("it outlives every session, and a restart, and the folder does not hold it", async () => {
  const clock = new SimClock();
  await using folder = await tempFolder();
  let key = "";
  {
    await using door = await openDoor({ clock, data: folder.path });
    ({ key } = await keyOf(door.owner));
    expect(await readFile(door.paths.sessions, "utf8")).not.toContain(key.slice(5));
  }
  clock.stepWall(2 * sessionMs);
  await using door = await openDoor({ clock, data: folder.path });
  expect((await read(door, "/api/status", key)).status).toBe(200);
  const listed = (await (await door.get("/api/sessions")).json()) as Session[];
  expect(listed.filter(({ program }) => program).map(({ label }) => label)).toEqual(["Hallway display"]);
  clock.stepWall(programMs);
  expect((await read(door, "/api/status", key)).status).toBe(401);
});

test("signing in on many browsers takes no program's key away; one program too many is refused", async () => {
  await using door = await openDoor();
  const { key } = await keyOf(door.owner);
  for (let i = 0; i < 18; i += 1) await signIn(door.base, human(1));
  expect((await read(door, "/api/status", key)).status).toBe(200);
  const owner = await signIn(door.base, human(1));
  for (let i = 1; i < maxPrograms; i += 1) await keyOf(owner, `Program ${i}`);
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ name: "One more" });
  const answer = await owner.fetch("/api/programs", { method: "POST", headers, body });
  expect([answer.status, errorSchema.parse(await answer.json()).error.message]).toEqual([
    400,
    `${maxPrograms} programs have a key already`,
  ]);
});

test("the history says who gave a key to what, and who took it away", async () => {
  await using door = await openDoor();
  const { id } = await keyOf(door.owner, "Prometheus");
  await door.owner.fetch(`/api/sessions/${id}`, { method: "DELETE" });
  const { entries } = (await (await door.get("/api/history")).json()) as {
    entries: { what: string; detail: string; who: string }[];
  };
  expect(entries.map(({ who, what, detail }) => [who, what, detail])).toEqual(
    expect.arrayContaining([
      ["Test owner 1", "program-let-in", "Prometheus"],
      ["Test owner 1", "signed-out", "took away the key of Prometheus"],
    ]),
  );
});
