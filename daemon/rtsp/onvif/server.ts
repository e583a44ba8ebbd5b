/**
 * ONVIF server: SOAP over HTTP for the systems of the house, and the masked snapshot.
 *
 * Everything but the time needs the password, as a WS-Security token or by HTTP digest; the snapshot by digest only.
 * Bounded: 32 connections, 16 of one address (a host may run several systems, each with a long poll), 8 KiB of headers,
 * 64 KiB of body, two snapshots at a time. Who guesses passwords is refused at each request, not at the next connection.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { isOfHome, plainAddress } from "../address.ts";
import type { Attempts } from "../auth/attempts.ts";
import type { Digest, Verdict } from "../auth/digest.ts";
import type { UsernameTokens } from "../auth/username-token.ts";
import type { Counts } from "../server/counts.ts";
import { baseUrl, type About, type Reached } from "./about.ts";
import { deviceOperations, forStrangers } from "./device.ts";
import { eventAnswer } from "./events.ts";
import { mediaOperations, ofProfile, snapshotPath, tokens } from "./media.ts";
import type { PullPoints } from "./pull-points.ts";
import { envelopeText, faultText, namespaces, SoapFault, soapRequest, type SoapRequest } from "./soap.ts";
import { childOf, escaped, mostXmlChars } from "./xml.ts";

export interface OnvifOptions {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly userTokens: UsernameTokens;
  readonly attempts: Attempts;
  readonly points: PullPoints;
  readonly counts: Counts;
  readonly about: () => About;
  readonly streamPort: () => number;
  /** The masked picture of now, for whom the ledger names. Throws Fault. */
  readonly snapshot: (from: string) => Promise<Uint8Array>;
}

const mostConnections = 32;
const mostOfOne = 16;
const subscriptionPath = /^\/onvif\/subscription\/([0-9a-f]{24})$/u;

export class OnvifServer implements AsyncDisposable {
  readonly #options: OnvifOptions;
  readonly #server: Server;
  /** What each connection was challenged with last: clients without qop use it again there. */
  readonly #nonces = new WeakMap<Socket, string>();
  /** How many, by address. */
  readonly #connections = new Map<string, number>();
  /** Those to which a picture is on its way. */
  readonly #drawn = new Set<Socket>();

  private constructor(options: OnvifOptions) {
    this.#options = options;
    const limits = {
      maxHeaderSize: 8 * 1_024,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
    };
    this.#server = createServer(limits, (request, response) => void this.#handle(request, response));
    this.#server.maxConnections = mostConnections;
    this.#server.on("connection", (socket) => this.#accept(socket));
    this.#server.on("drop", () => (options.counts.refused += 1));
  }

