/**
 * Server: fastify with its guards, the routes, and the port.
 *
 * Guards, in order: Host and Origin (origin.ts), rate limit per address (not on the live paths),
 * body and header limits, schemas in and out (undeclared fields never leave), a strict content
 * security policy. HTTPS is for the network (tls/), plain HTTP for this machine, so what would
 * force HTTPS (HSTS, COOP) is off.
 */
import { once } from "node:events";
import type { RequestListener, Server as HttpServer } from "node:http";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import websocket from "@fastify/websocket";
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { WebSocket } from "ws";
import { systemClock } from "../../../hal/clock.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Logger } from "../log.ts";
import type { Parts } from "../parts.ts";
import { onePortServer } from "../tls/one-port.ts";
import { version } from "../../wire/sill-version.ts";
import { alertRoutes } from "./alerts.ts";
import { calibrationRoutes } from "./calibration.ts";
import { clipRoutes } from "./clips.ts";
import { courtOrderRoutes } from "./court-orders.ts";
import type { Api, ApiContext } from "./context.ts";
import { answerError } from "./errors.ts";
import { doorRoutes } from "./door.ts";
import { deleteEventsRoute } from "./delete-events.ts";
import { eventRoutes } from "./events.ts";
import { grantRoutes } from "./grants.ts";
import { healthRoutes } from "./health.ts";
import { guardRoutes } from "./guard.ts";
import { historyRoutes } from "./history.ts";
import { ledgerRoutes } from "./ledger.ts";
import { noticeRoutes } from "./notice.ts";
import { checkOrigin, isHostAllowed } from "./origin.ts";
import { pageRoutes } from "./page.ts";
import { peopleRoutes } from "./people.ts";
import { phoneRoutes } from "./phones.ts";
import { policyRoutes } from "./policy.ts";
import { privacyRoutes } from "./privacy.ts";
import { replyRoutes } from "./replies.ts";
import { requestRoutes } from "./requests.ts";
import { openToEveryone, watchRoutes, type Route } from "./route-table.ts";
import { selftestRoutes } from "./selftest.ts";
import { programRoutes } from "./programs.ts";
import { sessionRoutes } from "./sessions.ts";
import { simRoutes } from "./sim.ts";
import { socketRoutes } from "./sockets.ts";
import { talkRoutes } from "./talk.ts";
import { walkRoutes } from "./walks.ts";
import { timelineRoutes } from "./timeline.ts";
import { zoneRoutes } from "./zones.ts";

const maxBodyBytes = 16 * 1024;
const maxMessageBytes = 1024;
/** How long a page may take to hang up when the keeper stops. */
const goodbyeMs = 300;
const requestsPerMinute = 3_000;
/** More than all pages, viewers and their requests need; past it a connection is closed at once. */
const maxConnections = 256;
const requestMs = 30_000;
/** A connection on which nothing moves for so long is closed (not a WebSocket: heartbeat.ts). */
const stuckMs = 60_000;

const contentSecurity = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    mediaSrc: ["'self'", "blob:"],
    imgSrc: ["'self'", "blob:"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/** The API's own documentation page needs inline styles and data: pictures; nothing else does. */
const docsSecurity =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'";

export interface Server extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly routes: readonly Route[];
}

export interface BuiltApi {
  readonly api: Api;
  readonly routes: readonly Route[];
}

function allGone(clients: ReadonlySet<WebSocket>): Promise<unknown> {
  return Promise.all([...clients].map((client) => once(client, "close")));
}

/** Says goodbye to the pages, and does not wait for those that do not answer. */
function hangUp(api: Api): () => Promise<void> {
  return async () => {
    const { clients } = api.websocketServer;
    for (const client of clients) client.close(1001, "the keeper stops");
    const goodbye = new Promise<void>((resolve) => systemClock.after(goodbyeMs, resolve));
    if (clients.size > 0) await Promise.race([allGone(clients), goodbye]);
    for (const client of clients) client.terminate();
    api.websocketServer.close();
  };
}

const allRoutes = [
  healthRoutes,
  doorRoutes,
  sessionRoutes,
  programRoutes,
  peopleRoutes,
  policyRoutes,
  privacyRoutes,
  zoneRoutes,
  phoneRoutes,
  historyRoutes,
  ledgerRoutes,
  eventRoutes,
  deleteEventsRoute,
  timelineRoutes,
  clipRoutes,
  simRoutes,
  socketRoutes,
  noticeRoutes,
  requestRoutes,
  courtOrderRoutes,
  grantRoutes,
  calibrationRoutes,
  walkRoutes,
  selftestRoutes,
  alertRoutes,
  talkRoutes,
  replyRoutes,
];

