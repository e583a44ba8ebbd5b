/**
 * Session sockets: which WebSockets and calls a session has open, so that they end when it does.
 *
 * A request may outlive the session that it came with (its body was held back): what it opens is closed at once.
 */

/** A WebSocket, or a call. */
export interface SessionSocket {
  close(code: number, reason: string): void;
  on(event: "close", handler: () => void): unknown;
}

const signedOut = "signed out";

export class SessionSockets {
  readonly #isOpen: (session: string) => boolean;
  readonly #sockets = new Map<string, Set<SessionSocket>>();

  constructor(isOpen: (session: string) => boolean) {
    this.#isOpen = isOpen;
  }

  add(session: string, socket: SessionSocket): void {
    if (!this.#isOpen(session)) return socket.close(1008, signedOut);
    const open = this.#sockets.get(session) ?? new Set();
    this.#sockets.set(session, open.add(socket));
    socket.on("close", () => {
      open.delete(socket);
      if (open.size === 0 && this.#sockets.get(session) === open) this.#sockets.delete(session);
    });
  }

  /** Nothing is sent after this, whether the other side hangs up or not. */
  close(session: string): void {
    for (const socket of this.#sockets.get(session) ?? []) socket.close(1008, signedOut);
  }
}
