/**
 * Session sockets: which WebSockets and calls a session has open, so that they end when it does.
 */

/** A WebSocket, or a call. */
export interface SessionSocket {
  close(code: number, reason: string): void;
  on(event: "close", handler: () => void): unknown;
}

export class SessionSockets {
  readonly #sockets = new Map<string, Set<SessionSocket>>();

  add(session: string, socket: SessionSocket): void {
    const open = this.#sockets.get(session) ?? new Set();
    this.#sockets.set(session, open.add(socket));
    socket.on("close", () => {
      open.delete(socket);
      if (open.size === 0 && this.#sockets.get(session) === open) this.#sockets.delete(session);
    });
  }

  /** Nothing is sent after this, whether the other side hangs up or not. */
  close(session: string): void {
    for (const socket of this.#sockets.get(session) ?? []) socket.close(1008, "signed out");
  }
}
