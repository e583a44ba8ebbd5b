/** Servers that a test calls, honest and lying, on this machine. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server as HttpServer } from "node:http";
import { createServer as createTcp, type Server, type Socket } from "node:net";
import { settingsSchema } from "../../../../config/schema.ts";
import { AllowList } from "../../../../daemon/courier/http/allow-list.ts";
import { HttpClient } from "../../../../daemon/courier/http/client.ts";
import { systemClock } from "../../../../hal/clock.ts";
import type { Clock } from "../../../../hal/sensors.ts";

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
}

export async function portOf(server: Server | HttpServer): Promise<number> {
  if (!server.listening) await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

export async function serve(answer: RequestListener): Promise<TestServer> {
  const server = createServer(answer);
  const host = `127.0.0.1:${await portOf(server)}`;
  return {
    url: `http://${host}`,
    host,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Speaks in raw bytes: `talk` has the connection when the first bytes of a request came. */
export async function serveRaw(talk: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => talk(socket));
  });
  const host = `127.0.0.1:${await portOf(server)}`;
  return {
    url: `http://${host}`,
    host,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client for which this address is the portal's. */
export function clientOf(url: string, clock: Clock = systemClock): HttpClient {
  const allow = new AllowList(settingsSchema.parse({ portal: { url } }));
  return new HttpClient({ allow, clock });
}
