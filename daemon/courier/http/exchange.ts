/**
 * Exchange: one request to its end, watched.
 *
 * The body goes out in slices, so that a slow uplink is seen to move. Silence, in both directions, and the
 * whole time are watched by the clock: a server that sends one byte now and then (slow loris) has the whole
 * time and no more. The answer's head is judged before its body is read: 10 GB that are announced are not
 * waited for.
 */
import type { ClientRequest, IncomingMessage } from "node:http";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { limits } from "./limits.ts";
import { callFault } from "./words.ts";

export interface Answer {
  readonly status: number;
  header(name: string): string | null;
  readonly body: Uint8Array;
}

export interface ExchangeOptions {
  /** For words. */
  readonly host: string;
  readonly clock: Clock;
  readonly body: Uint8Array | undefined;
  readonly mostBytes: number;
  readonly totalMs: number;
  /** The answer's body is not read, and its head is not judged. */
  readonly statusOnly: boolean;
  readonly signal: AbortSignal | undefined;
}

const sliceBytes = 65_536;
const lookEveryMs = 1_000;
const nothing = new Uint8Array();

export function exchange(request: ClientRequest, options: ExchangeOptions): Promise<Answer> {
  const { host, clock, body, totalMs, signal } = options;
  const beganMs = clock.monoMs();
  let heardMs = beganMs;
  let informational = 0;
  const beat = (): void => {
    heardMs = clock.monoMs();
  };
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (error: unknown): void => {
    reject(callFault(error, host));
    request.destroy();
  };
  const onAbort = (): void => fail(signal?.reason);
  const cancel = clock.every(lookEveryMs, () => {
    const nowMs = clock.monoMs();
    if (nowMs - heardMs >= limits.silentMs) fail(new Fault("timeout", `${host} is silent`));
    else if (nowMs - beganMs >= totalMs) fail(new Fault("timeout", `${host} takes too long`));
  });
  signal?.addEventListener("abort", onAbort);
  request.on("error", fail);
  request.on("socket", (socket) => {
    if (!socket.connecting) return; // the one of the call before
    socket.once("connect", beat);
    socket.once("secureConnect", beat);
  });
  request.on("information", () => {
    informational += 1;
    if (informational > limits.mostInformational)
      fail(new Fault("invalid", `${host} does not come to the point`));
  });
  request.on("response", (response) => {
    beat();
    read(response, { ...options, isHead: request.method === "HEAD", beat }).then(resolve, fail);
  });
  send(request, body ?? nothing, beat).catch(fail);
  return promise.finally(() => {
    cancel();
    signal?.removeEventListener("abort", onAbort);
    if (!request.writableFinished) request.destroy(); // answered before it had heard all
  });
}

async function send(request: ClientRequest, body: Uint8Array, beat: () => void): Promise<void> {
  for (let at = 0; at < body.length; at += sliceBytes) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    request.write(body.subarray(at, at + sliceBytes), (error) => (error ? reject(error) : resolve()));
    await promise;
    beat();
  }
  request.end();
}

interface ReadOptions extends Pick<ExchangeOptions, "host" | "mostBytes" | "statusOnly"> {
  readonly isHead: boolean;
  readonly beat: () => void;
}

async function read(response: IncomingMessage, options: ReadOptions): Promise<Answer> {
  const { host, mostBytes, statusOnly, beat } = options;
  const { statusCode: status = 0, headers } = response;
  const header = (name: string): string | null => {
    const value = headers[name];
    return typeof value === "string" ? value : null;
  };
  if (statusOnly) {
    response.destroy();
    return { status, body: nothing, header };
  }
  judgeHead(response, options);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    beat();
    bytes += part.length;
    if (bytes > mostBytes) throw tooLarge(host, mostBytes);
    parts.push(part);
  }
  return { status, body: Buffer.concat(parts, bytes), header };
}

function judgeHead(
  { statusCode = 0, headers }: IncomingMessage,
  { host, mostBytes, isHead }: ReadOptions,
): void {
  if (statusCode >= 300 && statusCode < 400)
    throw new Fault("denied", `${host} points somewhere else (${statusCode}), which is not followed`, {
      hint: "ask who runs it for its new address",
    });
  const packed = headers["content-encoding"] ?? "identity";
  if (packed !== "identity") throw new Fault("invalid", `${host} packs its answer, which was not asked for`);
  if ((headers["transfer-encoding"] ?? "chunked") !== "chunked")
    throw new Fault("invalid", `${host} packs its answer, which was not asked for`);
  const announced = Number(headers["content-length"] ?? 0);
  if (!isHead && announced > mostBytes) throw tooLarge(host, mostBytes);
}

function tooLarge(host: string, mostBytes: number): Fault {
  return new Fault("exhausted", `${host} answers with more than ${mostBytes} bytes`);
}