async function guards(api: Api, { named, settings, people }: Parts): Promise<void> {
  // first, so that a refused upgrade is known as one and its socket is closed
  await api.register(websocket, {
    options: { maxPayload: maxMessageBytes },
    preClose: hangUp(api),
  });
  const isNamed = (name: string): boolean => named?.covers(name) ?? false;
  api.addHook("onRequest", async (request) => {
    const { host, origin, upgrade } = request.headers;
    const guarded = upgrade !== undefined || !["GET", "HEAD"].includes(request.method);
    const secure = request.protocol === "https";
    checkOrigin({ host, origin, secure, guarded, isNamed }, settings.web.host);
  });
  await api.register(cookie);
  guardRoutes(api, { people, metricsToken: settings.web.metricsToken });
  await api.register(helmet, {
    contentSecurityPolicy: contentSecurity,
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: "no-referrer" },
  });
  await api.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: "1 minute",
    cache: 1_000,
    errorResponseBuilder: () =>
      Object.assign(new Error(`more than ${requestsPerMinute} requests in a minute`), { statusCode: 429 }),
  });
}

/** The documentation says whom a route is for, as the route does. */
function describeRoles(
  input: Parameters<typeof jsonSchemaTransform>[0],
): ReturnType<typeof jsonSchemaTransform> {
  const { schema, url } = jsonSchemaTransform(input);
  const allow = input.route.config?.allow;
  if (allow === undefined) return { schema, url };
  const description = allow === "everyone" ? "For everyone" : `For: ${allow.join(", ")}`;
  return { schema: { ...schema, description }, url };
}

async function documentation(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      info: { title: "Sill", version, description: "A video doorbell on your own network." },
    },
    transform: describeRoles,
  });
  await api.register(async (open: Api) => {
    openToEveryone(open);
    await open.register(swaggerUi, { routePrefix: "/api/docs", staticCSP: docsSecurity });
  });
}

/** On the network, HTTPS on the same port; what fastify sets on a server of its own is set here then. */
function securePort({ certificate, parts }: ApiContext) {
  if (certificate === null) return {};
  const { named, settings } = parts;
  const isOwnHost = (host: string | undefined): boolean =>
    isHostAllowed(host, settings.web.host, (name) => named?.covers(name) ?? false);
  const serverFactory = (serve: RequestListener): HttpServer => {
    const server = onePortServer(serve, {
      certificate,
      isOwnHost,
      contextFor: (name) => named?.contextFor(name) ?? null,
    });
    server.requestTimeout = requestMs;
    server.setTimeout(stuckMs);
    return server;
  };
  return { serverFactory };
}

/** Throws Fault `bug` when a route does not say whom it is for. */
export async function buildApi(context: ApiContext, loggerInstance: FastifyBaseLogger): Promise<BuiltApi> {
  const api: Api = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength: 64 },
    requestTimeout: requestMs,
    connectionTimeout: stuckMs,
    forceCloseConnections: true,
    ...securePort(context),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  api.server.maxConnections = maxConnections;
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(answerError);
  // JSON alone: what a foreign page's form can send without asking is not even parsed
  api.removeContentTypeParser("text/plain");
  const table = watchRoutes(api);
  await guards(api, context.parts);
  await documentation(api);
  for (const routes of allRoutes) routes(api, context);
  await pageRoutes(api, context);
  await api.ready();
  return { api, routes: table.finish() };
}

/** Throws Fault `unavailable` when the port is taken. */
export async function openServer(context: ApiContext, log: Logger): Promise<Server> {
  const { host, port } = context.parts.settings.web;
  const { api, routes } = await buildApi(context, log);
  try {
    await api.listen({ host, port });
  } catch (error) {
    await api.close();
    const fault = toFault(error);
    const taken = fault.kind === "unavailable";
    throw new Fault(fault.kind, taken ? `port ${port} is in use` : `cannot listen on ${host}:${port}`, {
      hint: taken ? "stop the other program, or choose another port with --web.port" : "check --web.host",
      cause: error,
    });
  }
  const [bound] = api.addresses();
  if (bound === undefined || typeof bound === "string") throw new Fault("bug", "the server has no address");
  return {
    address: bound.family === "IPv6" ? `[${bound.address}]` : bound.address,
    port: bound.port,
    routes,
    [Symbol.asyncDispose]: () => api.close(),
  };
}
