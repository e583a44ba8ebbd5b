/** The feed as a portal sees it, and as the keeper hears it. */
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { openCourier } from "../../../../daemon/courier/courier.ts";
import { Feed } from "../../../../daemon/courier/feed/feed.ts";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { HttpClient } from "../../../../daemon/courier/http/client.ts";
import { Stages } from "../../../../daemon/courier/stages.ts";
import { roundBeginsMs } from "../../../../daemon/courier/feed/schedule.ts";
import { maxRoundBundles } from "../../../../daemon/wire/messages.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { serve, type TestServer } from "../http/servers.ts";
import { openKeeperEnd, type KeeperEnd } from "../../../../scripts/rigs/keeper-end.ts";
import { until } from "../../keeper/page.ts";

interface TestPortal {
  size: number;
  readonly asked: string[];
  /** Instead of the log, for a path. */
  readonly lies: Map<
    string,
    (url: string) => { status: number; body: string; headers?: Record<string, string> }
  >;
}

function newPortal(size: number): TestPortal {
  return { size, asked: [], lies: new Map() };
}

function servePortal(portal: TestPortal): Promise<TestServer> {
  return serve((request, response) => {
    const url = request.url ?? "";
    portal.asked.push(`${request.method} ${url}`);
    const lie = portal.lies.get(url) ?? portal.lies.get("*");
    const { status, body, headers } = lie?.(url) ?? {
      status: 200,
      headers: {},
      body: url.endsWith("/checkpoint") ? checkpoint(portal.size) : `entries of ${url}`,
    };
    response.writeHead(status, headers).end(body);
  });
}

function checkpoint(size: number | string): string {
  return `log.example.org\n${size}\nAAAA\n\n— log.example.org AAAA\n`;
}

/** Half of the jitter. */
const random = 0.5;
const beginsMs = (round: number): number => roundBeginsMs(round, 3_600_000, random);

interface Rig extends AsyncDisposable {
  readonly clock: SimClock;
  readonly keeper: KeeperEnd;
  readonly portal: TestPortal;
  readonly host: string;
  /** Until the courier has heard what the keeper said so far: it answers in order. */
  heard(): Promise<void>;
  /** Until the keeper has heard the end of so many rounds. */
  rounds(count: number): Promise<void>;
}

