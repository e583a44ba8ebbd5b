/**
 * Every route of the live server, asked by everybody: what a route states is what happens, and what
 * it states is what stands in the table below. A new route has to be added here; nothing else is.
 */
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Role } from "../../../../daemon/household/roles.ts";
import { watchRoutes } from "../../../../daemon/keeper/api/route-table.ts";
import type { Api } from "../../../../daemon/keeper/api/context.ts";
import { enrol, human, remove, signIn, type SignedInHuman } from "../../../../scripts/rigs/person.ts";
import { openDoor, type TestDoor } from "../door.ts";
import { closed, openPage, until } from "../page.ts";
import { connectTestEye } from "../test-eye.ts";

const everyone = "everyone";
const all = ["owner", "member", "installer", "tester"];
const viewers = ["owner", "member"];
const hands = ["owner", "installer", "tester"];

/** Whom each route is for. HEAD is as GET. */
const expected: Readonly<Record<string, string | string[]>> = {
  "GET /": everyone,
  "GET /healthz": everyone,
  "GET /notice": everyone,
  "GET /notice/sign": everyone,
  "GET /api/door": everyone,
  "POST /api/pair": everyone,
  "POST /api/join": everyone,
  "GET /api/join/:id": everyone,
  "DELETE /api/join/:id": ["owner"],
  "POST /api/session/challenge": everyone,
  "POST /api/session": everyone,
  "GET /api/session": all,
  "DELETE /api/session": all,
  "GET /api/sessions": all,
  "DELETE /api/sessions/:id": all,
  "POST /api/programs": ["owner"],
  "GET /api/people": all,
  "POST /api/people": ["owner"],
  "GET /api/status": all,
  "GET /api/health": all,
  "GET /api/policy": ["owner", "member", "installer"],
  "PUT /api/policy": ["owner"],
  "PUT /api/privacy": viewers,
  "POST /api/still": ["owner"],
  "POST /api/snapshot": viewers,
  "GET /api/zones": ["owner", "member", "installer"],
  "PUT /api/zones": ["owner", "installer"],
  "GET /api/calibration": ["owner", "installer"],
  "GET /api/calibration/progress": ["owner", "installer"],
  "POST /api/calibration/preview": ["owner", "installer"],
  "POST /api/calibration/propose": ["owner", "installer"],
  "POST /api/calibration/labels": ["owner", "installer"],
  "GET /api/walks": ["owner", "installer"],
  "POST /api/walks": ["owner", "installer"],
  "GET /api/walks/:id": ["owner", "installer"],
  "GET /api/walks/:id/report": ["owner", "installer"],
  "DELETE /api/walks/:id": ["owner", "installer"],
  "GET /api/selftest": ["owner", "installer"],
  "POST /api/selftest": ["owner", "installer"],
  "DELETE /api/selftest": ["owner", "installer"],
  "GET /api/selftests": ["owner", "installer"],
  "GET /api/selftests/:id": ["owner", "installer"],
  "GET /api/selftests/:id/html": ["owner", "installer"],
  "GET /api/selftests/:id/junit": ["owner", "installer"],
  "GET /api/selftests/:id/picture": ["owner"],
  "DELETE /api/selftests/:id": ["owner", "installer"],
  "GET /api/phones": viewers,
  "PUT /api/phones": ["owner"],
  "POST /api/phones": viewers,
  "DELETE /api/phones/:id": viewers,
  "POST /api/phones/:id/test": viewers,
  "GET /api/alerts": viewers,
  "PUT /api/alerts/rules": viewers,
  "PUT /api/alerts/snooze": viewers,
  "DELETE /api/alerts/snooze": viewers,
  "PUT /api/alerts/house/rules": ["owner"],
  "PUT /api/alerts/house/snooze": ["owner"],
  "DELETE /api/alerts/house/snooze": ["owner"],
  "GET /api/history": viewers,
  "GET /api/requests": viewers,
  "POST /api/requests/:hash/refuse": ["owner"],
  "PUT /api/mute": ["owner"],
  "GET /api/place": ["owner"],
  "PUT /api/place": ["owner"],
  "GET /api/court-orders": viewers,
  "POST /api/court-orders": ["owner"],
  "GET /api/ledger/checkpoint": viewers,
  "GET /api/ledger/consistency": viewers,
  "GET /api/ledger/export": ["owner"],
  "GET /api/grants": viewers,
  "GET /api/grants/:id": viewers,
  "POST /api/grants": ["owner"],
  "POST /api/grants/:id/revoke": ["owner"],
  "POST /api/grants/:id/resume": ["owner"],
  "POST /api/grants/:id/ask": ["owner"],
  "POST /api/grants/:id/deletion": ["owner"],
  "GET /api/destinations": ["owner"],
  "GET /metrics": ["owner", "tester"],
  "GET /api/events": viewers,
  "GET /api/events/:id": viewers,
  "DELETE /api/events/:id": ["owner"],
  "PUT /api/events/:id/mark": ["owner", "member", "installer"],
  "POST /api/events/:id/what": ["owner", "member"],
  "POST /api/events/keep": viewers,
  "POST /api/events/delete": ["owner"],
  "GET /api/timeline": viewers,
  "GET /api/timeline/watched": viewers,
  "GET /api/clips/:id": viewers,
  "GET /api/clips/:id/init.mp4": viewers,
  "GET /api/clips/:id/fragments/:index": viewers,
  "GET /api/clips/:id/thumb.jpg": viewers,
  "GET /api/clips/:id/pictures/:name": viewers,
  "POST /api/sim/press": hands,
  "POST /api/sim/pir": hands,
  "GET /api/sim/speaker": hands,
  "GET /api/talk": viewers,
  "POST /api/calls": viewers,
  "PUT /api/calls/:id": viewers,
  "DELETE /api/calls/:id": viewers,
  "PUT /api/chime": ["owner", "installer"],
  "POST /api/chime/try": ["owner", "installer"],
  "POST /api/replies": ["owner"],
  "POST /api/replies/recorded": ["owner"],
  "POST /api/replies/:id/play": viewers,
  "DELETE /api/replies/:id": ["owner"],
  "GET /api/ws": all,
  "GET /api/live": ["owner", "member", "installer"],
  "GET /api/heat": ["owner", "member", "installer"],
};

