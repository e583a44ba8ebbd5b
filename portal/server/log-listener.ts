/**
 * Log listener: GET and HEAD of `/log/...`, answered before the framework.
 *
 * Every doorbell asks for these once an hour and for nothing else, so they cost half of what they would as a
 * route (120 instead of 225 us of CPU). Same guard of the host, no rate limit: a CDN asks for many. Everything else is passed on.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Fault, toFault } from "../../hal/fault.ts";
import type { LogServer } from "../log/serve.ts";
import { checkHost } from "./hosts.ts";

const prefix = "/log/";
const always = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // anybody's page may check the log
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
} as const;

export interface LogListenerOptions {
  readonly logServer: LogServer;
  /** Names of this portal (hosts.ts). */
  readonly own: readonly string[];
  readonly onFault: (fault: Fault) => void;
}

export function logListener(
  { logServer, own, onFault }: LogListenerOptions,
  otherwise: RequestListener,
): RequestListener {
  return (request, response) => {
    const { method, url = "" } = request;
    if (!url.startsWith(prefix) || (method !== "GET" && method !== "HEAD"))
      return otherwise(request, response);
    answer(logServer, own, {
      request,
      response,
      path: url.slice(prefix.length).split("?", 1)[0] ?? "",
    }).catch((error: unknown) => {
      const fault = toFault(error);
      if (fault.kind === "denied") return refuse(response, 403, fault);
      onFault(fault);
      refuse(response, 503, new Fault("unavailable", "the public log cannot be read now"));
    });
  };
}

async function answer(
  logServer: LogServer,
  own: readonly string[],
  { request, response, path }: { request: IncomingMessage; response: ServerResponse; path: string },
): Promise<void> {
  checkHost(request.headers.host, own);
  const served = await logServer.get(path);
  if (served === null)
    return refuse(response, 404, new Fault("not-found", "the public log has no such file"));
  const { bytes, type, cacheControl, etag } = served;
  const head = { ...always, etag, "cache-control": cacheControl };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, head).end();
    return;
  }
  response.writeHead(200, { ...head, "content-type": type, "content-length": bytes.length });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function refuse(response: ServerResponse, status: number, { kind, message }: Fault): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .writeHead(status, { ...always, "cache-control": "no-store", "content-type": "application/json" })
    .end(JSON.stringify({ error: { kind, message } }));
}
