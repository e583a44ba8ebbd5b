/** What the client does with honest servers, and with servers that lie. */
import { createServer as createTls } from "node:https";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { makeCertificatePem, makeKeyPem } from "../../../../daemon/keeper/tls/make.ts";
import { limits } from "../../../../daemon/courier/http/limits.ts";
import { Fault } from "../../../../hal/fault.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { clientOf, portOf, serve, serveRaw } from "./servers.ts";

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`no Fault: ${String(error)}`);
  return error;
}

test("a request carries the same lines each time, and nothing else", async () => {
  const heard: string[][] = [];
  await using server = await serve((request, response) => {
    heard.push(request.rawHeaders);
    response.writeHead(200, { "set-cookie": "id=1; Path=/", etag: '"x"', "alt-svc": 'h3=":443"' }).end("ok");
  });
  using client = clientOf(server.url);
  for (const _ of [1, 2]) {
    const answer = await client.call({ method: "GET", url: `${server.url}/log/checkpoint` });
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([200, "ok"]);
  }
  const lines = ["User-Agent", "sill", "Accept", "*/*", "Accept-Encoding", "identity"];
  expect(heard[0]).toEqual([...lines, "Host", server.host, "Connection", "keep-alive"]);
  expect(heard[1]).toEqual(heard[0]);
});

test.each([301, 302, 303, 307, 308, 300, 304])(
  "a redirect (%i) is a fault and is not followed",
  async (status) => {
    let calls = 0;
    await using server = await serve((_request, response) => {
      calls += 1;
      response.writeHead(status, { location: "/elsewhere" }).end();
    });
    using client = clientOf(server.url);
    const fault = await faultOf(client.call({ method: "GET", url: server.url }));
    expect(fault).toMatchObject({
      kind: "denied",
      message: expect.stringContaining("points somewhere else"),
    });
    expect(calls).toBe(1);
  },
);

test.each(["gzip", "br", "deflate", "zstd", "x-unknown", "identity, gzip"])(
  "an answer packed with %s is refused before it is unpacked",
  async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    await using server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(bomb);
    });
    using client = clientOf(server.url);
    const fault = await faultOf(client.call({ method: "GET", url: server.url }));
    expect(fault.message).toContain("packs its answer");
  },
);

test("a transfer that is packed is refused too", async () => {
  await using server = await serveRaw((socket) => {
    socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
  });
  using client = clientOf(server.url);
  expect((await faultOf(client.call({ method: "GET", url: server.url }))).message).toContain(
    "packs its answer",
  );
});

test("10 GB that are announced are refused before the first of them is read", async () => {
  let sent = 0;
  await using server = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
    const part = Buffer.alloc(65_536);
    const more = (): void => {
      while (!socket.destroyed && socket.write(part)) sent += part.length;
    };
    socket.on("drain", more);
    more();
  });
  using client = clientOf(server.url);
  const fault = await faultOf(client.call({ method: "GET", url: server.url, mostBytes: 1_000 }));
  expect(fault).toMatchObject({
    kind: "exhausted",
    message: expect.stringContaining("more than 1000 bytes"),
  });
  expect(sent).toBeLessThan(16 * 1024 * 1024);
});

test("an answer without an end is cut at its bound", async () => {
  await using server = await serve((_request, response) => {
    const part = Buffer.alloc(65_536);
    const more = (): void => {
      while (!response.destroyed && response.write(part));
    };
    response.on("drain", more);
    more();
  });
  using client = clientOf(server.url);
  const fault = await faultOf(client.call({ method: "GET", url: server.url, mostBytes: 1_000_000 }));
  expect(fault.kind).toBe("exhausted");
});

test("an answer of exactly the bound is taken, one byte more is not", async () => {
  await using server = await serve((request, response) =>
    response.end(Buffer.alloc(Number(request.url?.slice(1)))),
  );
  using client = clientOf(server.url);
  const ask = (bytes: number) =>
    client.call({ method: "GET", url: `${server.url}/${bytes}`, mostBytes: 500 });
  expect((await ask(500)).body.length).toBe(500);
  expect((await faultOf(ask(501))).kind).toBe("exhausted");
});

test.each([
  ["before it says anything", ""],
  ["in the middle of its head", "HTTP/1.1 200 OK\r\nX-Long: "],
  ["in the middle of its answer", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"],
  ["in the middle of a chunked answer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"],
])("a server that hangs up %s is a fault", async (_when, words) => {
  await using server = await serveRaw((socket) => socket.end(words));
  using client = clientOf(server.url);
  const fault = await faultOf(client.call({ method: "GET", url: server.url }));
  expect([fault.kind, fault.message.includes(server.host)]).toEqual([
    expect.stringMatching(/unavailable|invalid/u),
    true,
  ]);
});

test.each([
  ["no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
  ["a head without an end", `HTTP/1.1 200 OK\r\n${"X-Pad: aaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(2_000)}`],
  ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
])("a server that answers %s is a fault", async (_what, words) => {
  await using server = await serveRaw((socket) => socket.write(words));
  using client = clientOf(server.url);
  const fault = await faultOf(client.call({ method: "GET", url: server.url }));
  expect(fault).toMatchObject({ kind: "invalid", message: `${server.host} answers what is not HTTP` });
});

test("answers before the answer are counted", async () => {
  await using server = await serveRaw((socket) =>
    socket.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50)),
  );
  using client = clientOf(server.url);
  expect((await faultOf(client.call({ method: "GET", url: server.url }))).message).toContain(
    "come to the point",
  );
});

