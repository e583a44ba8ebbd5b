/**
 * One port: HTTPS for everybody and plain HTTP for this machine, told apart by the first byte.
 *
 * A TLS handshake begins with byte 22, a request with a letter. Plain HTTP from another machine is
 * led to https: (what is only read) or refused (what is sent, which was readable on the way already).
 * Whoever says nothing, or begins a handshake and does not end it, is hung up on; so is who begins
 * plain HTTP from another machine and does not end it, however slowly they go on.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import { createServer as createTlsServer, type SecureContext } from "node:tls";
import { systemClock } from "../../../hal/clock.ts";
import type { Certificate } from "./certificate.ts";

const handshakeByte = 22;
const defaultPatienceMs = 10_000;

export interface OnePortOptions {
  readonly certificate: Pick<Certificate, "keyPem" | "certificatePem">;
  /** Host header -> may it be led there? Never to a host of somebody's choice. */
  readonly isOwnHost: (host: string | undefined) => boolean;
  /** Another certificate for who asks for this name; null = none. */
  readonly contextFor?: (name: string) => SecureContext | null;
  /** May this address speak plain HTTP? */
  readonly isHere?: (address: string | undefined) => boolean;
  /** How long who says nothing, or not all of it, is listened to. */
  readonly patienceMs?: number;
}

/** An HTTP server whose connections may be TLS; "upgrade" and all else work on both. */
export function onePortServer(serve: RequestListener, options: OnePortOptions): Server {
  const {
    certificate,
    isOwnHost,
    contextFor,
    isHere = isLoopbackAddress,
    patienceMs = defaultPatienceMs,
  } = options;
  const server = createServer(serve);
  const [take] = server.listeners("connection");
  const takeHttp = (socket: Socket): void => void take?.call(server, socket);
  const secure = createTlsServer({
    key: certificate.keyPem,
    cert: certificate.certificatePem,
    minVersion: "TLSv1.2",
    SNICallback: (name, done) => done(null, contextFor?.(name) ?? undefined),
    handshakeTimeout: patienceMs,
  });
  const elsewhere = createServer(leadToHttps(isOwnHost));
  /** Not, or not only, the HTTP server's. */
  const undecided = new Set<Socket>();

  secure.on("secureConnection", takeHttp);
  secure.on("tlsClientError", (_error, socket) => socket.destroy());

  /** `elsewhere` never listens, so it has no time limits of its own and knows no connections to close. */
  const leadAway = (socket: Socket): void => {
    socket.once(
      "close",
      systemClock.after(patienceMs, () => socket.destroy()),
    );
    elsewhere.emit("connection", socket);
  };

  const decide = (socket: Socket): void => {
    const first: Buffer | null = socket.read(1);
    if (first === null) return void socket.once("readable", () => decide(socket));
    socket.unshift(first);
    socket.setTimeout(0).removeAllListeners("timeout").removeAllListeners("end");
    if (first[0] === handshakeByte) {
      socket.allowHalfOpen = false; // as in node:https; plain HTTP wants it
      return void secure.emit("connection", socket);
    }
    if (!isHere(socket.remoteAddress)) return leadAway(socket);
    undecided.delete(socket);
    takeHttp(socket);
  };
  server.removeAllListeners("connection").on("connection", (socket: Socket) => {
    undecided.add(socket);
    socket.on("error", () => {}); // "close" follows
    socket.once("close", () => undecided.delete(socket));
    socket.once("end", () => socket.destroy());
    socket.setTimeout(patienceMs, () => socket.destroy());
    decide(socket);
  });

  const closeAll = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    for (const socket of undecided) socket.destroy();
    closeAll();
  };
  return server;
}

export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === "::1" || /^(?:::ffff:)?127\./u.test(address));
}

function leadToHttps(isOwnHost: OnePortOptions["isOwnHost"]): RequestListener {
  return ({ method = "", url = "/", headers }, response) => {
    response.setHeader("connection", "close");
    if (!isOwnHost(headers.host)) return void response.writeHead(400).end();
    if (method === "GET" || method === "HEAD")
      return void response.writeHead(307, { location: `https://${headers.host}${url}` }).end();
    const error = { kind: "denied", message: "plain HTTP is for the doorbell itself", hint: "use https://" };
    response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  };
}