type Who = Role | "nobody" | "former owner";
const everybody: readonly Who[] = ["nobody", "owner", "member", "installer", "tester", "former owner"];

let door: TestDoor;
const people = new Map<Who, SignedInHuman>();

beforeAll(async () => {
  door = await openDoor();
  people.set("owner", door.owner);
  const others = [human(2, "member"), human(3, "installer"), human(4, "tester"), human(5, "owner")];
  for (const who of others) await enrol(door.owner, who);
  for (const who of others)
    people.set(who.person.role === "owner" ? "former owner" : who.person.role, await signIn(door.base, who));
  await remove(door.owner, human(5));
});
afterAll(() => door[Symbol.asyncDispose]());

/** Documentation is many files of another package; they are everyone's and hold nothing. */
const ours = () => door.keeper.routes.filter(({ url }) => !url.startsWith("/api/docs"));

describe("the table of routes", () => {
  test("is exactly the table of this test", () => {
    const stated = Object.fromEntries(
      ours()
        .filter(({ method }) => method !== "HEAD")
        .map(({ method, url, allow }) => [`${method} ${url}`, allow]),
    );
    expect(stated).toEqual(expected);
  });

  test("answers HEAD as it answers GET", () => {
    for (const { method, url, allow } of ours())
      if (method === "HEAD") expect([url, allow]).toEqual([url, expected[`GET ${url}`]]);
  });

  test("refuses a route that does not say whom it is for", async () => {
    const api = fastify() as unknown as Api;
    const table = watchRoutes(api);
    api.get("/stated", { config: { allow: "everyone" } }, () => "");
    expect(table.finish().map(({ url }) => url)).toEqual(["/stated", "/stated"]);
    api.get("/forgotten", () => "");
    expect(() => table.finish()).toThrow("routes without a role: /forgotten");
  });
});

function cookieOf(who: Who): Record<string, string> {
  const cookie = people.get(who)?.cookie;
  return cookie === undefined ? {} : { cookie };
}

/** 401, 403, or null = the guard let it pass. */
function refusalOf(status: number): number | null {
  return status === 401 || status === 403 ? status : null;
}

