/** The RTSP port: who is let in, who is sent away, and what the keeper and its ledger are told. */
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { policyOf, testKeys } from "../../../scripts/rigs/paired.ts";
import { putJson } from "../../../scripts/rigs/person.ts";
import { RtspClient } from "../../../scripts/rigs/rtsp-client.ts";
import { runningStatus } from "../keeper/test-eye.ts";
import { openRig, password, wait, type RtspRig } from "./rig.ts";

async function watcher(rig: RtspRig): Promise<RtspClient> {
  const client = new RtspClient({ port: rig.port, password });
  await rig.until(client.play());
  return client;
}

/** A frame arrives: it is watched, and the stream goes on. */
async function sees(rig: RtspRig, client: RtspClient): Promise<void> {
  const before = client.nals.length;
  await rig.until(vi.waitFor(() => expect(client.nals.length).toBeGreaterThan(before), wait));
}

async function history(rig: RtspRig): Promise<string[]> {
  const { entries } = (await (await rig.door.get("/api/history")).json()) as {
    entries: { who: string | null; what: string }[];
  };
  return entries.filter(({ what }) => what === "live-view").map(({ who }) => String(who));
}

const lives = ({ eye }: RtspRig): boolean[] =>
  eye.received.flatMap((message) => (message.type === "live" ? [message.on] : []));

test("who has the password is given frames; the eye makes them only meanwhile, and the ledger says who looked", async () => {
  await using rig = await openRig();
  expect(lives(rig)).toEqual([]);
  const client = await watcher(rig);
  await sees(rig, client);
  await vi.waitFor(() => expect(lives(rig)).toEqual([true]), wait);
  expect(await history(rig)).toEqual(["RTSP, 127.0.0.1"]);
  await client[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(lives(rig)).toEqual([true, false]), wait);
});

test("a client that signs in without qop, as GStreamer's does, is given frames", async () => {
  await using rig = await openRig();
  await using client = new RtspClient({ port: rig.port, password, plain: true });
  await rig.until(client.play());
  await sees(rig, client);
});

test("no policy, no port", async () => {
  await using rig = await openRig({ publish: false });
  const { rtsp } = rig.door.keeper.status();
  expect([rig.rtsp.port, rtsp?.allowed, rtsp?.why]).toEqual([
    null,
    false,
    expect.stringContaining("signed policy"),
  ]);
});

test("a password that is too short to be one opens no port and is a problem in words", async () => {
  await using rig = await openRig({ password: "short" });
  await vi.waitFor(
    () => expect(rig.door.keeper.status().rtsp?.fault?.message).toContain("12 characters"),
    wait,
  );
  expect(rig.rtsp.port).toBeNull();
  const { problems } = (await (await rig.door.get("/healthz")).json()) as { problems: string[] };
  expect(problems.join()).toContain("12 characters");
});

test("an owner who signs that it may not leave any more ends it: everybody is sent away, and the port is closed", async () => {
  await using rig = await openRig();
  const client = await watcher(rig);
  await sees(rig, client);
  const envelope = signEnvelope(testKeys(1), payloadTypes.policy, {
    ...policyOf(rig.door.device, { picture: { width: 640, height: 480 } }),
    version: 2,
  });
  expect((await putJson(rig.door.owner, "/api/policy", { envelope })).status).toBe(200);
  const late = 5_000;
  rig.frame("key", late);
  await vi.waitFor(
    () => expect([client.closed, rig.rtsp.port, rig.rtsp.onvifPort]).toEqual([true, null, null]),
    wait,
  );
  expect(client.nals.some(({ length }) => length === late)).toBe(false);
});

test("a mask that closes, a guard that trips, a policy that is not obeyed: everybody is sent away until it is over", async () => {
  await using rig = await openRig();
  const { mask } = runningStatus;
  const closed = [
    { ...mask, guard: { state: "tripped", reason: "moved" } as const },
    { ...mask, visibleFrac: 0 },
    { ...mask, policyVersion: 7 },
  ];
  for (const mask of closed) {
    const client = await watcher(rig);
    rig.eye.status({ mask });
    await vi.waitFor(() => expect(client.closed).toBe(true), wait);
    await using late = new RtspClient({ port: rig.port, password });
    expect((await late.ask("DESCRIBE", late.url)).code).toBe(503);
    rig.eye.status();
    await vi.waitFor(() => expect(rig.door.keeper.status().rtsp?.why).toBeUndefined(), wait);
    await using again = await watcher(rig);
    await sees(rig, again);
  }
});

