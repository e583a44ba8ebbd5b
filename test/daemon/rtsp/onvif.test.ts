/** ONVIF: what a home system asks, in the order in which Home Assistant does; who is let in; a ring that arrives. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import {
  envelope,
  OnvifClient,
  tag,
  toldBy,
  wsdl,
  type SoapAnswer,
} from "../../../scripts/rigs/onvif-client.ts";
import { Attempts } from "../../../daemon/rtsp/auth/attempts.ts";
import { Digest } from "../../../daemon/rtsp/auth/digest.ts";
import { UsernameTokens } from "../../../daemon/rtsp/auth/username-token.ts";
import { PullPoints } from "../../../daemon/rtsp/onvif/pull-points.ts";
import { OnvifServer } from "../../../daemon/rtsp/onvif/server.ts";
import { newCounts } from "../../../daemon/rtsp/server/counts.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { openRig, password, wait, type RtspRig } from "./rig.ts";

const clientOf = ({ rtsp, clock }: RtspRig, said: string | undefined = password): OnvifClient =>
  new OnvifClient({
    port: rtsp.onvifPort ?? 0,
    wallMs: () => clock.wallMs(),
    ...(said === undefined ? {} : { password: said }),
  });

/** By a parser that is not ours. */
function expectXml(answers: readonly SoapAnswer[]): void {
  const script = "import sys,json,xml.etree.ElementTree as e\nfor t in json.load(sys.stdin): e.fromstring(t)";
  execFileSync("python3", ["-c", script], { input: JSON.stringify(answers.map(({ text }) => text)) });
}

test("a home system finds out all it wants to know, and where the stream is", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  const capabilities = await client.ask(wsdl.device, "GetCapabilities", "<q:Category>All</q:Category>");
  const [, media = "", events = ""] = [...capabilities.text.matchAll(/<tt:XAddr>([^<]*)</gu)]
    .map(([, address]) => address ?? "")
    .toSorted((a, b) => Number(a.includes("media")) - Number(b.includes("media")) || a.localeCompare(b));
  const mediaAddress = [media, events].find((each) => each.includes("media")) ?? "";
  const time = await client.ask(wsdl.device, "GetSystemDateAndTime");
  const about = await client.ask(wsdl.device, "GetDeviceInformation");
  const interfaces = await client.ask(wsdl.device, "GetNetworkInterfaces");
  const able = await client.ask(wsdl.media, "GetServiceCapabilities", "", mediaAddress);
  const profiles = await client.ask(wsdl.media, "GetProfiles", "", mediaAddress);
  const token = /<trt:Profiles token="([^"]*)"/u.exec(profiles.text)?.[1] ?? "";
  const setup =
    '<q:StreamSetup><Stream xmlns="http://www.onvif.org/ver10/schema">RTP-Unicast</Stream><Transport xmlns="http://www.onvif.org/ver10/schema"><Protocol>RTSP</Protocol></Transport></q:StreamSetup>';
  const ofProfile = `<q:ProfileToken>${token}</q:ProfileToken>`;
  const stream = await client.ask(wsdl.media, "GetStreamUri", setup + ofProfile, mediaAddress);
  const snapshot = await client.ask(wsdl.media, "GetSnapshotUri", ofProfile, mediaAddress);
  expect([tag(time, "Year"), tag(time, "Hour")]).toEqual(["2026", "12"]);
  expect([tag(about, "Manufacturer"), tag(about, "SerialNumber")]).toEqual([
    "Sill",
    expect.stringMatching(/^[0-9a-f]{16}$/u),
  ]);
  // clients that hear these words take the serial number for an id
  expect([interfaces.status, interfaces.text.includes("not implemented")]).toEqual([500, true]);
  expect([
    able.text.includes('SnapshotUri="true"'),
    tag(profiles, "Encoding"),
    tag(profiles, "Width"),
  ]).toEqual([true, "H264", "640"]);
  expect(tag(stream, "Uri")).toBe(`rtsp://127.0.0.1:${rig.port}/door`);
  expect(tag(snapshot, "Uri")).toBe(`${client.base}/snapshot.jpg`);
  const rest = [
    ...(await Promise.all(
      ["GetServices", "GetScopes", "GetServiceCapabilities", "GetEndpointReference", "GetHostname"].map(
        (each) => client.ask(wsdl.device, each),
      ),
    )),
    ...(await Promise.all(
      [
        "GetVideoSources",
        "GetVideoSourceConfigurations",
        "GetVideoSourceConfiguration",
        "GetVideoEncoderConfigurations",
        "GetVideoEncoderConfiguration",
      ].map((each) => client.ask(wsdl.media, each)),
    )),
    await client.ask(wsdl.media, "GetProfile", ofProfile),
    await client.ask(wsdl.events, "GetEventProperties"),
    await client.ask(wsdl.events, "GetServiceCapabilities"),
  ];
  expect(rest.filter(({ status }) => status !== 200)).toEqual([]);
  expectXml([capabilities, time, about, interfaces, able, profiles, stream, snapshot, ...rest]);
  const other = await client.ask(wsdl.media, "GetStreamUri", "<q:ProfileToken>other</q:ProfileToken>");
  expect([other.status, other.text.includes("ter:NoProfile")]).toEqual([400, true]);
});

