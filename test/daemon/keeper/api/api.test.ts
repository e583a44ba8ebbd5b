import { request } from "node:http";
import { createConnection } from "node:net";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { httpStatusOf } from "../../../../daemon/keeper/api/errors.ts";
import { clipSchema, errorSchema, eventPageSchema, eventSchema } from "../../../../daemon/wire/api.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import { clipFiles } from "../../../../daemon/wire/paths.ts";
import { Fault, faultKinds } from "../../../../hal/fault.ts";
import { putJson } from "../../../../scripts/rigs/person.ts";
import { viewer } from "../../seal/viewer.ts";
import { eventIn, writeClip } from "../clip-on-disk.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { closed, openPage, until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

const startWallMs = Date.now() - 60_000;
const logLines: string[] = [];
let door: TestDoor;

beforeAll(async () => {
  door = await openDoor({ settings: { button: { cooldownMs: 0 } }, logLines });
});
afterAll(() => door[Symbol.asyncDispose]());

async function errorOf(answer: Response) {
  return errorSchema.parse(await answer.json()).error;
}

/** A complete clip with one or more events, as the eye leaves it. */
async function addClip(id: string, events: readonly string[]) {
  await using eye = await connectTestEye(door.paths);
  const clip = {
    id,
    startWallMs,
    events: events.map((each) => eventIn(each, startWallMs)),
    bytesEach: 5_000,
  };
  for (const event of events) {
    eye.send({ type: "event-opened", event, kind: "motion", startWallMs, score: 1, zones: [] });
    eye.send({ type: "event-closed", event, endWallMs: startWallMs + 9, score: 1, zones: [] });
  }
  await eye.record(door.paths, clip);
  const written = await writeClip(door.paths, clip);
  eye.send({ type: "clip-closed", clip: id, endWallMs: startWallMs + 4_000, reason: "quiet" });
  await until(async () => (await (await door.get(`/api/clips/${id}`)).text()).includes('"complete"'));
  return written;
}

describe("malformed requests", () => {
  const long = "x".repeat(200);
  const requests: [string, string, string | undefined, number, string][] = [
    ["GET", "/api/events?limit=0", undefined, 400, "invalid"],
    ["GET", "/api/events?limit=201", undefined, 400, "invalid"],
    ["GET", "/api/events?limit=ten", undefined, 400, "invalid"],
    ["GET", "/api/events?before=yesterday", undefined, 400, "invalid"],
    ["GET", "/api/events?before=1_../../etc", undefined, 400, "invalid"],
    ["GET", "/api/events?kind=ghost", undefined, 400, "invalid"],
    ["GET", "/api/events?kind=ring&kind=motion", undefined, 400, "invalid"],
    ["GET", "/api/events?colour=red", undefined, 400, "invalid"],
    ["GET", "/api/events/UPPER-CASE", undefined, 400, "invalid"],
    ["GET", "/api/events/%00%00%00%00%00%00%00%00", undefined, 400, "invalid"],
    ["GET", "/api/events/%zz", undefined, 400, "invalid"],
    ["GET", "/api/events/no-such-event", undefined, 404, "not-found"],
    ["GET", `/api/events/${long}`, undefined, 414, "invalid"],
    ["GET", "/api/clips/..%2f..%2fetc%2fpasswd", undefined, 400, "invalid"],
    ["GET", "/api/clips/no-such-clip", undefined, 404, "not-found"],
    ["GET", "/api/clips/no-such-clip/init.mp4", undefined, 404, "not-found"],
    ["GET", "/api/clips/no-such-clip/fragments/-1", undefined, 400, "invalid"],
    ["GET", "/api/clips/no-such-clip/fragments/1.5", undefined, 400, "invalid"],
    ["GET", "/api/clips/no-such-clip/fragments/0x", undefined, 400, "invalid"],
    ["DELETE", "/api/events/no-such-event", undefined, 404, "not-found"],
    ["DELETE", "/api/events", undefined, 404, "not-found"],
    ["POST", "/api/sim/pir", "{", 400, "invalid"],
    ["POST", "/api/sim/pir", "{}", 400, "invalid"],
    ["POST", "/api/sim/pir", '{"active":"yes"}', 400, "invalid"],
    ["POST", "/api/sim/pir", '{"active":true,"extra":1}', 400, "invalid"],
    ["POST", "/api/sim/pir", `{"__proto__":{"active":true}}`, 400, "invalid"],
    ["POST", "/api/sim/pir", `"${"x".repeat(20_000)}"`, 413, "exhausted"],
    ["POST", "/api/nothing", "{}", 404, "not-found"],
    ["GET", "/api/ws", undefined, 404, "not-found"],
    ["GET", "/../../../etc/passwd", undefined, 404, "not-found"],
  ];

  function nameOf(method: string, path: string, body = ""): string {
    return `${method} ${path.slice(0, 60)} ${body.slice(0, 40)}`;
  }

  test.each(
    requests.map(([method, path, body, ...expected]) => ({
      name: nameOf(method, path, body),
      asked: { method, path, body },
      expected,
    })),
  )("$name is answered $expected", async ({ asked: { method, path, body }, expected: [status, kind] }) => {
    const answer = await door.owner.fetch(path, {
      method,
      ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    });
    expect(answer.status).toBe(status);
    expect((await errorOf(answer)).kind).toBe(kind);
    expect(logLines.join()).not.toContain('"level":50');
  });

  test("a body of another media type is refused", async () => {
    const answer = await door.owner.fetch(`/api/sim/pir`, { method: "POST", body: "active=true" });
    expect(answer.status).toBe(415);
    expect((await errorOf(answer)).kind).toBe("invalid");
  });

  test("an error names the field and what is allowed", async () => {
    const error = await errorOf(await door.get("/api/events?limit=999"));
    expect(error).toMatchObject({
      message: expect.stringMatching(/^limit: .*200/),
      hint: expect.any(String),
    });
  });

  test("bytes that are no HTTP close the connection, not the server", async () => {
    const socket = createConnection(door.keeper.port, "127.0.0.1");
    socket.end("\u0000\u0001 nonsense\r\n\r\n");
    await new Promise((resolve) => socket.once("close", resolve).resume());
    expect((await door.get("/api/status")).status).toBe(200);
  });

  test.each(faultKinds)("a Fault %s has an HTTP status", (kind) => {
    expect(httpStatusOf(new Fault(kind, "words"))).toBeGreaterThanOrEqual(400);
  });
});

