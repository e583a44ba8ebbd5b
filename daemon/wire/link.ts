/**
 * Link: one WebSocket over a unix socket, JSON messages checked by schema in both directions.
 *
 * The keeper listens (`listenLink`), the eye and the courier connect (`connectLink`) and keep
 * trying with back-off for ever: a peer that died is a normal state, not an error.
 * While the peer is away, text messages wait in a bounded queue that drops the oldest and counts;
 * binary messages (live units) are dropped at once: nobody wants an old picture. A peer that is
 * there but does not read gets nothing more past maxBufferedBytes, and that is counted too.
 * What `onConnected(true)` sends goes out before what waited: a greeting comes first.
 * A message that does not fit its schema is dropped and counted, never thrown.
 */
import { createServer } from "node:http";
import { createConnection } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { ZodType } from "zod";
import type { Clock } from "../../hal/sensors.ts";
import { toFault } from "../../hal/fault.ts";
import { listenHere } from "./own-socket.ts";

/** Unsent bytes past which a peer is taken for stuck; also the largest message. */
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
  /** What the peer has not taken yet; who sends much waits for it to sink. */
  readonly unsentBytes: number;
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
  #closed = false;

  constructor(counters: LinkCounters) {
    this.counters = counters;
  }

  get connected(): boolean {
    return this.#socket !== null;
  }

  get unsentBytes(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** `greet` may send: its messages go before those that waited. */
  attach(socket: WebSocket, greet: () => void): void {
    this.#socket = socket;
    greet();
    for (const text of this.#waiting.splice(0)) this.#sendText(text);
  }

  detach(): void {
    this.#socket = null;
  }

  /** Nothing will be sent any more: what waits and what comes is dropped. */
  close(): void {
    this.#closed = true;
    this.counters.dropped += this.#waiting.splice(0).length;
  }

  send(message: Out): void {
    this.#sendText(JSON.stringify(message));
  }

  sendBinary(bytes: Uint8Array): void {
    if (this.#ready) this.#write(bytes);
    else this.counters.dropped += 1;
  }

  /** A socket that began to close takes a send without a word and loses it. */
  get #ready(): boolean {
    return !this.#closed && this.#socket?.readyState === WebSocket.OPEN;
  }

  #sendText(text: string): void {
    if (this.#ready) return this.#write(text);
    this.#waiting.push(text);
    if (!this.#closed && this.#waiting.length <= maxQueued) return;
    this.#waiting.shift();
    this.counters.dropped += 1;
  }

  #write(data: string | Uint8Array): void {
    const socket = this.#socket;
    if (socket === null || socket.bufferedAmount > maxBufferedBytes) {
      this.counters.dropped += 1;
      return;
    }
    socket.send(data);
    this.counters.sent += 1;
  }
}

/** The face that both ends show. */
function linkOf<Out>(outbox: Outbox<Out>, end: () => Promise<void>): Link<Out> {
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    if (closing === null) {
      outbox.close();
      closing = end();
    }
    return closing;
  };
  return {
    get connected() {
      return outbox.connected;
    },
    counters: outbox.counters,
    get unsentBytes() {
      return outbox.unsentBytes;
    },
    send: (message) => outbox.send(message),
    sendBinary: (bytes) => outbox.sendBinary(bytes),
    close,
    [Symbol.asyncDispose]: close,
  };
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
    // Not a ws+unix: address: its parser breaks on spaces, colons and other letters in the path.
    const next = new WebSocket("ws://localhost/", {
      createConnection: () => createConnection({ path: options.path }),
      perMessageDeflate: false,
      maxPayload: maxBufferedBytes,
    });
    socket = next;
    receive(next, options.incoming, options, counters);
    next.on("open", () => {
      retryMs = firstRetryMs;
      outbox.attach(next, () => options.onConnected?.(true));
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

  return linkOf(outbox, async () => {
    closed = true;
    cancelRetry();
    const current = socket;
    if (current === null || current.readyState === WebSocket.CLOSED) return;
    const gone = new Promise<void>((resolve) => current.once("close", () => resolve()));
    current.close();
    const cancel = options.clock.after(500, () => current.terminate());
    await gone;
    cancel();
  });
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
  const http = createServer((_request, response) => response.writeHead(426).end());
  const server = new WebSocketServer({
    server: http,
    perMessageDeflate: false,
    maxPayload: maxBufferedBytes,
  });
  server.on("error", () => {}); // it repeats http's, which `bind` hears
  let peer: WebSocket | null = null;
  const leave = (socket: WebSocket): void => {
    if (peer !== socket) return;
    peer = null;
    socket.removeAllListeners("message"); // its last words must not follow its successor's first
    outbox.detach();
    options.onConnected?.(false);
    socket.terminate();
  };
  server.on("connection", (socket) => {
    if (peer !== null) leave(peer);
    peer = socket;
    receive(socket, options.incoming, options, counters);
    socket.on("error", () => {});
    socket.on("close", () => leave(socket));
    outbox.attach(socket, () => options.onConnected?.(true));
  });
  try {
    await listenHere(http, options.path);
  } catch (error) {
    throw toFault(error, "cannot open the process socket");
  }

  return linkOf(outbox, async () => {
    server.close();
    if (peer !== null) leave(peer);
    http.closeAllConnections();
    await new Promise<void>((resolve) => http.close(() => resolve()));
  });
}
