import { statSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { expect, test } from "vitest";
import { askHouse, houseRuns } from "../../../daemon/cli/ask-house.ts";
import {
  maxControlClients,
  type ControlAsk,
  type ControlLine,
  type LineName,
} from "../../../daemon/wire/control.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import type { Button, LineEdge } from "../../../hal/sensors.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { simButton } from "../../../hal/sim/sensors.ts";
import { openDoor, openBareDoor, type BareDoor } from "./door.ts";
import { until } from "./page.ts";
import { tempFolder } from "./temp-folder.ts";

/** A question under way, and what it was answered so far. */
function asking(door: BareDoor, ask: ControlAsk) {
  const heard: ControlLine[] = [];
  const giveUp = new AbortController();
  const over = askHouse(door.paths, ask, { onLine: (line) => heard.push(line), signal: giveUp.signal });
  over.catch(() => {}); // a test that ends early; who awaits it hears of it
  return { heard, over, giveUp: () => giveUp.abort() };
}

/** Sends these bytes and reads to the end. */
async function raw(path: string, bytes: string): Promise<string> {
  const socket = connect({ path });
  socket.write(bytes);
  let text = "";
  for await (const part of socket) text += String(part);
  return text;
}

function bouncing(button: Button): Button & { bounce(active: boolean): void; readonly felt: number } {
  const handlers = new Set<(edge: LineEdge) => void>();
  return {
    ...button,
    get felt() {
      return handlers.size;
    },
    bounce: (active) => {
      for (const handle of handlers) handle({ active, monoMs: 1, wallMs: 2 });
    },
    onBounce: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
  };
}

test("a command is told how the lines are, and then everything that is felt and done", async () => {
  const clock = new SimClock();
  const button = simButton({ clock });
  const felt = bouncing(button);
  await using door = await openBareDoor({ clock, drivers: { button: { open: async () => felt } } });
  expect(felt.felt).toBe(0);
  const { heard, over, giveUp } = asking(door, { ask: "lines" });
  await until(() => heard.length === 4 && felt.felt === 1);
  expect(heard).toMatchObject([
    { line: "button", state: "ok", name: "sim button", active: false, bounces: true },
    { line: "pir", state: "ok", active: false, bounces: true },
    { line: "chime", state: "ok" },
    { line: "light", state: "ok" },
  ]);
  felt.bounce(true);
  await button.press();
  await door.pir.edge(true);
  const moved = (line: LineName) => heard.filter((each) => each.type === "moved" && each.line === line);
  await until(() => moved("pir").length > 1);
  expect(moved("button")).toMatchObject([
    { what: "bounce", active: true, monoMs: 1, wallMs: 2 },
    { what: "edge", active: true },
  ]);
  expect(moved("pir")).toMatchObject([
    { what: "bounce", active: true },
    { what: "edge", active: true },
  ]);
  expect(moved("chime")[0]).toMatchObject({ what: "driven", active: true });
  giveUp();
  await over;
  await until(() => felt.felt === 0); // the kernel debounces again
});

test("a press rings while somebody watches the lines", async () => {
  await using door = await openDoor();
  const { heard, over, giveUp } = asking(door, { ask: "lines" });
  await until(() => heard.length === 4);
  await door.button.press();
  expect(door.chime.sounded).toBe(1);
  await until(() => heard.length > 4);
  giveUp();
  await over;
});

test("an input that is opened anew is felt again", async () => {
  const clock = new SimClock();
  const buttons = [0, 1].map(() => simButton({ clock }));
  const felt = buttons.map(bouncing);
  let opened = 0;
  const open = async (): Promise<Button> => felt[opened++] as Button;
  await using door = await openBareDoor({ clock, drivers: { button: { open } } });
  const { over, giveUp } = asking(door, { ask: "lines" });
  await until(() => felt[0]?.felt === 1);
  await buttons[0]?.lose();
  await clock.advance(1_000);
  await until(() => felt[1]?.felt === 1);
  giveUp();
  await over;
});

test("the chime sounds on demand, and one that is off is told", async () => {
  await using door = await openBareDoor();
  await asking(door, { ask: "chime" }).over;
  expect(door.chime.sounded).toBe(1);
  await using silent = await openBareDoor({ drivers: { chime: null } });
  await expect(asking(silent, { ask: "chime" }).over).rejects.toMatchObject({
    kind: "unavailable",
    message: "there is no chime: chime.driver is none",
  });
});

test("a chime that fails is told to who asked, and opened anew", async () => {
  const broken = {
    name: "broken chime",
    sound: () => Promise.reject(new Error("no current")),
    [Symbol.asyncDispose]: async () => {},
  };
  await using door = await openBareDoor({ drivers: { chime: { open: async () => broken } } });
  await expect(asking(door, { ask: "chime" }).over).rejects.toThrow("no current");
  expect(door.keeper.status().sensors[2]).toMatchObject({ role: "chime", state: "failed" });
});

test("the light shows what is demanded for so long, whatever the house does meanwhile", async () => {
  const clock = new SimClock();
  await using door = await openBareDoor({ clock });
  const before = door.light.state;
  const { over } = asking(door, { ask: "light", state: "recording", forMs: 2_000 });
  await until(() => door.light.state === "recording");
  await clock.advance(1_999);
  expect(door.light.state).toBe("recording");
  await clock.advance(1);
  await over;
  expect(door.light.state).toBe(before);
});

test("a command that leaves gives the light back at once", async () => {
  const clock = new SimClock();
  await using door = await openBareDoor({ clock });
  const before = door.light.state;
  const { over, giveUp } = asking(door, { ask: "light", state: "live", forMs: 60_000 });
  await until(() => door.light.state === "live");
  giveUp();
  await over;
  await until(() => door.light.state === before);
});

test.each([
  ["no JSON", "hello\n"],
  ["an unknown question", '{"ask":"pictures"}\n'],
  ["a key too many", '{"ask":"chime","loud":true}\n'],
  ["a light for ever", '{"ask":"light","state":"live","forMs":1e9}\n'],
])("%s is refused in words", async (_what, bytes) => {
  await using door = await openBareDoor();
  expect(JSON.parse(await raw(door.paths.controlSocket, bytes))).toMatchObject({
    type: "fault",
    kind: "invalid",
    message: "the running doorbell does not know this question",
  });
  expect(door.chime.sounded).toBe(0);
});

test("a question without an end is cut off", async () => {
  await using door = await openBareDoor();
  const answer = JSON.parse(await raw(door.paths.controlSocket, "x".repeat(5_000)));
  expect(answer).toMatchObject({ kind: "invalid", message: "a line is longer than 4096 characters" });
});

test("there is room for so many commands, and one more is told", async () => {
  await using door = await openBareDoor();
  const all = Array.from({ length: maxControlClients }, () => asking(door, { ask: "lines" }));
  await until(() => all.every(({ heard }) => heard.length === 4));
  await expect(asking(door, { ask: "lines" }).over).rejects.toMatchObject({
    kind: "unavailable",
    hint: "end one of them",
  });
  all[0]?.giveUp();
  await until(async () => {
    await asking(door, { ask: "chime" }).over.catch(() => {}); // until it is seen that one has gone
    return door.chime.sounded > 0;
  });
  for (const { giveUp } of all) giveUp();
});

test("who does not read gets no more, and what was left out is counted", async () => {
  await using door = await openBareDoor();
  const socket: Socket = connect({ path: door.paths.controlSocket });
  await once(socket, "connect");
  socket.write('{"ask":"lines"}\n');
  await once(socket, "readable"); // and is never read
  const dropped = () => door.keeper.status().stages.find(({ name }) => name === "commands")?.dropped ?? 0;
  for (let i = 0; i < 200_000 && dropped() === 0; i += 1) await door.pir.edge(i % 2 === 0);
  expect(dropped()).toBeGreaterThan(0);
  socket.destroy();
});

test("the socket is its owner's alone, and goes with the doorbell", async () => {
  const door = await openBareDoor();
  expect(statSync(door.paths.controlSocket).mode & 0o777).toBe(0o600);
  expect(await houseRuns(door.paths)).toBe(true);
  const { over, heard } = asking(door, { ask: "lines" });
  await until(() => heard.length === 4);
  const told = expect(over).rejects.toThrow("the doorbell ended before it had answered");
  await door[Symbol.asyncDispose]();
  await told;
  expect(await houseRuns(door.paths)).toBe(false);
});

test("what a crash left in the socket's place is no running doorbell, and is taken over", async () => {
  await using folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const first = await openBareDoor({ data: folder.path });
  await first[Symbol.asyncDispose]();
  // a listener that dies without unlinking
  const { execFileSync } = await import("node:child_process");
  const script = `require("net").createServer().listen(${JSON.stringify(paths.controlSocket)}, () => process.kill(process.pid, "SIGKILL"))`;
  expect(() => execFileSync(process.execPath, ["-e", script])).toThrow();
  expect(statSync(paths.controlSocket).isSocket()).toBe(true);
  expect(await houseRuns(paths)).toBe(false);
  await using _door = await openBareDoor({ data: folder.path });
  expect(await houseRuns(paths)).toBe(true);
});

test("an answer of another version is told as such", async () => {
  await using folder = await tempFolder();
  const paths = { ...dataPaths(folder.path), controlSocket: `${folder.path}/control.sock` };
  const server = createServer((socket) => socket.end('{"type":"song"}\n'));
  await new Promise<void>((resolve) => server.listen(paths.controlSocket, resolve));
  await expect(askHouse(paths, { ask: "chime" }, { onLine: () => {} })).rejects.toMatchObject({
    kind: "invalid",
    hint: "command and doorbell may be of different versions: restart the doorbell",
  });
  server.close();
});
