import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { SimClock } from "../../../hal/sim/clock.ts";
import { LiveHub } from "../../../daemon/keeper/live.ts";
import { decodeLive, encodeLive, type LiveKind } from "../../../daemon/wire/live.ts";
import type { SignedInHuman } from "../../../scripts/rigs/person.ts";
import { openDoor } from "./door.ts";
import { closed, openPage, until } from "./page.ts";
import { connectTestEye } from "./test-eye.ts";

interface Viewer extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly seen: readonly string[];
}

async function watch(who: SignedInHuman): Promise<Viewer> {
  const seen: string[] = [];
  const socket = who.socket("/api/live");
  socket.on("message", (data: Buffer) => {
    const { kind, payload } = decodeLive(data);
    seen.push(`${kind} ${Buffer.from(payload).toString()}`);
  });
  await new Promise((resolve) => socket.once("open", resolve));
  return { socket, seen, [Symbol.asyncDispose]: async () => socket.terminate() };
}

test("the eye makes live units from the first viewer to the last", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const first = await watch(door.owner);
  const second = await watch(door.owner);
  await until(() => eye.received.length === 1);
  first.socket.close();
  await closed(first.socket);
  second.socket.close();
  await until(() => eye.received.length === 2);
  expect(eye.received).toEqual([
    { type: "live", on: true },
    { type: "live", on: false },
  ]);
});

test("a new viewer gets the init segment, the GOP so far, then the stream", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using early = await watch(door.owner);
  const kinds = ["init", "key", "delta", "key", "delta"] as const;
  kinds.forEach((kind, index) => eye.unit(kind, Buffer.from(String(index))));
  await until(() => early.seen.length === 5);
  await using late = await watch(door.owner);
  eye.unit("delta", Buffer.from("5"));
  await until(() => late.seen.length === 4);
  expect(late.seen).toEqual(["init 0", "key 3", "delta 4", "delta 5"]);
});

test("what was live before the line changed is not shown to who joins after", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using early = await watch(door.owner);
  eye.unit("init", Buffer.from("0"));
  eye.unit("key", Buffer.from("1"));
  await until(() => early.seen.length === 2);
  eye.send({ type: "live-over" });
  eye.unit("delta", Buffer.from("2")); // of before: nobody may be sent it
  eye.status({ recording: null });
  await until(() => door.keeper.status().camera.state === "running");
  await using late = await watch(door.owner);
  eye.unit("init", Buffer.from("3"));
  eye.unit("key", Buffer.from("4"));
  await until(() => late.seen.length === 2);
  expect(late.seen).toEqual(["init 3", "key 4"]);
  expect(early.seen).toEqual(["init 0", "key 1", "init 3", "key 4"]);
});

test("an eye that comes back while somebody watches is asked for units again", async () => {
  await using door = await openDoor();
  await using viewer = await watch(door.owner);
  {
    await using eye = await connectTestEye(door.paths);
    await until(() => eye.received.length === 1);
    for (const kind of ["init", "key"] as const) eye.unit(kind);
    await until(() => viewer.seen.length === 2);
  }
  await using eye = await connectTestEye(door.paths);
  await until(() => eye.received.length === 1);
  for (const kind of ["delta", "init", "delta", "key"] as const) eye.unit(kind, Buffer.from("new"));
  await until(() => viewer.seen.length === 4);
  expect(viewer.seen.slice(2)).toEqual(["init new", "key new"]);
});

test("units still under way from before the last viewer left are not shown to the next one", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  {
    await using first = await watch(door.owner);
    for (const kind of ["init", "key"] as const) eye.unit(kind, Buffer.from("old"));
    await until(() => first.seen.length === 2);
  }
  await until(() => eye.received.length === 2);
  await using next = await watch(door.owner);
  for (const kind of ["key", "delta"] as const) eye.unit(kind, Buffer.from("old"));
  for (const kind of ["init", "key"] as const) eye.unit(kind, Buffer.from("new"));
  await until(() => next.seen.length === 2);
  expect(next.seen).toEqual(["init new", "key new"]);
});

/** A viewer whose waiting bytes the test decides; the hub needs no more of a socket than this. */
function slowViewer() {
  const socket = Reflect.construct(WebSocket, [null, undefined, {}]) as WebSocket; // never connected
  const sent: LiveKind[] = [];
  let waiting = 0;
  Object.defineProperty(socket, "bufferedAmount", { get: () => waiting });
  socket.send = (bytes: Uint8Array) => void sent.push(decodeLive(bytes).kind);
  return { socket, sent, stall: (bytes: number) => (waiting = bytes) };
}

function unit(kind: LiveKind, bytes = 10): Uint8Array {
  return encodeLive({ kind, ptsUs: 0, wallMs: 0, payload: new Uint8Array(bytes) });
}

test("a viewer that reads too slowly skips to the next keyframe it can take, and is counted", () => {
  const hub = new LiveHub(() => {});
  const { socket, sent, stall } = slowViewer();
  hub.add(socket);
  for (const kind of ["init", "key", "delta"] as const) hub.handle(unit(kind));
  stall(3_000_000);
  for (const kind of ["delta", "key", "delta"] as const) hub.handle(unit(kind));
  stall(0);
  for (const kind of ["delta", "key", "delta"] as const) hub.handle(unit(kind));
  expect(sent).toEqual(["init", "key", "delta", "key", "delta"]);
  expect(hub).toMatchObject({ in: 9, out: 5, dropped: 4 });
});

test("a GOP past its bound is let go: a new viewer waits for the next keyframe", () => {
  const hub = new LiveHub(() => {});
  hub.add(slowViewer().socket);
  for (const kind of ["init", "key"] as const) hub.handle(unit(kind));
  for (let each = 0; each < 4; each += 1) hub.handle(unit("delta", 5_000_000));
  const { socket, sent } = slowViewer();
  hub.add(socket);
  for (const kind of ["delta", "key", "delta"] as const) hub.handle(unit(kind));
  expect(sent).toEqual(["init", "key", "delta"]);
});

test("more viewers than allowed are turned away with 1013", async () => {
  await using door = await openDoor();
  const viewers = await Promise.all(Array.from({ length: 16 }, () => watch(door.owner)));
  const extra = await watch(door.owner);
  expect(await closed(extra.socket)).toBe(1013);
  for (const viewer of viewers) viewer.socket.terminate();
});

test("a viewer that has gone without a word gives its place back, one that is there keeps it", async () => {
  const clock = new SimClock();
  await using door = await openDoor({ clock });
  await using eye = await connectTestEye(door.paths);
  await using gone = await watch(door.owner);
  gone.socket.pause(); // answers nothing any more
  await using there = await watch(door.owner);
  await using page = await openPage(door.owner);
  for (let beat = 1; beat <= 3; beat += 1) {
    const answered = Promise.all([there, page].map(({ socket }) => once(socket, "ping")));
    await clock.advance(30_000);
    await answered;
    await new Promise((resolve) => setImmediate(resolve)); // the pongs are on their way
    await (await door.get("/healthz")).text();
  }
  gone.socket.resume();
  await closed(gone.socket);
  eye.unit("init");
  await until(() => there.seen.length === 1);
  expect([there, page].map(({ socket }) => socket.readyState)).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
});
