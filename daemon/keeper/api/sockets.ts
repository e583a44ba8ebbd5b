/**
 * The two WebSockets: /api/ws (notices) and /api/live (masked pictures). Both go one way.
 */
import type { Api, ApiContext } from "./context.ts";
import { statusOf } from "../status.ts";
import { version } from "../version.ts";

export function socketRoutes(api: Api, { parts }: ApiContext): void {
  const config = { rateLimit: false } as const;

  api.get("/api/ws", { websocket: true, config }, (socket) => {
    parts.pages.add(socket, [
      { type: "hello", version, wallMs: parts.clock.wallMs() },
      { type: "status", status: statusOf(parts) },
    ]);
  });

  api.get("/api/live", { websocket: true, config }, (socket) => parts.live.add(socket));
}
