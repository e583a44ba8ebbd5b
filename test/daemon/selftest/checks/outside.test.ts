/** The check of what lies outside, over the courier's own desk, before hosts that are there and hosts that are not. */
import { createServer as createTls } from "node:https";
import type { RequestListener } from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { HttpClient } from "../../../../daemon/courier/http/client.ts";
import { ReachDesk } from "../../../../daemon/courier/reach-desk.ts";
import { Stages } from "../../../../daemon/courier/stages.ts";
import { makeCertificatePem, makeKeyPem } from "../../../../daemon/keeper/tls/make.ts";
import { networkOutside } from "../../../../daemon/selftest/checks/outside.ts";
import type { CheckResult } from "../../../../daemon/selftest/check.ts";
import { reachedSchema, type HostReach } from "../../../../daemon/wire/reach.ts";
import { systemClock } from "../../../../hal/clock.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import type { Clock } from "../../../../hal/sensors.ts";
import { portOf, serve, serveRaw, type TestServer } from "../../courier/http/servers.ts";
import { ask, closedDoor, someSettings } from "../ask.ts";

const dayMs = 86_400_000;
const usual = getCACertificates("default");
const key = makeKeyPem();
const certificates: Record<string, string> = {};

beforeAll(async () => {
  const nowMs = Date.now();
  const made = async (names: string[], fromDays: number, toDays: number): Promise<string> =>
    makeCertificatePem(key, {
      names,
      notBefore: new Date(nowMs + fromDays * dayMs),
      notAfter: new Date(nowMs + toDays * dayMs),
    });
  certificates["good"] = await made(["127.0.0.1"], -1, 1);
  certificates["of tomorrow"] = await made(["127.0.0.1"], 1, 2);
  certificates["of yesterday"] = await made(["127.0.0.1"], -2, -1);
  certificates["of another name"] = await made(["other.example.org"], -1, 1);
  certificates["of nobody"] = await made(["127.0.0.1"], -1, 1);
});
afterAll(() => setDefaultCACertificates(usual));

const fine: RequestListener = (_request, response) => response.writeHead(404).end();

