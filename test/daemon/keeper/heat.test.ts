import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { HeatHub } from "../../../daemon/keeper/heat.ts";
import { decodeHeat, encodeHeat } from "../../../daemon/wire/heat.ts";
import type { SignedInHuman } from "../../../scripts/rigs/person.ts";
import { openDoor } from "./door.ts";
import { closed, until } from "./page.ts";
import { connectTestEye } from "./test-eye.ts";

function heat(ptsUs: number): Uint8Array {
  const cells = { levels: Uint8Array.of(0, 50, 0, 3), stirring: Uint8Array.of(9, 60, 0, 8) };
  return encodeHeat({ ptsUs, wallMs: 1, light: "bright", cols: 2, rows: 2, ...cells });
}

interface Viewer extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly seen: readonly number[];
}

async function watch(who: SignedInHuman): Promise<Viewer> {
  const seen: number[] = [];
  const socket = who.socket("/api/heat");
  socket.on("message", (data: Buffer) => seen.push(decodeHeat(data).ptsUs));
  await new Promise((resolve) => socket.once("open", resolve));
  return { socket, seen, [Symbol.asyncDispose]: async () => socket.terminate() };
}

test("the eye makes heat from the first viewer to the last", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  const first = await watch(door.owner);
  const second = await watch(door.owner);
  await until(() => eye.received.length === 1);
  eye.raw(heat(1));
  eye.raw(heat(2));
  await until(() => first.seen.length === 2 && second.seen.length === 2);
  expect(second.seen).toEqual([1, 2]);
  first.socket.close();
  await closed(first.socket);
  second.socket.close();
  await until(() => eye.received.length === 2);
  expect(eye.received).toEqual([
    { type: "heat", on: true },
    { type: "heat", on: false },
  ]);
});

test("an eye that comes back while somebody watches is asked for heat again", async () => {
  await using door = await openDoor();
  await using viewer = await watch(door.owner);
  {
    await using eye = await connectTestEye(door.paths);
    await until(() => eye.received.length === 1);
    eye.raw(heat(1));
    await until(() => viewer.seen.length === 1);
  }
  await using eye = await connectTestEye(door.paths);
  await until(() => eye.received.length === 1);
  eye.raw(heat(2));
  await until(() => viewer.seen.length === 2);
  expect(eye.received).toEqual([{ type: "heat", on: true }]);
});

test("what is no heat goes nowhere and is counted; live goes on beside it", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using viewer = await watch(door.owner);
  await until(() => eye.received.length === 1);
  eye.raw(heat(1).subarray(0, 22));
  eye.unit("init");
  eye.raw(heat(2));
  await until(() => viewer.seen.length === 1);
  expect(viewer.seen).toEqual([2]);
  const stage = (name: string) => door.keeper.status().stages.find((each) => each.name === name);
  expect(stage("viewers")).toMatchObject({ dropped: 1, lastError: "heat of 2 x 2 cells has 22 bytes" });
  expect(stage("heat viewers")).toMatchObject({ in: 1, out: 1, dropped: 0 });
});

test("a viewer that reads too slowly misses frames, and they are counted", () => {
  const hub = new HeatHub(() => {});
  const socket = Reflect.construct(WebSocket, [null, undefined, {}]) as WebSocket; // never connected
  const sent: number[] = [];
  let waiting = 0;
  Object.defineProperty(socket, "bufferedAmount", { get: () => waiting });
  socket.send = (bytes: Uint8Array) => void sent.push(decodeHeat(bytes).ptsUs);
  hub.add(socket);
  hub.handle(heat(1));
  waiting = 40_000;
  hub.handle(heat(2));
  waiting = 0;
  hub.handle(heat(3));
  expect(sent).toEqual([1, 3]);
  expect(hub).toMatchObject({ in: 3, out: 2, dropped: 1 });
});

test("more viewers than allowed are turned away with 1013; one that talks is, too", async () => {
  await using door = await openDoor();
  const viewers = await Promise.all(Array.from({ length: 8 }, () => watch(door.owner)));
  const extra = await watch(door.owner);
  expect(await closed(extra.socket)).toBe(1013);
  viewers[0]?.socket.send("hello");
  expect(await closed(viewers[0]?.socket ?? extra.socket)).toBe(1008);
  for (const viewer of viewers) viewer.socket.terminate();
});

test("watching heat shows on the light, and ends with the session", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  eye.status();
  await using viewer = await watch(door.owner);
  await until(() => door.light.state === "live");
  const gone = closed(viewer.socket);
  await door.owner.fetch("/api/session", { method: "DELETE" });
  expect(await gone).toBe(1008);
});
