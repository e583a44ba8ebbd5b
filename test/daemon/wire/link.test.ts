import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect as connectSocket, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { connectLink, type Link, listenLink } from "../../../daemon/wire/link.ts";
import { systemClock } from "../../../hal/clock.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const note = z.strictObject({ type: z.literal("note"), text: z.string() });
type Note = z.output<typeof note>;
const say = (text: string): Note => ({ type: "note", text });

/** One end of a link and everything it heard. */
interface End extends AsyncDisposable {
  readonly link: Link<Note>;
  readonly heard: string[];
}

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill-link-"));
  path = join(folder, "eye.sock");
});

afterEach(() => rmSync(folder, { recursive: true }));

function ears() {
  const heard: string[] = [];
  return {
    heard,
    handlers: {
      path,
      incoming: note,
      onMessage: (message: Note) => void heard.push(message.text),
      onBinary: (bytes: Uint8Array) => void heard.push(`${bytes.length} bytes`),
      onConnected: (connected: boolean) => void heard.push(connected ? "+" : "-"),
    },
  };
}

async function listen(): Promise<End> {
  const { heard, handlers } = ears();
  const link = await listenLink<Note, Note>(handlers);
  return { link, heard, [Symbol.asyncDispose]: () => link.close() };
}

function connect(clock = new SimClock(), greeting?: string): End & { clock: SimClock } {
  const { heard, handlers } = ears();
  const link: Link<Note> = connectLink<Note, Note>({
    ...handlers,
    clock,
    onConnected(connected) {
      handlers.onConnected(connected);
      if (connected && greeting !== undefined) link.send(say(greeting));
    },
  });
  return { link, heard, clock, [Symbol.asyncDispose]: () => link.close() };
}

