/**
 * Link: one WebSocket over a unix socket, JSON messages checked by schema in both directions.
 *
 * The keeper listens (`listenLink`), the eye and the courier connect (`connectLink`) and keep
 * trying with back-off for ever: a peer that died is a normal state, not an error.
 * While the peer is away, text messages wait in a bounded queue that drops the oldest and counts;
 * binary messages (live units) are dropped at once: nobody wants an old picture.
 * A message that does not fit its schema is dropped and counted, never thrown.
 */
import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import type { ZodType } from "zod";
import type { Clock } from "../../hal/sensors.ts";
import { toFault } from "../../hal/fault.ts";

/** Unsent bytes past which binary messages are dropped. */
const maxBufferedBytes = 16 * 1024 * 1024;
const maxQueued = 1024;
const firstRetryMs = 50;
const lastRetryMs = 2_000;

export interface LinkCounters {
  sent: number;
  received: number;
  /** Waited too long, or binary with nobody there. */
  dropped: number;
  /** Did not fit the schema. */
  rejected: number;
}

export interface LinkHandlers<In> {
  onMessage(message: In): void;
  onBinary?(bytes: Uint8Array): void;
  /** Called with true on every (re)connection and false on every loss. */
  onConnected?(connected: boolean): void;
}

export interface Link<Out> extends AsyncDisposable {
  readonly connected: boolean;
  readonly counters: Readonly<LinkCounters>;
  send(message: Out): void;
  sendBinary(bytes: Uint8Array): void;
  close(): Promise<void>;
}

function newCounters(): LinkCounters {
  return { sent: 0, received: 0, dropped: 0, rejected: 0 };
}

function parse<In>(schema: ZodType<In>, data: Buffer, counters: LinkCounters): In | null {
  try {
    const message = schema.safeParse(JSON.parse(data.toString("utf8")));
    if (message.success) {
      counters.received += 1;
      return message.data;
    }
  } catch {
    // not JSON: falls through to the count
  }
  counters.rejected += 1;
  return null;
}

function receive<In>(
  socket: WebSocket,
  schema: ZodType<In>,
  handlers: LinkHandlers<In>,
  counters: LinkCounters,
): void {
  socket.binaryType = "nodebuffer";
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      counters.received += 1;
      handlers.onBinary?.(data);
      return;
    }
    const message = parse(schema, data, counters);
    if (message !== null) handlers.onMessage(message);
  });
}

/** Sends now, or keeps text for later; shared by both ends. */
class Outbox<Out> {
  readonly counters: LinkCounters;
  #socket: WebSocket | null = null;
  #waiting: string[] = [];

  constructor(counters: LinkCounters) {
    this.counters = counters;
  }

  get connected(): boolean {
    return this.#socket !== null;
  }

  attach(socket: WebSocket): void {
    this.#socket = socket;
    for (const text of this.#waiting.splice(0)) this.#write(socket, text);
  }

  detach(): void {
    this.#socket = null;
  }

  send(message: Out): void {
    const text = JSON.stringify(message);
    if (this.#socket !== null) return this.#write(this.#socket, text);
    this.#waiting.push(text);
    if (this.#waiting.length > maxQueued) {
      this.#waiting.shift();
      this.counters.dropped += 1;
    }
  }

  sendBinary(bytes: Uint8Array): void {
    if (this.#socket === null || this.#socket.bufferedAmount > maxBufferedBytes) this.counters.dropped += 1;
    else this.#write(this.#socket, bytes);
  }

  #write(socket: WebSocket, data: string | Uint8Array): void {
    socket.send(data);
    this.counters.sent += 1;
  }
}

export interface ConnectOptions<In> extends LinkHandlers<In> {
  readonly path: string;
  readonly incoming: ZodType<In>;
  readonly clock: Clock;
}

/** The connecting end; returns at once and connects in the background. */
export function connectLink<In, Out>(options: ConnectOptions<In>): Link<Out> {
  const counters = newCounters();
  const outbox = new Outbox<Out>(counters);
  let retryMs = firstRetryMs;
  let closed = false;
  let socket: WebSocket | null = null;
  let cancelRetry = (): void => {};

  const connect = (): void => {
    const next = new WebSocket(`ws+unix://${options.path}:/`, { perMessageDeflate: false });
    socket = next;
    receive(next, options.incoming, options, counters);
    next.on("open", () => {
      retryMs = firstRetryMs;
      options.onConnected?.(true);
      outbox.attach(next);
    });
    next.on("error", () => {}); // "close" follows and decides
    next.on("close", () => {
      if (outbox.connected) {
        outbox.detach();
        options.onConnected?.(false);
      }
      if (closed) return;
      cancelRetry = options.clock.after(retryMs, connect);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    });
  };
  connect();

  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    cancelRetry();
    const current = socket;
    if (current === null || current.readyState === WebSocket.CLOSED) return;
    const gone = new Promise<void>((resolve) => current.once("close", () => resolve()));
    current.close();
    const cancel = options.clock.after(500, () => current.terminate());
    await gone;
    cancel();
  };
  return {
    get connected() {
      return outbox.connected;
    },
    counters,
    send: (message) => outbox.send(message),
    sendBinary: (bytes) => outbox.sendBinary(bytes),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export interface ListenOptions<In> extends LinkHandlers<In> {
  readonly path: string;
  readonly incoming: ZodType<In>;
}

/**
 * The listening end: one peer at a time, a newer connection replaces an older one. The socket is
 * readable by this user only. Throws Fault when the path cannot be bound.
 */
export async function listenLink<In, Out>(options: ListenOptions<In>): Promise<Link<Out>> {
  const counters = newCounters();
  const outbox = new Outbox<Out>(counters);
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    maxPayload: maxBufferedBytes,
  });
  let peer: WebSocket | null = null;
  server.on("connection", (socket) => {
    peer?.terminate();
    peer = socket;
    receive(socket, options.incoming, options, counters);
    socket.on("error", () => {});
    socket.on("close", () => {
      if (peer !== socket) return;
      peer = null;
      outbox.detach();
      options.onConnected?.(false);
    });
    options.onConnected?.(true);
    outbox.attach(socket);
  });

  rmSync(options.path, { force: true });
  await new Promise<void>((resolve, reject) => {
    http.once("error", (error) => reject(toFault(error, "cannot open the process socket")));
    http.listen(options.path, resolve);
  });
  chmodSync(options.path, 0o600);

  const close = async (): Promise<void> => {
    peer?.terminate();
    server.close();
    await new Promise<void>((resolve) => http.close(() => resolve()));
  };
  return {
    get connected() {
      return outbox.connected;
    },
    counters,
    send: (message) => outbox.send(message),
    sendBinary: (bytes) => outbox.sendBinary(bytes),
    close,
    [Symbol.asyncDispose]: close,
  };
}