test("a server that takes the call and says nothing is given up", async () => {
  const clock = new SimClock();
  const { promise: called, resolve } = Promise.withResolvers<void>();
  await using server = await serveRaw(() => resolve());
  using client = clientOf(server.url, clock);
  const call = faultOf(client.call({ method: "GET", url: server.url }));
  await called;
  await clock.advance(limits.silentMs + 1_000);
  expect(await call).toMatchObject({ kind: "timeout", message: `${server.host} is silent` });
});

test("a server that drips one byte after the other (slow loris) has the whole time and no more", async () => {
  const clock = new SimClock();
  const { promise: dripping, resolve } = Promise.withResolvers<void>();
  let drips = 0;
  await using server = await serveRaw((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    const drip = setInterval(() => {
      drips += 1;
      socket.write("a");
      resolve();
    }, 1);
    socket.on("close", () => clearInterval(drip));
  });
  using client = clientOf(server.url, clock);
  let isOver = false;
  const call = faultOf(client.call({ method: "GET", url: server.url })).finally(() => {
    isOver = true;
  });
  await dripping;
  // it is heard again and again, so its silence never counts
  for (let at = 0; at < limits.totalMs - 2_000; at += 1_000) {
    const before = drips;
    await new Promise<void>((again) => {
      const look = (): void => void (drips > before + 1 ? again() : setTimeout(look, 1));
      look();
    });
    await clock.advance(1_000);
    expect(isOver).toBe(false);
  }
  await clock.advance(3_000);
  expect(await call).toMatchObject({ kind: "timeout", message: `${server.host} takes too long` });
});

test("a server that does not read what it is sent is given up", async () => {
  const clock = new SimClock();
  const { promise: called, resolve } = Promise.withResolvers<void>();
  await using server = await serveRaw((socket) => {
    socket.pause();
    resolve();
  });
  using client = clientOf(server.url, clock);
  const body = new Uint8Array(64 * 1024 * 1024);
  const call = faultOf(client.call({ method: "PATCH", url: server.url, body, totalMs: limits.bulkMs }));
  await called;
  for (let at = 0; at < 10; at += 1) await clock.advance(limits.silentMs);
  expect((await call).kind).toBe("timeout");
});

test("a body arrives as it was, and an early no ends its sending", async () => {
  const body = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
  await using server = await serve((request, response) => {
    if (request.url === "/no") return void response.writeHead(403).end("no");
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => response.end(String(Buffer.compare(Buffer.concat(parts), body))));
  });
  using client = clientOf(server.url);
  const ask = (path: string) => client.call({ method: "PATCH", url: server.url + path, body });
  expect(Buffer.from((await ask("/yes")).body).toString()).toBe("0");
  expect((await ask("/no")).status).toBe(403);
  expect(Buffer.from((await ask("/yes")).body).toString()).toBe("0");
});

test("a call that is taken back breaks its connection", async () => {
  const { promise: called, resolve } = Promise.withResolvers<void>();
  const { promise: closed, resolve: gone } = Promise.withResolvers<void>();
  await using server = await serveRaw((socket) => {
    socket.on("close", () => gone());
    resolve();
  });
  using client = clientOf(server.url);
  const stop = new AbortController();
  const call = faultOf(client.call({ method: "GET", url: server.url, signal: stop.signal }));
  await called;
  stop.abort(new Fault("cancelled", "stopped"));
  expect((await call).kind).toBe("cancelled");
  await closed;
});

test("nobody at the door is a fault in words", async () => {
  const server = await serve(() => {});
  await server[Symbol.asyncDispose]();
  using client = clientOf(server.url);
  const fault = await faultOf(client.call({ method: "GET", url: server.url }));
  expect(fault).toMatchObject({ kind: "unavailable", message: `${server.host} does not take calls` });
});

test("a certificate that nobody vouches for ends the call before a byte of it leaves", async () => {
  let heard = 0;
  const key = makeKeyPem();
  const cert = await makeCertificatePem(key, {
    names: ["127.0.0.1"],
    notBefore: new Date("2025-01-01"),
    notAfter: new Date("2035-01-01"),
  });
  const server = createTls({ key, cert }, (_request, response) => {
    heard += 1;
    response.end();
  });
  server.on("tlsClientError", () => {});
  const url = `https://127.0.0.1:${await portOf(server)}`;
  using client = clientOf(url);
  const fault = await faultOf(client.call({ method: "GET", url }));
  expect([fault.kind, fault.message, heard]).toEqual([
    "denied",
    expect.stringContaining("a certificate that nobody vouches for"),
    0,
  ]);
  server.close();
});

test("a server that speaks no TLS is a fault in words", async () => {
  await using server = await serve((_request, response) => response.end());
  const url = server.url.replace("http:", "https:");
  using client = clientOf(url);
  const fault = await faultOf(client.call({ method: "GET", url }));
  expect(fault.message).toMatch(/TLS|encrypted/u);
});

test("a host that is not on the list is refused before anything is looked up", async () => {
  using client = clientOf("http://127.0.0.1:1");
  expect((await faultOf(client.call({ method: "GET", url: "https://example.org/" }))).kind).toBe("denied");
});
