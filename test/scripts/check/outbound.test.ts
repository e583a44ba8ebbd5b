import { expect, test } from "vitest";
import { checkOutbound } from "../../../scripts/check/outbound.ts";
import { sources } from "./sources.ts";

const findingsIn = (path: string, text: string) => checkOutbound(sources({ [path]: text }));

const reachesOut = [
  'await fetch("http://example.org");',
  "await globalThis.fetch(url);",
  'import { request } from "node:http";',
  'import { get as load } from "node:http";',
  'import * as http from "node:http";',
  'import http from "node:http";',
  'import { connect } from "node:net"; connect(path);',
  'import { connect } from "node:net"; connect({ path, port });',
  'import { connect } from "node:net"; connect({ ...address });',
  'import { connect } from "node:net"; export const open = connect;',
  'import { createConnection as dial } from "node:net"; dial(80);',
  'import { Socket as Wire } from "node:net";',
  'new WebSocket("ws://localhost/");',
  "new WebSocket(address, { createConnection });",
  'import { Socket } from "node:net";',
  'import tls from "node:tls";',
  'import { connect } from "node:tls";',
  'import { request } from "node:https";',
  'import { createSocket } from "node:dgram";',
  'import { lookup } from "node:dns/promises";',
  'import { Client } from "undici";',
  'import mqtt from "mqtt";',
  'const { request } = await import("node:http");',
  "new WebSocket(address);",
  'new WebSocket("wss://example.org");',
  "new WebSocket(`ws://${host}`);",
  "new EventSource(address);",
];

test.each(reachesOut)("refused in the keeper, the eye, hal and config: %s", (text) => {
  for (const path of ["daemon/keeper/a.ts", "daemon/eye/a.ts", "daemon/main.ts", "hal/a.ts", "config/a.ts"]) {
    expect(findingsIn(path, text)).toMatchObject([{ path, line: 1 }]);
  }
});

test.each(reachesOut)("allowed in the courier and in tests: %s", (text) => {
  for (const path of ["daemon/courier/a.ts", "test/a.ts", "scripts/a.ts"])
    expect(findingsIn(path, text)).toEqual([]);
});

test.each([
  'import { createServer } from "node:http";',
  'import type { IncomingMessage } from "node:http";',
  'import { createServer, type Socket } from "node:net";',
  'import { WebSocket, WebSocketServer } from "ws";',
  "new WebSocket(`ws+unix://${path}:/`);",
  'import { connect } from "node:net"; connect({ path }); peer.connect(80);',
  'import { createConnection } from "node:net"; new WebSocket("ws://localhost/", { createConnection: () => createConnection({ path: p }) });',
  "store.fetch(id);",
  "// fetch(url)",
])("not outbound: %s", (text) => {
  expect(findingsIn("daemon/keeper/a.ts", text)).toEqual([]);
});

test.each([
  ['fetch("https://example.org/x");', 1],
  ["const url = `wss://${host}/`;", 1],
  ['const link = <a href="http://example.org">x</a>;', 1],
  ['fetch("/api/events");', 0],
  ["new WebSocket(`${base}/api/ws`);", 0],
  ['const svg = <svg xmlns="http://www.w3.org/2000/svg" />;', 0],
])("in the page: %s", (text, count) => {
  expect(findingsIn("web/a.tsx", text)).toHaveLength(count);
  expect(findingsIn("portal/web/a.tsx", text)).toHaveLength(count);
});
