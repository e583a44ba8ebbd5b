import { createServer, request as ask, type RequestOptions } from "node:http";
import { request as askSecurely } from "node:https";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Server } from "node:http";
import { openCertificate, type Certificate } from "../../../../daemon/keeper/tls/certificate.ts";
import {
  isLoopbackAddress,
  onePortServer,
  type OnePortOptions,
} from "../../../../daemon/keeper/tls/one-port.ts";
import { sill } from "../../cli/command-line.ts";
import { human, pair } from "../../../../scripts/rigs/person.ts";
import { openBareDoor, openDoor, type TestDoor } from "../door.ts";
import { tempFolder, type TempFolder } from "../temp-folder.ts";

let folder: TempFolder;
let certificate: Certificate;
let door: TestDoor;
beforeAll(async () => {
  folder = await tempFolder();
  const onNotKept = (): void => {};
  certificate = await openCertificate({
    folder: folder.path,
    names: ["localhost"],
    wallMs: Date.now(),
    onNotKept,
  });
  door = await openDoor({ settings: { web: { host: "0.0.0.0" } } });
});
afterAll(async () => {
  await door[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly cookie: string;
  readonly fingerprint: string | null;
  readonly text: string;
}

function get(
  url: string,
  { secure = false, ...options }: RequestOptions & { secure?: boolean; body?: string } = {},
) {
  const { body, ...rest } = options;
  const send = secure ? askSecurely : ask;
  return new Promise<Answer>((resolve, reject) => {
    const asked = send(url, { ...rest, rejectUnauthorized: false } as RequestOptions, (response) => {
      let text = "";
      const { socket } = response;
      const peer =
        "getPeerX509Certificate" in socket
          ? (
              socket as { getPeerX509Certificate(): { fingerprint256: string } | undefined }
            ).getPeerX509Certificate()
          : undefined;
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookie: String(response.headers["set-cookie"] ?? ""),
          fingerprint: peer?.fingerprint256 ?? null,
          text,
        }),
      );
    });
    asked.once("error", reject).end(body);
  });
}

test("the same port speaks HTTPS with the certificate that the door names, and HTTP to this machine", async () => {
  const port = door.keeper.port;
  const plain = await get(`http://127.0.0.1:${port}/api/door`);
  const secure = await get(`https://127.0.0.1:${port}/api/door`, { secure: true });
  expect([plain.status, secure.status]).toEqual([200, 200]);
  expect(secure.fingerprint).toMatch(/^[0-9A-F:]{95}$/u);
  expect((JSON.parse(secure.text) as { certificate: string }).certificate).toBe(secure.fingerprint);
});

test("a WebSocket and a session work over both", async () => {
  const headers = { cookie: door.owner.cookie };
  for (const scheme of ["ws", "wss"]) {
    const url = `${scheme}://127.0.0.1:${door.keeper.port}/api/ws`;
    const socket = new WebSocket(url, { headers, rejectUnauthorized: false });
    const first = await new Promise((resolve) =>
      socket.once("message", (data: Buffer) => resolve(data.toString())),
    );
    expect(first).toContain('"hello"');
    socket.terminate();
  }
});

test("signing in over HTTPS gives a cookie that never travels in the clear", async () => {
  const url = `https://127.0.0.1:${door.keeper.port}`;
  const out = await get(`${url}/api/session`, {
    secure: true,
    method: "DELETE",
    headers: { cookie: door.owner.cookie },
  });
  expect([out.status, out.cookie]).toEqual([204, expect.stringContaining("Secure")]);
});

test("sill pair prints the certificate's fingerprint and an address for the network", async () => {
  await using bare = await openBareDoor({ settings: { web: { host: "0.0.0.0" } } });
  const { out } = await sill(`pair --data=${bare.paths.root} --web.host=0.0.0.0`);
  const { fingerprint } = await get(`https://127.0.0.1:${bare.keeper.port}/api/door`, { secure: true });
  expect(out).toContain(`SHA-256 ${fingerprint}`);
  await pair(`http://127.0.0.1:${bare.keeper.port}`, human(1), (await bare.code()) ?? "");
});

async function withServer(
  here: boolean | Pick<OnePortOptions, "isHere" | "patienceMs">,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const server: Server = onePortServer((_request, response) => response.end("served"), {
    certificate,
    isOwnHost: (host) => host !== undefined && /^(?:door\.local|127\.0\.0\.1)(?::\d+)?$/u.test(host),
    ...(typeof here === "boolean" ? { isHere: () => here } : here),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    await use(typeof address === "object" && address !== null ? address.port : 0);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("plain HTTP from another machine is led to HTTPS when it only reads, and refused when it sends", async () => {
  await withServer(false, async (port) => {
    const url = `http://127.0.0.1:${port}/a?b=1`;
    const headers = { host: "door.local:8460" };
    expect(await get(url, { headers })).toMatchObject({
      status: 307,
      location: "https://door.local:8460/a?b=1",
    });
    expect(await get(url, { method: "POST", headers, body: "secret" })).toMatchObject({
      status: 403,
      text: expect.stringContaining("https://"),
    });
    expect(await get(url, { headers: { host: "evil.example" } })).toMatchObject({
      status: 400,
      location: undefined,
    });
    expect(await get(`https://127.0.0.1:${port}/`, { secure: true })).toMatchObject({
      status: 200,
      text: "served",
    });
  });
});

test("who says nothing, or half a handshake, does not keep the server from closing", async () => {
  await withServer(true, async (port) => {
    const silent = connect(port, "127.0.0.1");
    const half = connect(port, "127.0.0.1");
    await new Promise((resolve) => half.once("connect", resolve));
    half.write(Buffer.from([22, 3, 1]));
    for (const socket of [silent, half]) socket.on("error", () => {});
    expect((await get(`http://127.0.0.1:${port}/`)).text).toBe("served");
  });
});

test.each([
  ["this machine", true],
  ["elsewhere", false],
])(
  "who begins a request from %s and does not end it does not keep the server from closing",
  async (_, here) => {
    await withServer(here, async (port) => {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write("GET /");
      await get(`http://127.0.0.1:${port}/`);
    });
  },
);

test("who begins a request from elsewhere and does not end it is hung up on, however slowly they go on", async () => {
  const patienceMs = 300;
  await withServer({ isHere: () => false, patienceMs }, async (port) => {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    const drip = setInterval(() => socket.write("a"), patienceMs / 4);
    socket.write("GET /");
    await new Promise((resolve) => socket.resume().once("close", resolve));
    clearInterval(drip);
  });
});

test("who hangs up in the middle of a handshake is let go at once", async () => {
  await withServer(true, async (port) => {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.end(Buffer.from([22, 3, 1, 0, 200]));
    await new Promise((resolve) => socket.resume().once("close", resolve));
  });
}, 5_000);

test("bytes that are neither are no reason to stop", async () => {
  await withServer(true, async (port) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {}).end(Buffer.from([22, 0, 0, 0, 0, 0, 0, 0]));
    await new Promise((resolve) => socket.resume().once("close", resolve));
    expect((await get(`http://127.0.0.1:${port}/`)).text).toBe("served");
  });
});

test("a port that is taken is said by the same server", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(openDoor({ settings: { web: { host: "0.0.0.0", port } } })).rejects.toMatchObject({
    kind: "unavailable",
  });
  other.close();
});

test.each([
  ["127.0.0.1", true],
  ["127.8.0.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["192.168.1.20", false],
  ["::ffff:192.168.1.20", false],
  ["fe80::1", false],
  [undefined, false],
])("%s is this machine: %s", (address, isHere) => {
  expect(isLoopbackAddress(address)).toBe(isHere);
});