test("only the time is for strangers", async () => {
  await using rig = await openRig();
  const stranger = clientOf(rig, undefined);
  expect(
    (await new OnvifClient({ port: rig.rtsp.onvifPort ?? 0 }).ask(wsdl.device, "GetSystemDateAndTime"))
      .status,
  ).toBe(200);
  const nobody = new OnvifClient({ port: rig.rtsp.onvifPort ?? 0 });
  for (const operation of [
    "GetDeviceInformation",
    "GetCapabilities",
    "GetScopes",
    "SetSystemDateAndTime",
    "SystemReboot",
  ]) {
    const answer = await nobody.ask(wsdl.device, operation);
    expect([operation, answer.status, answer.text.includes("ter:NotAuthorized")]).toEqual([
      operation,
      401,
      true,
    ]);
  }
  expect((await nobody.ask(wsdl.events, "CreatePullPointSubscription")).status).toBe(401);
  expect((await nobody.snapshot(`${nobody.base}/snapshot.jpg`)).status).toBe(401);
  expect(stranger.token()).not.toBe("");
});

test("a token is good once and around its time; a password in clear never; who guesses is not heard for a while", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  const about = `<GetDeviceInformation xmlns="${wsdl.device}"/>`;
  const once = envelope(client.token(), about);
  const statuses: number[] = [];
  for (const body of [
    once,
    once,
    envelope(client.token({ created: "2020-01-01T00:00:00Z" }), about),
    envelope(client.token({ created: "never" }), about),
    envelope(client.token({ plain: true }), about),
    envelope(client.token({ nonce: Buffer.alloc(0) }), about),
    envelope(clientOf(rig, "another password").token(), about),
    envelope(client.token(), about),
  ])
    statuses.push((await client.send(body)).status);
  expect(statuses).toEqual([200, 401, 401, 401, 401, 401, 401, 200]);
  const guess = clientOf(rig, "guess");
  for (let i = 0; i < 10; i += 1) await guess.ask(wsdl.device, "GetScopes").catch(() => null);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const socket = connect({ host: "127.0.0.1", port: rig.rtsp.onvifPort ?? 0 }, () =>
    socket.write("GET / HTTP/1.1\r\n"),
  );
  socket.on("close", () => resolve()).on("error", () => {});
  socket.resume();
  await closed;
});