test("privacy now sends everybody away at once; when it is over they may come back", async () => {
  await using rig = await openRig();
  const client = await watcher(rig);
  const privacy = (closed: boolean) => putJson(rig.door.owner, "/api/privacy", { closed });
  expect((await privacy(true)).status).toBe(200);
  await vi.waitFor(() => expect(client.closed).toBe(true), wait);
  await using late = new RtspClient({ port: rig.port, password });
  expect((await late.ask("DESCRIBE", late.url)).code).toBe(503);
  expect((await privacy(false)).status).toBe(200);
  await vi.waitFor(() => expect(rig.door.keeper.status().rtsp?.why).toBeUndefined(), wait);
  await using again = await watcher(rig);
  await sees(rig, again);
});

test("who asks for the picture and does not take it is sent away, so that the eye need not make it", async () => {
  await using rig = await openRig();
  await using client = new RtspClient({ port: rig.port, password });
  await rig.until(client.ask("DESCRIBE", client.url));
  await vi.waitFor(() => expect(lives(rig)).toEqual([true]), wait);
  await rig.clock.advance(30_000);
  await vi.waitFor(() => expect([client.closed, lives(rig)]).toEqual([true, [true, false]]), wait);
});

test("who only pauses, or only says that he is there, is sent away too", async () => {
  await using rig = await openRig();
  await using paused = await watcher(rig);
  await using asks = new RtspClient({ port: rig.port, password });
  const pause = () => paused.ask("PAUSE", paused.url);
  expect((await pause()).code).toBe(200);
  expect((await asks.ask("GET_PARAMETER", asks.url)).code).toBe(200);
  await rig.clock.advance(20_000);
  expect((await pause()).code).toBe(200);
  expect((await asks.ask("GET_PARAMETER", asks.url)).code).toBe(200);
  await rig.clock.advance(10_000);
  await vi.waitFor(() => expect([paused.closed, asks.closed]).toEqual([true, true]), wait);
});

test("who looks at a camera that sleeps wakes it, and waits until it sees", async () => {
  await using rig = await openRig();
  const camera = { ...runningStatus.camera, state: "asleep" } as const;
  rig.eye.status({ camera, mask: { ...runningStatus.mask, visibleFrac: 0 } });
  await vi.waitFor(() => expect(rig.door.keeper.status().camera.state).toBe("asleep"), wait);
  const client = new RtspClient({ port: rig.port, password });
  const played = client.play();
  await vi.waitFor(() => expect(lives(rig)).toEqual([true]), wait);
  rig.eye.status();
  await rig.until(played);
  await sees(rig, client);
  await client[Symbol.asyncDispose]();
});

test("a keeper that goes away takes the ports with it", async () => {
  await using rig = await openRig();
  const client = await watcher(rig);
  await rig.door.keeper[Symbol.asyncDispose]();
  await vi.waitFor(() => expect([client.closed, rig.rtsp.port]).toEqual([true, null]), wait);
});

test("wrong passwords are counted, and soon not listened to; others are", async () => {
  await using rig = await openRig();
  const codes: number[] = [];
  for (let i = 0; i < 14; i += 1) {
    await using guess = new RtspClient({ port: rig.port, password: `guess number ${i}` });
    codes.push((await guess.ask("DESCRIBE", guess.url)).code);
  }
  expect(codes.slice(0, 10).every((code) => code === 401)).toBe(true);
  expect(codes.slice(11)).toEqual([0, 0, 0]);
  expect(await history(rig)).toEqual([]);
  await rig.clock.advance(60_000);
  await using client = await watcher(rig);
  await sees(rig, client);
  await rig.clock.advance(10_000);
  await vi.waitFor(() => {
    const stage = rig.door.keeper.status().stages.find(({ name }) => name === "rtsp passwords");
    expect([stage?.in, (stage?.dropped ?? 0) > 2]).toEqual([10, true]);
  }, wait);
});

test("a connection that waited is not heard either once its address has guessed; who watches goes on", async () => {
  await using rig = await openRig();
  await using client = await watcher(rig);
  await using waited = new RtspClient({ port: rig.port, password });
  expect((await waited.send("OPTIONS", waited.url)).code).toBe(200);
  for (let i = 0; i < 10; i += 1) {
    await using guess = new RtspClient({ port: rig.port, password: `guess number ${i}` });
    await guess.ask("DESCRIBE", guess.url);
  }
  const late = await waited.send("DESCRIBE", waited.url);
  expect([late.code, late.headers.has("www-authenticate")]).toEqual([401, false]);
  expect((await client.ask("GET_PARAMETER", client.url)).code).toBe(200);
  await sees(rig, client);
});