/** Turns of the event loop until it is so: sockets are real, time is not. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000; turn++) {
    if (condition()) return;
    await nextTurn();
  }
  throw new Error("it never became so");
}

async function meet(...ends: End[]): Promise<void> {
  await until(() => ends.every(({ link }) => link.connected));
}

async function rawSocket(): Promise<WebSocket> {
  const socket = new WebSocket("ws://localhost/", { createConnection: () => connectSocket(path) });
  await once(socket, "open");
  return socket;
}

test("messages and bytes go both ways, in order", async () => {
  await using keeper = await listen();
  await using eye = connect();
  await meet(keeper, eye);
  for (const text of ["a", "b", "c"]) eye.link.send(say(text));
  eye.link.sendBinary(new Uint8Array(5));
  keeper.link.send(say("hello"));
  keeper.link.sendBinary(new Uint8Array(0));
  await until(() => keeper.heard.length === 5 && eye.heard.length === 3);
  expect(keeper.heard).toEqual(["+", "a", "b", "c", "5 bytes"]);
  expect(eye.heard).toEqual(["+", "hello", "0 bytes"]);
  expect(eye.link.counters).toEqual({ sent: 4, received: 2, dropped: 0, rejected: 0 });
  expect(keeper.link.counters).toEqual({ sent: 2, received: 4, dropped: 0, rejected: 0 });
});

test.each([
  ["this user only", 0o022, 0o600],
  ["this user only, whatever the umask", 0, 0o600],
  ["its folder's group too where the umask is 007, and by nobody else", 0o007, 0o660],
])("the socket can be opened by %s", async (_who, umask, mode) => {
  const mask = process.umask(umask);
  try {
    await using _ = await listen();
    expect(statSync(path).mode & 0o777).toBe(mode);
    expect(process.umask()).toBe(umask);
  } finally {
    process.umask(mask);
  }
});

test.each(["with space", "with:colon", "ümläut", "100%25#?&"])(
  "a data folder named %s works",
  async (name) => {
    mkdirSync(join(folder, name));
    path = join(folder, name, "eye.sock");
    await using keeper = await listen();
    await using eye = connect();
    await meet(keeper, eye);
    eye.link.send(say("here"));
    await until(() => keeper.heard.includes("here"));
  },
);

test("a listener that dies and returns is found again, and what was said meanwhile arrives", async () => {
  const first = await listen();
  await using eye = connect();
  await meet(first, eye);
  await first.link.close();
  await until(() => !eye.link.connected);
  eye.link.send(say("while you were away"));
  await using second = await listen();
  await eye.clock.advance(50);
  await until(() => second.heard.length === 2);
  expect(second.heard).toEqual(["+", "while you were away"]);
  expect(eye.heard).toEqual(["+", "-", "+"]);
});

test("tries again with a growing pause, at most two seconds, for ever", async () => {
  const tries: number[] = [];
  class CountingClock extends SimClock {
    override after(ms: number, handler: () => void): () => void {
      tries.push(ms);
      return super.after(ms, handler);
    }
  }
  await using eye = connect(new CountingClock());
  for (let round = 0; round < 9; round++) {
    await until(() => tries.length === round + 1);
    await eye.clock.advance(tries[round] ?? 0);
  }
  expect(tries.slice(0, 9)).toEqual([50, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]);
});

test("after a connection the pause begins small again", async () => {
  await using eye = connect();
  await eye.clock.advance(10_000);
  const first = await listen();
  while (!eye.link.connected) await eye.clock.advance(100);
  await first.link.close();
  await until(() => !eye.link.connected);
  await using second = await listen();
  await eye.clock.advance(50);
  await meet(second, eye);
});

test("the greeting goes before what waited", async () => {
  await using eye = connect(undefined, "hello");
  eye.link.send(say("early"));
  await using keeper = await listen();
  while (!eye.link.connected) await eye.clock.advance(50);
  await until(() => keeper.heard.length === 3);
  expect(keeper.heard).toEqual(["+", "hello", "early"]);
});

test("while the peer is away 1,024 messages wait, the oldest go first and are counted", async () => {
  await using eye = connect();
  for (let index = 0; index < 1_030; index++) eye.link.send(say(String(index)));
  expect(eye.link.counters.dropped).toBe(6);
  await using keeper = await listen();
  while (!eye.link.connected) await eye.clock.advance(50);
  await until(() => keeper.heard.length === 1_025);
  expect(keeper.heard.slice(0, 3)).toEqual(["+", "6", "7"]);
  expect(keeper.heard.at(-1)).toBe("1029");
  expect(eye.link.counters).toMatchObject({ sent: 1_024, dropped: 6 });
});

test("an old picture waits for nobody", async () => {
  await using keeper = await listen();
  keeper.link.sendBinary(new Uint8Array(100));
  await using eye = connect();
  await meet(keeper, eye);
  keeper.link.send(say("now"));
  await until(() => eye.heard.length === 2);
  expect(eye.heard).toEqual(["+", "now"]);
  expect(keeper.link.counters).toMatchObject({ sent: 1, dropped: 1 });
});

test("a peer that does not read fills 16 MiB and no more", async () => {
  await using keeper = await listen();
  const socket = await rawSocket();
  await until(() => keeper.link.connected);
  socket.pause();
  const text = "x".repeat(1024 * 1024);
  for (let index = 0; index < 40; index++) keeper.link.send(say(text));
  expect(keeper.link.counters.sent).toBeLessThan(20);
  expect(keeper.link.counters.sent + keeper.link.counters.dropped).toBe(40);
  keeper.link.sendBinary(new Uint8Array(1));
  expect(keeper.link.counters.dropped + keeper.link.counters.sent).toBe(41);
  socket.terminate();
});

test.each([
  ["not JSON", "{"],
  ["JSON of nothing", "null"],
  ["another type", '{"type":"other","text":"x"}'],
  ["an unknown key", '{"type":"note","text":"x","more":1}'],
  ["a missing key", '{"type":"note"}'],
  ["a prototype's key", '{"type":"note","text":"x","__proto__":{}}'],
])("%s is rejected and counted, and the link goes on", async (_, text) => {
  await using keeper = await listen();
  const socket = await rawSocket();
  socket.send(text);
  socket.send(JSON.stringify(say("good")));
  await until(() => keeper.heard.includes("good"));
  expect(keeper.link.counters).toMatchObject({ received: 1, rejected: 1 });
  socket.terminate();
});

test("what is not even WebSocket costs the connection, not the listener", async () => {
  await using keeper = await listen();
  const raw = await rawSocket();
  (raw as unknown as { _socket: Socket })._socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  await once(raw, "close");
  const request = connectSocket(path);
  request.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [answer] = (await once(request, "data")) as [Buffer];
  expect(answer.toString()).toContain("426");
  request.destroy();
  await using eye = connect();
  await until(() => eye.link.connected);
  await until(() => keeper.link.connected);
});

test("a message larger than 16 MiB ends the connection, and the eye comes back", async () => {
  await using keeper = await listen();
  await using eye = connect();
  await meet(keeper, eye);
  eye.link.sendBinary(new Uint8Array(16 * 1024 * 1024 + 1));
  await until(() => eye.heard.at(-1) === "-");
  await eye.clock.advance(50);
  await meet(keeper, eye);
  expect(keeper.heard).toEqual(["+", "-", "+"]);
});

test("a second connection replaces the first, which is told to the listener as a loss", async () => {
  await using keeper = await listen();
  const first = await rawSocket();
  await until(() => keeper.link.connected);
  const gone = once(first, "close");
  first.send(JSON.stringify(say("from the first")));
  await until(() => keeper.heard.length === 2);
  const second = await rawSocket();
  await gone;
  keeper.link.send(say("to the second"));
  const [data] = (await once(second, "message")) as [Buffer];
  expect(data.toString()).toContain("to the second");
  expect(keeper.heard).toEqual(["+", "from the first", "-", "+"]);
  expect(keeper.link.connected).toBe(true);
  second.terminate();
});

test("what is said while the peer is leaving waits for its return", async () => {
  await using keeper = await listen();
  const first = await rawSocket();
  await until(() => keeper.link.connected);
  first.close();
  await once(first, "close");
  keeper.link.send(say("wait"));
  const second = new WebSocket("ws://localhost/", { createConnection: () => connectSocket(path) });
  const [data] = (await once(second, "message")) as [Buffer];
  expect(data.toString()).toContain("wait");
  second.terminate();
});

test("closing is told as a loss, can be repeated, and ends every waiting", async () => {
  const keeper = await listen();
  const eye = connect();
  await meet(keeper, eye);
  await Promise.all([keeper.link.close(), keeper.link.close(), eye.link.close()]);
  await Promise.all([keeper.link.close(), eye.link.close()]);
  keeper.link.send(say("into the void"));
  eye.link.sendBinary(new Uint8Array(1));
  expect([keeper.heard, eye.heard]).toEqual([
    ["+", "-"],
    ["+", "-"],
  ]);
  expect([keeper.link.counters.dropped, eye.link.counters.dropped]).toEqual([1, 1]);
  expect([keeper.link.connected, eye.link.connected]).toEqual([false, false]);
});

test("closing while connecting, while waiting and at once is fine", async () => {
  const waiting = connect();
  await nextTurn();
  await waiting.link.close();
  const atOnce = connect();
  await atOnce.link.close();
  await using _ = await listen();
  const connecting = connect();
  await connecting.link.close();
  for (const { clock, heard } of [waiting, atOnce, connecting]) {
    await clock.advance(10_000);
    expect(heard).toEqual([]);
  }
});

test("an unread half connection does not hold up the listener's end", async () => {
  const keeper = await listen();
  const silent = connectSocket(path);
  await once(silent, "connect");
  await keeper.link.close();
  await once(silent, "close");
});

test("an eye whose keeper hangs closes after half a second, not before", async () => {
  const http = createServer();
  const hanging = new WebSocketServer({ server: http });
  hanging.on("connection", (socket) => socket.pause());
  await once(http.listen(path), "listening");
  const eye = connect();
  await until(() => eye.link.connected);
  let closed = false;
  const closing = eye.link.close().then(() => (closed = true));
  await eye.clock.advance(499);
  expect(closed).toBe(false);
  await eye.clock.advance(1);
  await closing;
  for (const socket of hanging.clients) socket.terminate();
  http.close();
});

test.each([
  ["a missing folder", () => (path = join(folder, "none", "eye.sock")), "not-found"],
  ["a folder in its place", () => mkdirSync(path), "invalid"],
  ["a path too long for a socket", () => (path = join(folder, "x".repeat(120))), "invalid"],
])("%s is a Fault", async (_, prepare, kind) => {
  prepare();
  await expect(listen()).rejects.toMatchObject({ name: "Fault", kind });
});

test("a folder that must not be written is a Fault", async (context) => {
  if (process.getuid?.() === 0) context.skip("root may write everywhere");
  chmodSync(folder, 0o500);
  await expect(listen()).rejects.toMatchObject({ kind: "denied" });
  chmodSync(folder, 0o700);
});

test("a path that was left behind by a dead listener is taken over", async () => {
  const dead = await listen();
  await using alive = await listen(); // binds the same path again
  await using eye = connect();
  await meet(alive, eye);
  expect(dead.link.connected).toBe(false);
  await dead.link.close();
});

test("no descriptor and no socket file stays after many lives", async () => {
  const before = readdirSync("/proc/self/fd").length;
  for (let life = 0; life < 20; life++) {
    await using keeper = await listen();
    await using eye = connect();
    await meet(keeper, eye);
    eye.link.send(say(String(life)));
    await until(() => keeper.heard.length === 2);
  }
  await nextTurn();
  expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before + 1);
  expect(readdirSync(folder)).toEqual([]);
});

test("the machine's own clock brings it back too", async () => {
  const { heard, handlers } = ears();
  await using eye = connectLink<Note, Note>({ ...handlers, clock: systemClock });
  await nextTurn();
  await using _ = await listen();
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!eye.connected) return;
      clearInterval(look);
      resolve();
    }, 5);
  });
  expect(heard).toEqual(["+"]);
});
