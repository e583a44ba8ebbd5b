/**
 * Server: fastify with its guards, the routes, and the port. Plain HTTP: TLS is the proxy's in front of it.
 *
 * Guards, in order: Host (hosts.ts), rate limits per hashed address (addresses.ts; not on the log's files, which are
 * answered before: log-listener.ts), limits of body, headers, time and connections, schemas in and out, a strict content security
 * policy. Nobody's request is logged.
 */
import { createServer, type RequestListener } from "node:http";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { Fault, toFault } from "../../hal/fault.ts";
import { deskRoutes } from "../desk/routes.ts";
import { dockRoutes } from "../dock/routes.ts";
import { publicRoutes } from "../public/routes.ts";
import { addressKeys } from "./addresses.ts";
import type { Api, PortalContext } from "./context.ts";
import { answerError } from "./errors.ts";
import { checkHost, ownHosts } from "./hosts.ts";
import { logListener } from "./log-listener.ts";
import { pageRoutes } from "./pages.ts";

/** An envelope of the longest message. */
const maxBodyBytes = 64 * 1024;
const requestsPerMinute = 1_200;
const maxConnections = 8_192;
/** A megabyte at 15 kbit/s takes nine minutes. */
const requestMs = 660_000;
const headersMs = 20_000;
/** Nothing moves for so long. */
const stuckMs = 60_000;

const contentSecurity = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    mediaSrc: ["'self'", "blob:"],
    imgSrc: ["'self'", "blob:"],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

export interface PortalServer extends AsyncDisposable {
  /** http://ADDRESS:PORT */
  readonly listens: string;
}

async function guards(api: Api, { settings, clock }: PortalContext): Promise<void> {
  const own = ownHosts(settings);
  api.addHook("onRequest", async ({ headers }) => checkHost(headers.host, own));
  await api.register(helmet, {
    contentSecurityPolicy: contentSecurity,
    // for the proxy to say, which knows whether there is TLS
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: settings.url.startsWith("https:"),
    originAgentCluster: false,
    referrerPolicy: { policy: "no-referrer" },
  });
  const keyOf = addressKeys(clock);
  await api.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: "1 minute",
    cache: 20_000,
    keyGenerator: ({ ip }) => keyOf(ip),
    errorResponseBuilder: (_request, { max }) =>
      Object.assign(new Error(`more than ${max} requests in a minute`), { statusCode: 429 }),
  });
}

export async function buildApi(context: PortalContext, loggerInstance: FastifyBaseLogger): Promise<Api> {
  const own = ownHosts(context.settings);
  const onFault = ({ kind, message }: Fault): void =>
    loggerInstance.warn({ fault: { kind, message } }, "the public log could not be read");
  const api: Api = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    serverFactory: (serve: RequestListener) => {
      const server = createServer(logListener({ logServer: context.logServer, own, onFault }, serve));
      server.maxConnections = maxConnections;
      server.headersTimeout = headersMs;
      server.requestTimeout = requestMs;
      server.setTimeout(stuckMs);
      return server;
    },
    // the nearest hop alone: what stands before the address that it saw is whatever the caller wrote
    trustProxy: context.settings.web.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength: 128 },
    forceCloseConnections: true,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(answerError);
  // JSON alone: what a foreign page's form can send without asking is not even parsed
  api.removeContentTypeParser("text/plain");
  await guards(api, context);
  publicRoutes(api, context);
  deskRoutes(api, context);
  dockRoutes(api, context);
  await pageRoutes(api, context);
  await api.ready();
  return api;
}

/** Throws Fault `unavailable` when the port is taken. */
export async function openServer(context: PortalContext, log: FastifyBaseLogger): Promise<PortalServer> {
  const { host, port } = context.settings.web;
  const api = await buildApi(context, log);
  try {
    await api.listen({ host, port });
  } catch (error) {
    await api.close();
    const { kind } = toFault(error);
    const taken = kind === "unavailable";
    throw new Fault(kind, taken ? `port ${port} is in use` : `cannot listen on ${host}:${port}`, {
      hint: taken ? "stop the other program, or choose another port with --web.port" : "check --web.host",
      cause: error,
    });
  }
  const [bound] = api.addresses();
  if (bound === undefined || typeof bound === "string") throw new Fault("bug", "the server has no address");
  const address = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return {
    listens: `http://${address}:${bound.port}`,
    [Symbol.asyncDispose]: () => api.close(),
  };
}