test("a header that was said before is not good on another connection", async () => {
  await using rig = await openRig();
  await using client = await watcher(rig);
  const authorization = client.authorization("DESCRIBE", client.url);
  expect((await client.send("DESCRIBE", client.url, { authorization })).code).toBe(200);
  await using thief = new RtspClient({ port: rig.port });
  const answer = await thief.send("DESCRIBE", thief.url, { authorization });
  expect([answer.code, answer.headers.get("www-authenticate")?.[0]]).toEqual([
    401,
    expect.stringContaining("stale=true"),
  ]);
});

test("what cannot be done is answered as RFC 2326 says", async () => {
  await using rig = await openRig();
  const asked = [
    ["SETUP", "/door/trackID=0", { transport: "RTP/AVP;unicast;client_port=5000-5001" }, 461],
    ["PLAY", "/door", {}, 455],
    ["TEARDOWN", "/door", {}, 454],
    ["DESCRIBE", "/other", {}, 404],
    ["ANNOUNCE", "/door", {}, 405],
    ["RECORD", "/door", {}, 405],
    ["DANCE", "/door", {}, 501],
    ["GET_PARAMETER", "/door", {}, 200],
  ] as const;
  await using client = new RtspClient({ port: rig.port, password });
  for (const [method, path, headers, code] of asked) {
    const answer = await rig.until(client.ask(method, `rtsp://127.0.0.1:${rig.port}${path}`, headers));
    expect(answer.code, method).toBe(code);
  }
});

test("who does not read skips, is given up after ten seconds, and holds nobody up", async () => {
  await using rig = await openRig();
  await using lazy = await watcher(rig);
  await using eager = await watcher(rig);
  lazy.socket.pause();
  const skipped = (): number =>
    rig.door.keeper.status().stages.find(({ name }) => name === "rtsp frames")?.dropped ?? 0;
  const large = 400_000;
  await vi.waitFor(async () => {
    const before = eager.nals.length;
    rig.frame("key", large);
    await rig.clock.advance(1_000); // so often it says how much it skipped
    await vi.waitFor(() => expect(eager.nals.length).toBeGreaterThan(before), wait);
    expect([skipped() > 0, lazy.closed, eager.closed]).toEqual([true, false, false]);
  }, wait);
  await rig.clock.advance(10_000);
  const before = eager.nals.length;
  rig.frame("key", large);
  // it reads again only when that frame has found it stuck
  await vi.waitFor(() => expect(eager.nals.length).toBeGreaterThan(before), wait);
  lazy.socket.resume();
  await vi.waitFor(() => expect(lazy.closed).toBe(true), wait);
});

test("eight watch at a time", async () => {
  await using rig = await openRig();
  await using stack = new AsyncDisposableStack();
  for (let i = 0; i < 8; i += 1) stack.use(await watcher(rig));
  const ninth = stack.use(new RtspClient({ port: rig.port, password }));
  expect((await ninth.ask("DESCRIBE", ninth.url)).code).toBe(503);
});

test("half a request is given up after a while, and 1,000 connections at a time are no trouble for a press", async () => {
  await using rig = await openRig();
  await using stack = new AsyncDisposableStack();
  let closed = 0;
  await Promise.all(
    Array.from({ length: 1_000 }, async () => {
      const socket = connect({ host: "127.0.0.1", port: rig.port });
      stack.defer(() => void socket.destroy());
      socket.on("error", () => {});
      socket.on("close", () => (closed += 1));
      await new Promise<void>((resolve) => socket.once("connect", resolve).once("close", () => resolve()));
      socket.write("DESCRIBE rtsp://x/door RTSP/1.0\r\nCSeq: 1");
      socket.resume();
    }),
  );
  await rig.door.button.press();
  expect(rig.door.chime.sounded).toBe(1);
  await vi.waitFor(() => expect(closed).toBeGreaterThanOrEqual(984), wait);
  await rig.clock.advance(15_000);
  await vi.waitFor(() => expect(closed).toBe(1_000), wait);
  await using client = await watcher(rig);
  await sees(rig, client);
});

test("noise at the port ends that connection and no other", async () => {
  await using rig = await openRig();
  await using client = await watcher(rig);
  const noises = [
    "\0".repeat(10_000),
    "GET / HTTP/1.1\r\n\r\n",
    `OPTIONS * RTSP/1.0\r\nX: ${"y".repeat(20_000)}`,
    "\x16\x03\x01\x02\x00\x01\r\n\r\n",
  ];
  for (const noise of noises) {
    const socket = connect({ host: "127.0.0.1", port: rig.port });
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => {});
    socket.resume();
    socket.write(noise, "latin1");
    await closed;
  }
  await sees(rig, client);
});