  /** Throws Fault: port in use, address not here. */
  static async open(options: OnvifOptions): Promise<OnvifServer> {
    const server = new OnvifServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", (error) =>
        reject(toFault(error, `rtsp.onvifPort ${options.port} of ${options.host} cannot be used`)),
      );
      server.#server.listen({ host: options.host, port: options.port, backlog: 64 }, resolve);
    });
    server.#server.on("error", (error) => {
      options.counts.lastError = toFault(error).message;
    });
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : this.#options.port;
  }

  /** Nothing may be shown any more: what is not at its goal yet does not get there. */
  endPictures(): void {
    for (const socket of this.#drawn) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #accept(socket: Socket): void {
    const { counts, attempts } = this.#options;
    const address = plainAddress(socket.remoteAddress);
    counts.connections += 1;
    const ofOne = this.#connections.get(address) ?? 0;
    if (ofOne >= mostOfOne || !isOfHome(address) || !attempts.mayTry(address)) {
      counts.refused += 1;
      socket.destroy();
      return;
    }
    this.#connections.set(address, ofOne + 1);
    socket.once("close", () => {
      const left = (this.#connections.get(address) ?? 1) - 1;
      if (left === 0) this.#connections.delete(address);
      else this.#connections.set(address, left);
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try {
      const path = (request.url ?? "").split("?")[0] ?? "";
      if (path === snapshotPath && request.method === "GET") return await this.#snapshot(request, response);
      if (request.method !== "POST" || !path.startsWith("/onvif/")) return void response.writeHead(404).end();
      const body = await textOf(request);
      if (body === null) return void response.writeHead(413, { Connection: "close" }).end();
      await this.#soap(body, request, response);
    } catch (error) {
      this.#options.counts.lastError = toFault(error).message;
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  async #soap(body: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    let status = 200;
    let text: string;
    try {
      text = await this.#answer(parsed(body), request, response);
    } catch (error) {
      if (!(error instanceof SoapFault)) throw error;
      status = error.fault === "notAuthorized" ? 401 : error.fault === "notImplemented" ? 500 : 400;
      if (status === 401) response.setHeader("WWW-Authenticate", this.#challenge(request.socket));
      text = faultText(error);
    }
    response.writeHead(status, { "Content-Type": "application/soap+xml; charset=utf-8" }).end(text);
  }

  async #answer(soap: SoapRequest, request: IncomingMessage, response: ServerResponse): Promise<string> {
    const { asked, messageId } = soap;
    const isForAll = asked.ns === namespaces.tds && forStrangers.has(asked.name);
    if (!isForAll && !this.#isKnown(soap, request)) throw new SoapFault("notAuthorized");
    const reached = this.#reachedBy(request);
    const { about, clock, points } = this.#options;
    const related = messageId === null ? "" : `<wsa:RelatesTo>${escaped(messageId)}</wsa:RelatesTo>`;
    const plain = (answer: string | undefined): string => {
      if (answer === undefined) throw new SoapFault("notImplemented", asked.name.slice(0, 60));
      return envelopeText(answer, related);
    };
    if (asked.ns === namespaces.tds)
      return plain(deviceOperations[asked.name]?.(about(), reached, clock.wallMs()));
    if (asked.ns === namespaces.trt) {
      const profile = childOf(asked, "ProfileToken")?.text.trim();
      if (ofProfile.has(asked.name) && profile !== tokens.profile) throw new SoapFault("noProfile");
      return plain(mediaOperations[asked.name]?.(about(), reached, clock.wallMs()));
    }
    if (asked.ns !== namespaces.tev && asked.ns !== namespaces.wsnt) return plain(undefined);
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const point = subscriptionPath.exec(request.url ?? "")?.[1] ?? null;
    const call = { asked, point, base: baseUrl(reached), wallMs: clock.wallMs(), gone: gone.signal };
    return plain((await eventAnswer(points, call)) ?? undefined);
  }

  /** By its token, or else by HTTP digest. */
  #isKnown({ token }: SoapRequest, request: IncomingMessage): boolean {
    if (token === null) return this.#knowsDigest(request) === "ok";
    if (!this.#mayTry(request)) return false;
    const part = (name: string): string => childOf(token, name)?.text.trim() ?? "";
    const verdict = this.#options.userTokens.check({
      username: part("Username"),
      type: childOf(token, "Password")?.attributes.get("Type") ?? "",
      password: part("Password"),
      nonce: part("Nonce"),
      created: part("Created"),
    });
    this.#count(verdict, request);
    return verdict === "ok";
  }

  #knowsDigest(request: IncomingMessage): Verdict {
    if (request.headers.authorization === undefined) return "none";
    if (!this.#mayTry(request)) return "wrong";
    const verdict = this.#options.digest.check({
      header: request.headers.authorization,
      method: request.method ?? "",
      uri: request.url ?? "",
      ownNonce: this.#nonces.get(request.socket) ?? null,
    });
    this.#count(verdict, request);
    return verdict;
  }

  /** Asked in the same turn in which the password is looked at: requests may come many at a time. */
  #mayTry({ socket }: IncomingMessage): boolean {
    const { attempts, counts } = this.#options;
    if (socket.destroyed) return false;
    if (attempts.mayTry(plainAddress(socket.remoteAddress))) return true;
    counts.refused += 1;
    socket.destroy();
    return false;
  }

  #count(verdict: Verdict, { socket }: IncomingMessage): void {
    if (verdict === "wrong") this.#options.attempts.wasWrong(plainAddress(socket.remoteAddress));
  }

  #challenge(socket: Socket, isStale = false): string[] {
    const { nonce, lines } = this.#options.digest.challenge(isStale);
    this.#nonces.set(socket, nonce);
    return [...lines];
  }

  async #snapshot(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const verdict = this.#knowsDigest(request);
    if (verdict !== "ok") {
      response
        .writeHead(401, { "WWW-Authenticate": this.#challenge(request.socket, verdict === "stale") })
        .end();
      return;
    }
    try {
      const { socket } = request;
      const jpeg = await this.#options.snapshot(plainAddress(socket.remoteAddress));
      this.#drawn.add(socket);
      response.once("close", () => this.#drawn.delete(socket));
      response.writeHead(200, { "Content-Type": "image/jpeg" }).end(jpeg);
    } catch (error) {
      this.#options.counts.lastError = toFault(error).message;
      response.writeHead(503, { "Retry-After": "5" }).end();
    }
  }

  #reachedBy({ socket }: IncomingMessage): Reached {
    return {
      host: plainAddress(socket.localAddress),
      onvifPort: this.port,
      streamPort: this.#options.streamPort(),
    };
  }
}

function parsed(body: string): SoapRequest {
  try {
    return soapRequest(body);
  } catch (error) {
    throw new SoapFault("malformed", toFault(error).message);
  }
}

/** null = too long. */
async function textOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostXmlChars) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