describe("foreign web sites", () => {
  function ask(method: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${door.base}/api/sim/press`,
        { method, headers: { cookie: door.owner.cookie, ...headers } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      asked.once("error", reject).end();
    });
  }

  test.each([
    ["POST", {}, 202],
    ["POST", { host: "door.local", origin: "http://door.local" }, 202],
    ["POST", { host: "rebound.example" }, 403],
    ["GET", { host: "rebound.example" }, 403],
    ["POST", { host: "door.local", origin: "http://evil.example" }, 403],
    ["POST", { host: "door.local", origin: "null" }, 403],
    ["GET", { host: "door.local", origin: "http://evil.example" }, 404],
  ])("%s with %o is answered %i", async (method, headers: Record<string, string>, status) => {
    expect(await ask(method, headers)).toBe(status);
  });

  test.each([
    [{ origin: "http://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{ host: "rebound.example" }, 403],
  ])("a WebSocket with %o is refused with %i", async (headers: Record<string, string>, status) => {
    const socket = new WebSocket(`${door.base.replace("http", "ws")}/api/ws`, {
      headers: { cookie: door.owner.cookie, ...headers },
    });
    const refused = new Promise((resolve) => {
      socket.once("unexpected-response", (_request, answer) => resolve(answer.statusCode));
    });
    socket.once("error", () => {});
    expect(await refused).toBe(status);
  });

  test("the content security policy lets the page reach nothing but this server", async () => {
    const policy = (await door.get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});

describe("sockets", () => {
  test.each([
    ["/api/ws", "hello?", 1008],
    ["/api/ws", [1, 2], 1003],
    ["/api/live", "play", 1008],
    ["/api/live", { length: 4_000 }, 1009],
  ])("%s closes a client that sends %j with %i", async (path, message, code) => {
    const socket = door.owner.socket(path);
    const bytes = typeof message === "string" ? message : Uint8Array.from(message);
    socket.once("open", () => socket.send(bytes));
    expect(await closed(socket)).toBe(code);
  });

  test("a page begins with hello and the status, and hears of changes", async () => {
    await using page = await openPage(door.owner);
    await page.next((each) => each.type === "status");
    expect(page.notices.map((each) => each.type).slice(0, 2)).toEqual(["hello", "status"]);
    const before = page.notices.length;
    await door.pir.edge(!door.pir.active);
    await until(() => page.notices.slice(before).some((each) => each.type === "status"));
  });
});

describe("events and clips", () => {
  test("pages of the timeline follow each other without gap or repeat", async () => {
    for (let press = 0; press < 7; press += 1) await door.button.press();
    const ids: string[] = [];
    let query = "?kind=ring&limit=3";
    for (;;) {
      const page = eventPageSchema.parse(await (await door.get(`/api/events${query}`)).json());
      ids.push(...page.events.map((each) => each.id));
      if (page.next === null) break;
      query = `?kind=ring&limit=3&before=${page.next}`;
    }
    expect(ids.length).toBeGreaterThanOrEqual(7);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted().reverse());
  });

  test("a clip's files come as they lie on the disk: age files, and never as one video", async () => {
    const { folder } = await addClip("clip-files", ["event-files"]);
    const clip = clipSchema.parse(await (await door.get("/api/clips/clip-files")).json());
    expect(clip).toMatchObject({ state: "complete", thumbnail: false });
    const names = [clipFiles.init, clipFiles.fragment(0), clipFiles.fragment(1)];
    const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
    const fragment = await door.get("/api/clips/clip-files/fragments/1");
    expect(Buffer.from(await fragment.arrayBuffer())).toEqual(files[2]);
    expect(fragment.headers.get("etag")).toBe(`"${clip.fragments[1]?.sha256}"`);
    expect(fragment.headers.get("content-length")).toBe(String(files[2]?.length));
    expect(fragment.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    const init = await door.get("/api/clips/clip-files/init.mp4");
    expect(init.headers.get("content-type")).toBe("application/octet-stream");
    expect(Buffer.from(open(Buffer.from(await init.arrayBuffer()), [viewer])).toString()).toBe("init ");
    expect((await door.get("/api/clips/clip-files/clip.mp4")).status).toBe(404);
    expect((await door.get("/api/clips/clip-files/thumb.jpg")).status).toBe(404);
    expect((await door.get("/api/clips/clip-files/fragments/2")).status).toBe(404);
    // that a parcel's place was not kept is no error, which a browser's console would show
    const bare = await door.get("/api/clips/clip-files/pictures/parcel-left-after");
    expect([bare.status, bare.headers.get("cache-control"), await bare.text()]).toEqual([
      204,
      "no-store",
      "",
    ]);
    expect((await door.get("/api/clips/clip-none/pictures/parcel-left-after")).status).toBe(404);
    const picture = await readFile(join(folder, clipFiles.init));
    await writeFile(join(folder, clipFiles.picture("parcel-left-after")), picture);
    const after = await door.get("/api/clips/clip-files/pictures/parcel-left-after");
    expect(Buffer.from(await after.arrayBuffer())).toEqual(picture);
  });

  test("deleting an event deletes its clip, and tells the pages", async () => {
    const { folder } = await addClip("clip-gone", ["event-gone"]);
    await using page = await openPage(door.owner);
    const answer = await door.owner.fetch(`/api/events/event-gone`, { method: "DELETE" });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    await page.next((each) => each.type === "event-deleted" && each.id === "event-gone");
    expect((await door.get("/api/clips/clip-gone")).status).toBe(404);
    await expect(readFile(join(folder, clipFiles.init))).rejects.toThrow("ENOENT");
  });

  test("a clip that shows another event outlives the one that is deleted", async () => {
    await addClip("clip-both", ["event-one", "event-two"]);
    const remove = (id: string) => door.owner.fetch(`/api/events/${id}`, { method: "DELETE" });
    await remove("event-one");
    expect((await door.get("/api/clips/clip-both")).status).toBe(200);
    await remove("event-two");
    expect((await door.get("/api/clips/clip-both")).status).toBe(404);
  });

  test("a mark is kept, told to the pages and in the list; null takes it back", async () => {
    await addClip("clip-mark", ["event-mark"]);
    await using page = await openPage(door.owner);
    const put = await putJson(door.owner, "/api/events/event-mark/mark", { mark: "false" });
    expect([put.status, await put.json()]).toEqual([200, { mark: "false" }]);
    await page.next(
      (each) => each.type === "event" && each.event.id === "event-mark" && each.event.mark === "false",
    );
    const { events } = eventPageSchema.parse(await (await door.get("/api/events?limit=200")).json());
    expect(events.find(({ id }) => id === "event-mark")).toMatchObject({ mark: "false", state: "closed" });
    await putJson(door.owner, "/api/events/event-mark/mark", { mark: null });
    const event = eventSchema.parse(await (await door.get("/api/events/event-mark")).json());
    expect(event.mark).toBeNull();
  });

  test("a mark of an event that is recorded outlives its end; what is no event has none", async () => {
    await using eye = await connectTestEye(door.paths);
    const seen = { event: "event-open", score: 1, zones: [] };
    eye.send({ type: "event-opened", kind: "motion", startWallMs, ...seen });
    await until(async () => (await door.get("/api/events/event-open")).status === 200);
    await putJson(door.owner, "/api/events/event-open/mark", { mark: "good" });
    eye.send({ type: "event-closed", endWallMs: startWallMs + 5, ...seen });
    await until(async () => (await (await door.get("/api/events/event-open")).text()).includes("closed"));
    expect(await (await door.get("/api/events/event-open")).json()).toMatchObject({ mark: "good" });
    expect((await putJson(door.owner, "/api/events/event-none/mark", { mark: "good" })).status).toBe(404);
    expect((await putJson(door.owner, "/api/events/event-open/mark", { mark: "bad" })).status).toBe(400);
  });

  test("an event that is being recorded cannot be deleted: 409", async () => {
    await using eye = await connectTestEye(door.paths);
    eye.send({ type: "event-opened", event: "event-now", kind: "motion", startWallMs, score: 1, zones: [] });
    await until(async () => (await door.get("/api/events/event-now")).status === 200);
    const answer = await door.owner.fetch(`/api/events/event-now`, { method: "DELETE" });
    expect(answer.status).toBe(409);
    expect((await errorOf(answer)).hint).toBe("delete it when it has ended");
  });
});

describe("the house", () => {
  test("OpenAPI describes every route, and its page loads nothing from elsewhere", async () => {
    const paths = z.object({ paths: z.record(z.string(), z.unknown()) });
    const described = paths.parse(await (await door.get("/api/docs/json")).json());
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([
        "/healthz",
        "/api/status",
        "/api/events",
        "/api/clips/{id}/init.mp4",
        "/metrics",
      ]),
    );
    expect(described.paths).toMatchObject({
      "/api/people": {
        get: { description: "For: owner, member, installer, tester" },
        post: { description: "For: owner" },
      },
      "/api/door": { get: { description: "For everyone" } },
    });
    expect(await (await door.get("/api/docs")).text()).not.toMatch(/(src|href)="https?:/);
  });

  test("metrics have units in their names and count what was dropped", async () => {
    const text = await (await door.get("/metrics")).text();
    expect(text).toMatch(/^sill_storage_used_bytes \d+$/m);
    expect(text).toMatch(/^sill_press_notify_seconds_bucket\{le="0.02"\} \d+$/m);
    expect(text).toMatch(/^sill_stage_dropped_total\{stage="button"\} \d+$/m);
  });

  test("a page that was not built is replaced by friendly words, a built one is served", async () => {
    expect(await (await door.get("/")).text()).toContain("Sill is running");
    const webRoot = await mkdtemp(join(tmpdir(), "sill-web-"));
    await writeFile(join(webRoot, "index.html"), "<!doctype html>built");
    {
      await using built = await openDoor({ webRoot });
      expect(await (await built.get("/")).text()).toBe("<!doctype html>built");
      expect((await built.get("/missing.js")).status).toBe(404);
    }
    await rm(webRoot, { recursive: true });
  });

  test("a real button is not pressed by the API: 409", async () => {
    const real = {
      name: "real button",
      onPress: () => () => {},
      onLost: () => () => {},
      [Symbol.asyncDispose]: async () => {},
    };
    await using other = await openDoor({ drivers: { button: { open: async () => real }, pir: null } });
    for (const [path, body] of [
      ["/api/sim/press", undefined],
      ["/api/sim/pir", '{"active":true}'],
    ] as const) {
      const headers = { "content-type": "application/json" };
      const answer = await other.owner.fetch(path, { method: "POST", ...(body && { body, headers }) });
      expect(answer.status).toBe(409);
    }
  });

  test("a port in use is a Fault that names the setting", async () => {
    const taken = openDoor({ settings: { web: { port: door.keeper.port } } });
    await expect(taken).rejects.toMatchObject({
      kind: "unavailable",
      hint: expect.stringContaining("--web.port"),
    });
  });

  test("a second keeper on the same data folder is refused, and the first goes on", async () => {
    const second = openDoor({ data: door.paths.root });
    await expect(second).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("another keeper"),
    });
    expect((await door.get("/api/status")).status).toBe(200);
  });

  test("it stops at once although a page does not hang up", async () => {
    const other = await openDoor();
    const socket = createConnection(other.keeper.port, "127.0.0.1");
    const headers = [
      "Host: localhost",
      "Connection: Upgrade",
      "Upgrade: websocket",
      `Cookie: ${other.owner.cookie}`,
    ];
    const key = ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
    socket.write(["GET /api/ws HTTP/1.1", ...headers, ...key, "", ""].join("\r\n"));
    await until(() => socket.bytesRead > 0);
    const startMs = performance.now();
    await other[Symbol.asyncDispose]();
    expect(performance.now() - startMs).toBeLessThan(5_000);
    socket.destroy();
  });

  test("a data folder that cannot be used is a Fault that names the setting", async () => {
    const nowhere = openDoor({ data: "/dev/null/sill" });
    await expect(nowhere).rejects.toMatchObject({ hint: expect.stringContaining("--data") });
  });
});
