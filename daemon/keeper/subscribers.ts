/**
 * Subscribers: the pages on /api/ws.
 *
 * A notice is serialised once and handed to every socket in the same tick. A page that does not
 * read (more than maxBufferedBytes wait for it) is disconnected and counted: it comes back and
 * asks for the list, which is better than a list with a hole. What a page sends is refused.
 */
import type { WebSocket } from "ws";
import type { Notice } from "../wire/api.ts";
import { refuseMessages } from "./refuse-messages.ts";
import { withoutConsent } from "./without-consent.ts";

const maxBufferedBytes = 1024 * 1024;
const maxPages = 64;

export interface PageOptions {
  /** The notices that a new page begins with. */
  readonly first: readonly Notice[];
  /** No events, no clips, nothing of requests and grants: for roles that see nothing of what was recorded. */
  readonly onlyStatus: boolean;
}

export class PageSubscribers {
  /** Whether it is told of the status only. */
  readonly #sockets = new Map<WebSocket, boolean>();
  in = 0;
  out = 0;
  dropped = 0;

  get count(): number {
    return this.#sockets.size;
  }

  add(socket: WebSocket, { first, onlyStatus }: PageOptions): void {
    refuseMessages(socket);
    if (this.#sockets.size >= maxPages) {
      socket.close(1013, `at most ${maxPages} pages at a time`);
      return;
    }
    this.#sockets.set(socket, onlyStatus);
    socket.on("close", () => this.#sockets.delete(socket));
    for (const notice of first) socket.send(JSON.stringify(onlyStatus ? forHands(notice) : notice));
  }

  tell(notice: Notice): void {
    this.in += 1;
    if (this.#sockets.size === 0) return;
    const text = JSON.stringify(notice);
    const handsText = notice.type === "status" ? JSON.stringify(forHands(notice)) : "";
    for (const [socket, onlyStatus] of this.#sockets) {
      if (onlyStatus && notice.type !== "status") continue;
      if (socket.bufferedAmount > maxBufferedBytes) {
        this.dropped += 1;
        this.#sockets.delete(socket);
        socket.terminate();
        continue;
      }
      socket.send(onlyStatus ? handsText : text);
      this.out += 1;
    }
  }
}

function forHands(notice: Notice): Notice {
  return notice.type === "status" ? { ...notice, status: withoutConsent(notice.status) } : notice;
}