function wanted(who: Who, allow: string | readonly string[]): number | null {
  if (allow === everyone) return null;
  if (who === "nobody" || who === "former owner") return 401;
  return allow.includes(who) ? null : 403;
}

/** Signing out would end the session that the next cell needs. */
const once = new Set(["DELETE /api/session"]);

describe.each(everybody)("%s", (who) => {
  const cells = Object.entries(expected).filter(([route]) => !/\/api\/(?:ws|live|heat)$/u.test(route));
  test.each(cells)("asks %s, which is for %s", async (route, allow) => {
    const [method = "", url = ""] = route.split(" ");
    const path = url.replace(":id", "no-such-id").replace(":index", "0");
    const headers = once.has(route) ? await freshCookie(who) : cookieOf(who);
    const answer = await fetch(door.base + path, { method, headers });
    // a public route may say no for reasons of its own, which have a body of their own
    if (allow === everyone) expect(answer.status).not.toBe(401);
    else expect(refusalOf(answer.status)).toBe(wanted(who, allow));
  });

  test.each(["/api/ws", "/api/live", "/api/heat"])("opens %s, or is refused", async (path) => {
    const socket = new WebSocket(door.base.replace("http", "ws") + path, { headers: cookieOf(who) });
    const refused = await new Promise<number | null>((resolve) => {
      socket.once("open", () => resolve(null));
      socket.once("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode));
      socket.on("error", () => {});
    });
    expect(refused).toBe(wanted(who, expected[`GET ${path}`] ?? []));
    socket.terminate();
  });
});

async function freshCookie(who: Who): Promise<Record<string, string>> {
  const known = people.get(who);
  if (who === "former owner" || known === undefined) return cookieOf(who);
  return { cookie: (await signIn(door.base, known)).cookie };
}

describe("notices", () => {
  test.each(["installer", "tester"] as const)("an %s hears of no event and no clip", async (who) => {
    const known = people.get(who);
    if (known === undefined) throw new Error(`no ${who}`);
    await using owners = await openPage(door.owner);
    await using theirs = await openPage(known);
    await door.button.press();
    await owners.next(({ type }) => type === "event");
    await until(() => theirs.notices.filter(({ type }) => type === "status").length >= 2);
    expect(new Set(theirs.notices.map(({ type }) => type))).toEqual(new Set(["hello", "status"]));
  });

  test("when somebody is removed their sockets close, and say no more", async () => {
    const who = human(6, "member");
    await enrol(door.owner, who);
    const member = await signIn(door.base, who);
    await using eye = await connectTestEye(door.paths);
    const page = await openPage(member);
    const live = member.socket("/api/live");
    await until(() => eye.received.some((each) => each.type === "live" && each.on));
    const gone = [closed(page.socket), closed(live)];
    await remove(door.owner, who);
    expect(await Promise.all(gone)).toEqual([1008, 1008]);
  });

  test("when a session is revoked its sockets close, others stay", async () => {
    const who = people.get("member");
    if (who === undefined) throw new Error("no member");
    const [other, stays] = [await signIn(door.base, who), await openPage(who)];
    const page = await openPage(other);
    const gone = closed(page.socket);
    expect((await other.fetch("/api/session", { method: "DELETE" })).status).toBe(204);
    expect(await gone).toBe(1008);
    expect(stays.socket.readyState).toBe(WebSocket.OPEN);
    await stays[Symbol.asyncDispose]();
  });
});

describe("the token of web.metricsToken", () => {
  const metricsToken = "a-token-of-sixteen-or-more";
  const read = (base: string, token: string) =>
    fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${token}` } });

  test("opens /metrics and nothing else", async () => {
    await using with_ = await openDoor({ settings: { web: { metricsToken } } });
    expect((await read(with_.base, metricsToken)).status).toBe(200);
    expect((await read(with_.base, `${metricsToken}x`)).status).toBe(401);
    const headers = { authorization: `Bearer ${metricsToken}` };
    expect((await fetch(`${with_.base}/api/status`, { headers })).status).toBe(401);
  });

  test("that is not set opens nothing, not even to an empty one", async () => {
    for (const token of ["", " ", "undefined"]) expect((await read(door.base, token)).status).toBe(401);
  });
});
