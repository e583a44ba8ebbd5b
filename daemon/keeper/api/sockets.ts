/**
 * The two WebSockets: /api/ws (notices) and /api/live (masked pictures). Both go one way.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Api, ApiContext } from "./context.ts";
import { keepAlive } from "../heartbeat.ts";
import { statusOf } from "../status.ts";
import { version } from "../version.ts";

export function socketRoutes(api: Api, { parts }: ApiContext): void {
  const common = {
    method: "GET",
    config: { rateLimit: false },
    schema: { hide: true },
    handler: async ({ url }: { url: string }) => {
      throw new Fault("not-found", `${url.slice(0, 100)} is a WebSocket`, { hint: "ask for it with ws://" });
    },
  } as const;

  api.route({
    ...common,
    url: "/api/ws",
    wsHandler: (socket) => {
      keepAlive(socket, parts.clock);
      parts.pages.add(socket, [
        { type: "hello", version, wallMs: parts.clock.wallMs() },
        { type: "status", status: statusOf(parts) },
      ]);
    },
  });

  api.route({
    ...common,
    url: "/api/live",
    wsHandler: (socket) => {
      keepAlive(socket, parts.clock);
      parts.live.add(socket);
    },
  });
}
