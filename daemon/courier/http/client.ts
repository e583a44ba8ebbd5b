/**
 * HttpClient: one request at a time over one connection, and a small answer.
 *
 * Calls only what the allow-list has. Follows no redirect, takes no packed content, keeps no cookie and no TLS
 * session, verifies every certificate. Each call ends: by its answer, by more bytes than `mostBytes`, by
 * silence, or by its whole time. Every call has the same header lines, so that nothing tells doorbells apart.
 *
 * Rejects with a Fault in words (words.ts). Dispose closes the connection and breaks a call under way.
 */
import { Agent as PlainAgent, request as plainRequest, type ClientRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Clock } from "../../../hal/sensors.ts";
import type { Allow, Endpoint } from "./allow-list.ts";
import { exchange, type Answer } from "./exchange.ts";
import { lookupWithin } from "./home.ts";
import { limits } from "./limits.ts";

export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Most of the answer's body; default limits.smallBytes. */
  readonly mostBytes?: number;
  /** Default limits.totalMs. */
  readonly totalMs?: number;
  /** Whatever is answered, its status is all that counts: a body is not read, and a redirect is no fault. */
  readonly statusOnly?: boolean;
  readonly signal?: AbortSignal;
}

const fixedHeaders = { "User-Agent": "sill", Accept: "*/*", "Accept-Encoding": "identity" };
const agentOptions = { keepAlive: true, maxSockets: 1, maxTotalSockets: 1 };

export interface HttpClientOptions {
  readonly allow: Allow;
  readonly clock: Clock;
}

export class HttpClient implements Disposable {
  readonly #allow: Allow;
  readonly #clock: Clock;
  readonly #plain = new PlainAgent(agentOptions);
  readonly #tls = new TlsAgent({ ...agentOptions, maxCachedSessions: 0, rejectUnauthorized: true });

  constructor({ allow, clock }: HttpClientOptions) {
    this.#allow = allow;
    this.#clock = clock;
  }

  async call(call: Call): Promise<Answer> {
    const endpoint = this.#allow.check(call.url);
    call.signal?.throwIfAborted();
    return exchange(this.#open(endpoint, call), {
      host: endpoint.url.host,
      clock: this.#clock,
      body: call.body,
      mostBytes: call.mostBytes ?? limits.smallBytes,
      totalMs: call.totalMs ?? limits.totalMs,
      statusOnly: call.statusOnly ?? false,
      signal: call.signal,
    });
  }

  [Symbol.dispose](): void {
    this.#plain.destroy();
    this.#tls.destroy();
  }

  #open({ url, reach }: Endpoint, { method, headers, body }: Call): ClientRequest {
    const lookup = lookupWithin(reach);
    const length = body === undefined ? {} : { "Content-Length": String(body.length) };
    const isTls = url.protocol === "https:";
    const open = isTls ? tlsRequest : plainRequest;
    return open(url, {
      method,
      headers: { ...fixedHeaders, ...headers, ...length },
      agent: isTls ? this.#tls : this.#plain,
      maxHeaderSize: limits.headerBytes,
      ...(lookup === undefined ? {} : { lookup }),
    });
  }
}