test("who guesses on one connection that stays, or with many requests at once, is cut off after ten", async () => {
  await using rig = await openRig();
  const guess = clientOf(rig, "guess");
  const about = `<GetScopes xmlns="${wsdl.device}"/>`;
  const one = (): string => {
    const body = envelope(guess.token(), about);
    return `POST /onvif/device_service HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  };
  const socket = connect({ host: "127.0.0.1", port: rig.rtsp.onvifPort ?? 0 });
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  socket.on("close", () => resolve()).on("error", () => {});
  socket.resume();
  socket.write(Array.from({ length: 100 }, one).join(""));
  await closed;
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    const stage = rig.door.keeper.status().stages.find(({ name }) => name === "rtsp passwords");
    expect([stage?.in, (stage?.dropped ?? 0) > 0]).toEqual([10, true]);
  }, wait);
});

test("a right password forgives nobody's wrong ones behind the same address", async () => {
  await using rig = await openRig();
  const about = `<GetScopes xmlns="${wsdl.device}"/>`;
  const [guess, client] = [clientOf(rig, "guess"), clientOf(rig)];
  const status = (by: OnvifClient): Promise<number> =>
    by.send(envelope(by.token(), about)).then(
      (answer) => answer.status,
      () => 0,
    );
  const said: number[] = [];
  for (let i = 0; i < 10; i += 1) said.push(await status(guess), await status(client));
  expect(said).toEqual([...Array.from({ length: 9 }, () => [401, 200]).flat(), 401, 0]);
});

test("a picture on its way does not get there once nothing may be shown", async () => {
  const clock = new SimClock();
  const who = { user: "sill", password };
  const jpeg = Buffer.alloc(64 * 1_024 * 1_024, 7);
  await using server = await OnvifServer.open({
    host: "127.0.0.1",
    port: 0,
    clock,
    digest: new Digest({ clock, realm: "Sill", ...who }),
    userTokens: new UsernameTokens(clock, who),
    attempts: new Attempts(clock),
    points: new PullPoints(clock),
    counts: newCounts(),
    about: () => ({
      device: "0123456789abcdef",
      name: "x",
      version: "1",
      size: { width: 1, height: 1, fps: 1 },
    }),
    streamPort: () => 1,
    snapshot: async () => jpeg,
  });
  const client = new OnvifClient({ port: server.port, password, wallMs: () => clock.wallMs() });
  const answer = await client.snapshot(`${client.base}/snapshot.jpg`);
  expect(answer.status).toBe(200);
  server.endPictures();
  await expect(answer.arrayBuffer()).rejects.toThrow();
});

test("a ring and motion reach who waits for them; it begins with how things are", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  const created = await client.ask(
    wsdl.events,
    "CreatePullPointSubscription",
    "<q:InitialTerminationTime>PT10M</q:InitialTerminationTime>",
  );
  const point = tag(created, "Address");
  const pull = (): Promise<SoapAnswer> =>
    client.ask(
      wsdl.events,
      "PullMessages",
      "<q:Timeout>PT60S</q:Timeout><q:MessageLimit>100</q:MessageLimit>",
      point,
    );
  const first = await pull();
  expect(toldBy(first).map(({ topic, operation, value }) => `${topic} ${operation} ${value}`)).toEqual([
    "tns1:RuleEngine/MyRuleDetector/Visitor Initialized false",
    "tns1:RuleEngine/CellMotionDetector/Motion Initialized false",
    "tns1:VideoSource/MotionAlarm Initialized false",
  ]);
  const rung = pull();
  await rig.door.button.press();
  expect(toldBy(await rung)).toEqual([
    { topic: "tns1:RuleEngine/MyRuleDetector/Visitor", operation: "Changed", value: "true" },
  ]);
  const over = pull();
  await vi.waitFor(async () => {
    await rig.clock.advance(5_000);
    expect(toldBy(await over)[0]?.value).toBe("false");
  }, wait);
  const moving = pull();
  rig.eye.send({
    type: "event-opened",
    event: "event-000001",
    kind: "motion",
    startWallMs: 1,
    score: 1,
    zones: [],
  });
  expect(toldBy(await moving).map(({ value }) => value)).toEqual(["true", "true"]);
  rig.eye.send({ type: "event-closed", event: "event-000001", endWallMs: 9, score: 1, zones: [] });
  const still = await pull();
  expect(toldBy(still).map(({ value }) => value)).toEqual(["false", "false"]);
  expectXml([created, first, still]);
  expect((await client.ask(wsdl.events, "SetSynchronizationPoint", "", point)).status).toBe(200);
  expect(toldBy(await pull()).length).toBe(3);
  expect(
    (await client.ask(wsdl.notification, "Renew", "<q:TerminationTime>PT1M</q:TerminationTime>", point))
      .status,
  ).toBe(200);
  expect((await client.ask(wsdl.notification, "Unsubscribe", "", point)).status).toBe(200);
  expect((await pull()).text).toContain("The subscription is over");
});

test("who comes in the middle of a movement is told that something moves", async () => {
  await using rig = await openRig();
  rig.eye.send({
    type: "event-opened",
    event: "event-000001",
    kind: "motion",
    startWallMs: 1,
    score: 1,
    zones: [],
  });
  const client = clientOf(rig);
  await vi.waitFor(async () => {
    const created = await client.ask(wsdl.events, "CreatePullPointSubscription");
    const point = tag(created, "Address");
    const pulled = await client.ask(wsdl.events, "PullMessages", "<q:Timeout>PT1S</q:Timeout>", point);
    await client.ask(wsdl.notification, "Unsubscribe", "", point);
    const motions = toldBy(pulled).filter(({ topic }) => topic.includes("Motion"));
    expect(motions.map(({ operation, value }) => `${operation} ${value}`)).toEqual([
      "Initialized true",
      "Initialized true",
    ]);
  }, wait);
});

test("a client without qop signs in with HTTP digest on its own connection", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = envelope("", `<GetScopes xmlns="${wsdl.device}"/>`);
  const ask = (headers: Record<string, string>): Promise<{ status: number; challenge: string }> =>
    new Promise((resolve, reject) => {
      const asked = request(`${client.base}/device_service`, { method: "POST", agent, headers }, (answer) => {
        answer.resume().on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            challenge: String(answer.headers["www-authenticate"]),
          }),
        );
      });
      asked.on("error", reject).end(body);
    });
  const { challenge } = await ask({});
  const nonce = /nonce="([^"]*)"/u.exec(challenge)?.[1] ?? "";
  const uri = "/onvif/device_service";
  const h = (text: string): string => createHash("md5").update(text).digest("hex");
  const response = h(`${h(`sill:Sill:${password}`)}:${nonce}:${h(`POST:${uri}`)}`);
  const authorization = `Digest username="sill", realm="Sill", nonce="${nonce}", uri="${uri}", response="${response}"`;
  expect((await ask({ authorization })).status).toBe(200);
  agent.destroy();
});

test("a subscription that nobody renews runs out; there are eight at a time; what nobody fetches is bounded", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  const create = () =>
    client.ask(
      wsdl.events,
      "CreatePullPointSubscription",
      "<q:InitialTerminationTime>PT60S</q:InitialTerminationTime>",
    );
  const all: SoapAnswer[] = [];
  for (let i = 0; i < 9; i += 1) all.push(await create());
  expect(all.map(({ status }) => status)).toEqual([...Array.from({ length: 8 }, () => 200), 400]);
  const point = tag(all[0] ?? { status: 0, text: "" }, "Address");
  for (let i = 0; i < 50; i += 1) {
    rig.eye.send({
      type: "event-opened",
      event: `event-0000${i + 10}`,
      kind: "motion",
      startWallMs: 1,
      score: 1,
      zones: [],
    });
    rig.eye.send({ type: "event-closed", event: `event-0000${i + 10}`, endWallMs: 9, score: 1, zones: [] });
  }
  await vi.waitFor(() => {
    void rig.clock.advance(1_000);
    const stage = rig.door.keeper.status().stages.find(({ name }) => name === "onvif events");
    expect([stage?.in ?? 0, (stage?.dropped ?? 0) > 0]).toEqual([100, true]);
  }, wait);
  const pulled = await client.ask(
    wsdl.events,
    "PullMessages",
    "<q:Timeout>PT1S</q:Timeout><q:MessageLimit>1000</q:MessageLimit>",
    point,
  );
  expect(toldBy(pulled).length).toBe(64);
  await rig.clock.advance(60_000);
  expect((await create()).status).toBe(200);
  expect((await client.ask(wsdl.events, "PullMessages", "<q:Timeout>PT1S</q:Timeout>", point)).status).toBe(
    400,
  );
});

test("noise, halves and huge things at the port end in refusals, and the bell rings on", async () => {
  await using rig = await openRig();
  const client = clientOf(rig);
  expect((await client.send("<x>".repeat(1_000))).status).toBe(400);
  expect((await client.send('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>')).status).toBe(
    400,
  );
  expect((await client.send("a".repeat(200_000)).catch(() => ({ status: 413 }))).status).toBe(413);
  expect((await fetch(`${client.base}/device_service`)).status).toBe(404);
  const big = { "x-big": "y".repeat(20_000) };
  expect(
    (
      await fetch(`${client.base}/device_service`, { method: "POST", headers: big }).catch(() => ({
        status: 431,
      }))
    ).status,
  ).toBe(431);
  for (const noise of [
    "\0\0\0\0\r\n\r\n",
    "POST /onvif/device_service HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
  ]) {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const socket = connect({ host: "127.0.0.1", port: rig.rtsp.onvifPort ?? 0 }, () => socket.write(noise));
    socket.on("close", () => resolve()).on("error", () => {});
    socket.resume();
    await closed;
  }
  await rig.door.button.press();
  expect(rig.door.chime.sounded).toBe(1);
  expect((await client.ask(wsdl.device, "GetScopes")).status).toBe(200);
});

test("of one address sixteen may be connected; the others are sent away, and it is counted", async () => {
  await using rig = await openRig();
  await using stack = new AsyncDisposableStack();
  let closed = 0;
  for (let i = 0; i < 20; i += 1) {
    const socket = connect({ host: "127.0.0.1", port: rig.rtsp.onvifPort ?? 0 });
    stack.defer(() => void socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => (closed += 1));
    socket.resume();
  }
  await vi.waitFor(async () => {
    await rig.clock.advance(1_000);
    const stage = rig.door.keeper.status().stages.find(({ name }) => name === "onvif connections");
    expect([closed >= 4, stage?.in, stage?.dropped]).toEqual([true, 20, 4]);
  }, wait);
});

test("there is no port where it is switched off", async () => {
  await using rig = await openRig({ settings: { onvif: false } });
  expect([rig.rtsp.port === null, rig.rtsp.onvifPort]).toEqual([false, null]);
});