async function openRig(portal: TestPortal, from = 0): Promise<Rig> {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock();
  const server = stack.use(await servePortal(portal));
  const keeper = stack.use(await openKeeperEnd());
  keeper.size = from;
  const settings = settingsSchema.parse({ portal: { url: `${server.url}/sill/`, pollMinutes: 60 } });
  const { socketPath } = keeper;
  stack.use(openCourier({ settings, socketPath, clock, random: () => random }));
  await keeper.next("hello");
  await keeper.next("courier-status");
  const ends = () => keeper.said.filter(({ type }) => type === "feed-end" || type === "feed-failed").length;
  const heard = async (): Promise<void> => {
    const answers = (): number => keeper.said.filter(({ type }) => type === "dock-answer").length;
    const before = answers();
    const deliverTo = "https://nobody.example";
    keeper.send({ type: "dock-ask", grant: "grant-0001", deliverTo, what: "receipt" });
    await until(() => answers() > before);
  };
  await heard();
  const open = stack.move();
  return {
    clock,
    keeper,
    heard,
    portal,
    host: server.host,
    async rounds(count) {
      for (let round = ends(); round < count; round += 1) {
        await clock.advance(beginsMs(round) - clock.monoMs());
        await until(() => ends() > round);
      }
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("a round asks for the checkpoint, then for each bundle from the first that is not whole", async () => {
  await using rig = await openRig(newPortal(700), 300);
  await rig.rounds(1);
  expect(rig.portal.asked).toEqual([
    "GET /sill/log/checkpoint",
    "GET /sill/log/tile/entries/001",
    "GET /sill/log/tile/entries/002.p/188",
  ]);
  const heard = rig.keeper.said.filter(({ type }) => type.startsWith("feed"));
  expect(heard).toEqual([
    { type: "feed-checkpoint", text: checkpoint(700) },
    { type: "feed-bundle", index: 1, width: 256, bytes: base64("entries of /sill/log/tile/entries/001") },
    {
      type: "feed-bundle",
      index: 2,
      width: 188,
      bytes: base64("entries of /sill/log/tile/entries/002.p/188"),
    },
    { type: "feed-end", size: 700 },
  ]);
});

function feedTypes({ said }: KeeperEnd): string[] {
  return said.map(({ type }) => type).filter((type) => type.startsWith("feed"));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

test.each([
  [0, 0, []],
  [0, 1, ["000.p/1"]],
  [0, 256, ["000"]],
  [255, 256, ["000"]],
  [256, 256, []],
  [256, 257, ["001.p/1"]],
  [511, 513, ["001", "002.p/1"]],
  [900, 700, []],
  [255_999, 256_001, ["999", "x001/000.p/1"]],
])("from %i to %i", async (from, size, bundles) => {
  await using rig = await openRig(newPortal(size), from);
  await rig.rounds(1);
  expect(rig.portal.asked.slice(1)).toEqual(bundles.map((name) => `GET /sill/log/tile/entries/${name}`));
  expect(await rig.keeper.next("feed-end")).toEqual({
    type: "feed-end",
    size: Math.min(size, Math.max(from, size)),
  });
});

test("an answer that comes after the next round has begun is not taken for that round's", async () => {
  await using rig = await openRig(newPortal(10));
  await rig.rounds(2);
  rig.keeper.send({ type: "feed-from", size: 0 }); // to the first round; the second is not answered yet
  await rig.heard();
  await rig.rounds(3);
  expect(rig.portal.asked.slice(2)).toEqual(["GET /sill/log/checkpoint", "GET /sill/log/checkpoint"]);
});

test("a keeper that is slow to answer does not change what is asked next", async () => {
  await using rig = await openRig(newPortal(10));
  await rig.rounds(1);
  rig.portal.size = 300;
  await rig.rounds(2);
  rig.portal.size = 301;
  await rig.rounds(3);
  expect(rig.portal.asked.filter((asked) => !asked.endsWith("checkpoint"))).toEqual([
    "GET /sill/log/tile/entries/000.p/10",
    "GET /sill/log/tile/entries/000",
    "GET /sill/log/tile/entries/001.p/44",
    "GET /sill/log/tile/entries/001.p/45",
  ]);
});

test("the next round goes on where the keeper says", async () => {
  await using rig = await openRig(newPortal(10));
  await rig.rounds(1);
  rig.keeper.send({ type: "feed-from", size: 3 }); // it had to forget some

  await rig.heard();
  await rig.rounds(2);
  expect(rig.portal.asked.slice(2)).toEqual([
    "GET /sill/log/checkpoint",
    "GET /sill/log/tile/entries/000.p/10",
  ]);
});

test("a portal that claims 10^15 entries is asked for no more than a round's bound", async () => {
  await using rig = await openRig(newPortal(1e15));
  await rig.clock.advance(beginsMs(0));
  const { size } = await rig.keeper.next("feed-end");
  expect([size, rig.portal.asked.length]).toEqual([maxRoundBundles * 256, maxRoundBundles + 1]);
});

test.each([
  [
    "a redirect",
    { status: 302, body: "", headers: { location: "/elsewhere" } },
    "denied",
    /points somewhere else/,
  ],
  ["a fault", { status: 500, body: "oh" }, "unavailable", /has a fault \(500\)/],
  ["no log", { status: 404, body: "" }, "not-found", /does not know/],
  ["no checkpoint", { status: 200, body: "<html></html>" }, "invalid", /has no size/],
  ["a size that is no number", { status: 200, body: checkpoint("1e3") }, "invalid", /has no size/],
  ["a size below 0", { status: 200, body: checkpoint("-1") }, "invalid", /has no size/],
  [
    "a size past exact numbers",
    { status: 200, body: checkpoint("9999999999999999") },
    "invalid",
    /has no size/,
  ],
  [
    "a checkpoint without an end",
    { status: 200, body: "a".repeat(8_193) },
    "exhausted",
    /more than 8192 bytes/,
  ],
  [
    "a packed checkpoint",
    { status: 200, body: "x", headers: { "content-encoding": "gzip" } },
    "invalid",
    /packs/,
  ],
])("a portal that answers with %s ends the round in words", async (_what, lie, kind, message) => {
  const portal = newPortal(5);
  portal.lies.set("/sill/log/checkpoint", () => lie);
  await using rig = await openRig(portal);
  await rig.rounds(1);
  const { fault } = await rig.keeper.next("feed-failed");
  expect(fault).toMatchObject({ kind, message: expect.stringMatching(message) });
  expect(portal.asked).toEqual(["GET /sill/log/checkpoint"]);
});

test("a bundle that is withheld ends the round, and the keeper hears no end of it", async () => {
  const portal = newPortal(600);
  portal.lies.set("/sill/log/tile/entries/001", () => ({ status: 404, body: "" }));
  await using rig = await openRig(portal);
  await rig.rounds(1);
  expect(feedTypes(rig.keeper)).toEqual(["feed-checkpoint", "feed-bundle", "feed-failed"]);
});

test("a portal that fails is called neither sooner nor later for it", async () => {
  const portal = newPortal(5);
  portal.lies.set("*", () => ({ status: 503, body: "", headers: { "retry-after": "1" } }));
  await using rig = await openRig(portal);
  await rig.rounds(1);
  await rig.clock.advance(beginsMs(1) - beginsMs(0) - 1);
  expect(portal.asked.length).toBe(1);
  await rig.rounds(2);
  expect(portal.asked.length).toBe(2);
});

test("without the keeper nothing is fetched; when it is back, the next round comes at its time", async () => {
  const portal = newPortal(5);
  await using rig = await openRig(portal);
  await rig.rounds(1);
  await rig.keeper.restart();
  await until(async () => {
    await rig.clock.advance(500); // the link tries again by the clock
    return rig.keeper.said.filter(({ type }) => type === "hello").length === 2;
  });
  expect(portal.asked.length).toBe(2);
  await rig.rounds(2);
  expect(portal.asked.length).toBe(4);
});

test("a keeper that comes later than the first round would have begun still has one", async () => {
  const portal = newPortal(5);
  await using server = await servePortal(portal);
  const clock = new SimClock();
  const allow = new AllowList(settingsSchema.parse({ portal: { url: server.url } }));
  await using feed = new Feed({
    portal: server.url,
    everyMs: 3_600_000,
    clock,
    random: () => random,
    link: { send: () => {}, unsentBytes: 0 },
    newClient: () => new HttpClient({ allow, clock }),
    stages: new Stages(),
  });
  await clock.advance(beginsMs(0) + 60_000);
  feed.greet();
  feed.goOnFrom(0);
  await clock.advance(beginsMs(0));
  await until(() => portal.asked.length === 2);
});

test("without a portal nothing is fetched", async () => {
  await using keeper = await openKeeperEnd();
  const clock = new SimClock();
  await using _courier = openCourier({
    settings: settingsSchema.parse({}),
    socketPath: keeper.socketPath,
    clock,
  });
  await keeper.next("courier-status");
  await clock.advance(86_400_000);
  expect(keeper.said.some(({ type }) => type.startsWith("feed"))).toBe(false);
});

test("the courier tells what it did", async () => {
  const portal = newPortal(5);
  await using rig = await openRig(portal);
  await rig.rounds(1);
  portal.lies.set("*", () => ({ status: 500, body: "" }));
  await rig.rounds(2);
  await rig.clock.advance(20_000);
  const { stages } = await rig.keeper.next("courier-status", (status) =>
    status.stages.some(({ name, dropped }) => name === "feed" && dropped > 0),
  );
  expect(stages.find(({ name }) => name === "feed")).toEqual({
    name: "feed",
    in: 2,
    out: 1,
    dropped: 1,
    lastError: `${rig.host} has a fault (500)`,
  });
});
