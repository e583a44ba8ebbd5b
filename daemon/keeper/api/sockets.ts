/**
 * The three WebSockets: /api/ws (notices), /api/live (masked pictures) and /api/heat (what motion makes
 * of them). All go one way, and end with the session that opened them. Who watches is in the ledger
 * before the first picture leaves; heat holds none. Installers and testers are told the status and
 * nothing else.
 */
import type { FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { Fault } from "../../../hal/fault.ts";
import { isViewer } from "../../household/roles.ts";
import type { Notice } from "../../wire/api.ts";
import { signedIn, type Caller } from "./allow.ts";
import type { Api, ApiContext } from "./context.ts";
import { signedInCaller } from "./guard.ts";
import { keepAlive } from "../heartbeat.ts";
import { statusOf } from "../status.ts";
import { version } from "../../wire/sill-version.ts";

export function socketRoutes(api: Api, { parts }: ApiContext): void {
  function bind(socket: WebSocket, request: FastifyRequest): Caller {
    const caller = signedInCaller(request);
    parts.people.sockets.add(caller.session.id, socket);
    keepAlive(socket, parts.clock);
    return caller;
  }

  const common = {
    method: "GET",
    schema: { hide: true },
    handler: async ({ url }: { url: string }) => {
      throw new Fault("not-found", `${url.slice(0, 100)} is a WebSocket`, { hint: "ask for it with ws://" });
    },
  } as const;

  api.route({
    ...common,
    url: "/api/ws",
    config: { allow: signedIn, takesProgram: true, rateLimit: false },
    wsHandler: (socket, request) => {
      const { person } = bind(socket, request);
      const first: Notice[] = [
        { type: "hello", version, wallMs: parts.clock.wallMs() },
        { type: "status", status: statusOf(parts) },
      ];
      parts.pages.add(socket, { first, onlyStatus: !isViewer(person.role) });
    },
  });

  api.route({
    ...common,
    url: "/api/live",
    // before the upgrade is answered: no entry, no connection
    preHandler: async (request: FastifyRequest) => {
      if (!request.ws) return;
      const { socket } = request.raw;
      const leave = await parts.views.live(signedInCaller(request).person, () => void socket.destroy());
      if (socket.destroyed) leave();
      else socket.once("close", leave);
    },
    config: { allow: ["owner", "member", "installer"], rateLimit: false },
    wsHandler: (socket, request) => {
      bind(socket, request);
      parts.live.add(socket);
    },
  });

  api.route({
    ...common,
    url: "/api/heat",
    config: { allow: ["owner", "member", "installer"], rateLimit: false },
    wsHandler: (socket, request) => {
      bind(socket, request);
      parts.heat.add(socket);
    },
  });
}
