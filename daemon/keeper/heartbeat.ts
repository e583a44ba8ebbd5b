/**
 * Heartbeat: a page that went away without a word (a phone out of reach, a peer that never reads)
 * gives its place back.
 *
 * Browsers answer pings by themselves. Two in a row without an answer end the connection; one
 * may only be waiting behind pictures on a slow line.
 */
import type { WebSocket } from "ws";
import type { Clock } from "../../hal/sensors.ts";

const everyMs = 30_000;
const mostUnanswered = 2;

export function keepAlive(socket: WebSocket, clock: Clock): void {
  let unanswered = 0;
  const cancel = clock.every(everyMs, () => {
    if (unanswered >= mostUnanswered) return socket.terminate();
    unanswered += 1;
    socket.ping();
  });
  socket.on("pong", () => {
    unanswered = 0;
  });
  socket.on("close", cancel);
}
