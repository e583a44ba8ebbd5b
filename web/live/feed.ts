/**
 * Feed: binary units from the doorbell (live pictures, heat), for as long as somebody looks.
 *
 * A WebSocket with back-off. Units come in order; what does not decode as one ends the connection (a
 * broken stream heals by starting again). Reports `stalled` when nothing came for a while, and starts
 * again if that lasts.
 */
import type { Clock } from "../../hal/sensors.ts";
import { retryDelayMs } from "../state/backoff.ts";

export type FeedState = "connecting" | "open" | "stalled" | "lost";

export interface FeedOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Takes one unit; false = it only announces others. Throws when it is none. */
  readonly onUnit: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  readonly onState: (state: FeedState) => void;
}

export interface Feed {
  /** Start again now: the decoder could not use what came. */
  restart(): void;
  close(): void;
}

const stalledAfterMs = 3_000;
const restartAfterMs = 9_000;

export function openFeed(options: FeedOptions): Feed {
  const { clock } = options;
  let socket: WebSocket | null = null;
  let attempt = 0;
  let closed = false;
  let cancels: (() => void)[] = [];

  const cancelAll = (): void => {
    for (const cancel of cancels) cancel();
    cancels = [];
  };
  const watch = (): void => {
    cancelAll();
    cancels = [
      clock.after(stalledAfterMs, () => options.onState("stalled")),
      clock.after(restartAfterMs, () => lose(socket)),
    ];
  };
  const lose = (lost: WebSocket | null): void => {
    if (closed || lost === null || lost !== socket) return;
    const silent = lost.readyState === WebSocket.OPEN;
    socket = null;
    lost.close();
    cancelAll();
    if (!silent) options.onState("lost");
    cancels = [clock.after(retryDelayMs(attempt, Math.random()), connect)];
    attempt += 1;
  };
  const take = (data: unknown, from: WebSocket): void => {
    if (socket !== from || !(data instanceof ArrayBuffer)) return;
    try {
      if (!options.onUnit(new Uint8Array(data))) return;
      watch();
      attempt = 0;
      options.onState("open");
    } catch {
      lose(from);
    }
  };
  const connect = (): void => {
    const next = new WebSocket(options.url);
    next.binaryType = "arraybuffer";
    socket = next;
    watch();
    next.addEventListener("message", (message: MessageEvent<unknown>) => take(message.data, next));
    next.addEventListener("close", () => lose(next));
  };
  options.onState("connecting");
  connect();

  return {
    restart: () => lose(socket),
    close() {
      closed = true;
      cancelAll();
      if (socket !== null) hangUp(socket);
      socket = null;
    },
  };
}

/** One that is still being made is let come to be first: a browser warns of a page that ends it before. */
function hangUp(socket: WebSocket): void {
  if (socket.readyState === WebSocket.CONNECTING) socket.addEventListener("open", () => socket.close());
  else socket.close();
}