/** This machine trusts it, unless it is of nobody. */
async function serveTls(which: string): Promise<TestServer> {
  const cert = certificates[which] ?? "";
  // one at a time: all have the same name, and OpenSSL takes the first of them
  setDefaultCACertificates(which === "of nobody" ? usual : [...usual, cert]);
  const server = createTls({ key, cert }, fine);
  const host = `127.0.0.1:${await portOf(server)}`;
  return {
    url: `https://${host}`,
    host,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Asked {
  readonly settings: Record<string, unknown>;
  readonly clock?: Clock;
}

/** Through the courier's desk, with the settings' own list of hosts. */
async function asked({ settings: changes, clock = systemClock }: Asked): Promise<CheckResult> {
  const settings = someSettings("/nonexistent", changes);
  const allow = new AllowList(settings);
  let tell: (hosts: readonly HostReach[]) => void = () => {};
  await using desk = new ReachDesk({
    allow,
    clock,
    newClient: () => new HttpClient({ allow, clock }),
    stages: new Stages(),
    tell: (message) => tell(reachedSchema.parse(message).hosts),
  });
  const outside = (): Promise<readonly HostReach[]> =>
    new Promise((resolve) => {
      tell = resolve;
      desk.ask("reach-0001");
    });
  const door = { ...closedDoor, outside };
  return await ask(networkOutside, "/nonexistent", { settings, clock, door, outbound: true });
}

const portal = (url: string): Record<string, unknown> => ({ portal: { url } });

test("a portal and a dock that answer, with whatever status, are reached", async () => {
  await using one = await serve(fine);
  await using other = await serveTls("good");
  const found = await asked({ settings: { portal: { url: one.url, docks: [other.host] } } });
  expect(found).toMatchObject({
    verdict: "pass",
    seen: `${one.host}, ${other.host} answered, and their clocks say the same`,
  });
});

test("a dock on this machine that speaks no TLS is reached without", async () => {
  await using dock = await serve(fine);
  expect(await asked({ settings: { portal: { docks: [dock.host] } } })).toMatchObject({ verdict: "pass" });
});

test("nobody there: it cannot be reached", async () => {
  const gone = await serve(fine);
  await gone[Symbol.asyncDispose]();
  expect(await asked({ settings: portal(gone.url) })).toMatchObject({
    verdict: "fail",
    seen: `${gone.host} does not take calls`,
    advice: "look at the router and at the address in the settings; is that host up?",
  });
});

test.each([
  ["of nobody", /nobody vouches for/u, /certificate changed/u],
  ["of another name", /of another name/u, /certificate changed/u],
  ["of yesterday", /has expired/u, /clock right/u],
  ["of tomorrow", /not valid yet/u, /set the clock/u],
])("a certificate %s fails", async (which, seen, advice) => {
  await using host = await serveTls(which);
  expect(await asked({ settings: portal(host.url) })).toMatchObject({
    verdict: "fail",
    seen: expect.stringMatching(seen),
    advice: expect.stringMatching(advice),
  });
});

test.each([
  [7_200, "ahead of"],
  [-7_200, "behind"],
])("a clock that is %i s %s the host's fails", async (apartS, side) => {
  await using host = await serve(fine);
  const clock: Clock = {
    ...systemClock,
    monoMs: () => systemClock.monoMs(),
    wallMs: () => systemClock.wallMs() + apartS * 1_000,
    after: (ms, run) => systemClock.after(ms, run),
    every: (ms, run) => systemClock.every(ms, run),
  };
  const found = await asked({ settings: portal(host.url), clock });
  expect(found).toMatchObject({ verdict: "fail", seen: expect.stringContaining(`s ${side} that of`) });
  expect(found.figures?.find(({ name }) => name === "clock apart")?.value).toBeGreaterThan(7_000);
});

test("a host that says no time is still there", async () => {
  await using host = await serveRaw((socket) => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  expect(await asked({ settings: portal(host.url) })).toMatchObject({
    verdict: "pass",
    seen: `${host.host} answered; none said what time it is`,
  });
});

test.each([
  ["points elsewhere", 301, /points somewhere else/u],
  ["has a fault", 503, /too much to do/u],
])("a host that %s is to be looked at", async (_what, status, seen) => {
  await using host = await serve((_request, response) =>
    response.writeHead(status, { location: "/elsewhere" }).end(),
  );
  expect(await asked({ settings: portal(host.url) })).toMatchObject({
    verdict: "warn",
    seen: expect.stringMatching(seen),
  });
});

test("a host that is silent is given up", async () => {
  const clock = new SimClock();
  const { promise: heard, resolve: hear } = Promise.withResolvers<void>();
  await using host = await serveRaw(() => hear());
  const found = asked({ settings: portal(host.url), clock });
  await heard;
  await clock.advance(12_000);
  expect(await found).toMatchObject({ verdict: "fail", seen: `${host.host} takes too long` });
});

test("a broken host is told before a strange one, and the others are counted", async () => {
  await using strange = await serve((_request, response) => response.writeHead(503).end());
  const gone = await serve(fine);
  await gone[Symbol.asyncDispose]();
  const settings = { portal: { url: strange.url, docks: [gone.host] } };
  expect(await asked({ settings })).toMatchObject({
    verdict: "fail",
    seen: `${gone.host} does not take calls, and 1 more of 2 hosts cannot be used`,
  });
});

test("without a courier nothing is asked, and it says why", async () => {
  const settings = someSettings("/nonexistent", portal("https://portal.example.org"));
  const door = { ...closedDoor, outside: async () => null };
  expect(await ask(networkOutside, "/nonexistent", { settings, door, outbound: true })).toMatchObject({
    verdict: "skip",
    advice: "start the doorbell, then run the test beside it",
  });
});
