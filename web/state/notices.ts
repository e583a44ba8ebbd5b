/**
 * Notices: the WebSocket that tells the page what changes, kept open for as long as the page is.
 *
 * Reconnects with back-off for ever, at once when the network or the viewer comes back, and when
 * nothing was heard for too long (a router that forgot us closes nothing). Text that is no notice
 * is ignored: an older page must survive a newer doorbell.
 */
import type { Notice } from "../../daemon/wire/api.ts";
import type { Clock } from "../../hal/sensors.ts";
import { retryDelayMs } from "./backoff.ts";

export interface NoticesOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly onNotice: (notice: Notice) => void;
  readonly onLink: (link: "open" | "lost") => void;
}

export interface Notices {
  /** Do not wait for the next attempt. */
  retryNow(): void;
  close(): void;
}

/** Status comes every second or so; this long without a word and the connection is dead. */
const silenceMs = 15_000;

function parse(data: unknown): Notice | null {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data) as Notice;
  } catch {
    return null;
  }
}

export function openNotices(options: NoticesOptions): Notices {
  const { clock } = options;
  let socket: WebSocket | null = null;
  let attempt = 0;
  let cancelTimer = (): void => {};
  let closed = false;

  const listen = (): void => {
    cancelTimer();
    cancelTimer = clock.after(silenceMs, () => lose(socket));
  };
  const lose = (lost: WebSocket | null): void => {
    if (closed || lost !== socket) return;
    socket = null;
    lost?.close();
    options.onLink("lost");
    cancelTimer();
    cancelTimer = clock.after(retryDelayMs(attempt, Math.random()), connect);
    attempt += 1;
  };
  const connect = (): void => {
    cancelTimer();
    const next = new WebSocket(options.url);
    socket = next;
    listen();
    next.addEventListener("open", () => {
      if (socket !== next) return;
      attempt = 0;
      options.onLink("open");
      listen();
    });
    next.addEventListener("message", (message: MessageEvent<unknown>) => {
      if (socket !== next) return;
      listen();
      const notice = parse(message.data);
      if (notice !== null) options.onNotice(notice);
    });
    next.addEventListener("close", () => lose(next));
  };
  const retryNow = (): void => {
    if (socket === null && !closed) connect();
  };
  const seen = (): void => {
    if (!document.hidden) retryNow();
  };
  window.addEventListener("online", retryNow);
  document.addEventListener("visibilitychange", seen);
  connect();

  return {
    retryNow,
    close() {
      closed = true;
      cancelTimer();
      window.removeEventListener("online", retryNow);
      document.removeEventListener("visibilitychange", seen);
      socket?.close();
    },
  };
}
