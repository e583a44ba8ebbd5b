/**
 * Both sockets of the page go one way. A client that talks is closed: 1008 (policy) for text,
 * 1003 (unsupported) for binary; a message larger than the server's limit closes itself with 1009.
 */
import type { WebSocket } from "ws";

export function refuseMessages(socket: WebSocket): void {
  socket.on("error", () => {}); // "close" follows
  socket.on("message", (_data, isBinary) => {
    if (isBinary) socket.close(1003, "nothing is accepted here");
    else socket.close(1008, "nothing is accepted here");
  });
}
