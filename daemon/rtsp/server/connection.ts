/**
 * Connection: one client of the RTSP server, from its first byte to its last.
 *
 *   OPTIONS   what one can ask; for everybody
 *   DESCRIBE  -> the view is in the ledger, the stream is described
 *   SETUP     -> interleaved on this connection and nothing else (RTP over UDP is answered with 461)
 *   PLAY      -> frames, from the next keyframe on
 *
 * Everything but OPTIONS needs the password. One connection is one session: when it ends, or the door is closed, both
 * are over at once. Requests are answered in order, one at a time, a few may wait.
 */
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Attempts } from "../auth/attempts.ts";
import type { Digest } from "../auth/digest.ts";
import type { Feed } from "../picture/feed.ts";
import { sdpOf, trackName } from "../rtp/sdp.ts";
import type { Door, View } from "../door.ts";
import { answerText, type Answer } from "./answer.ts";
import type { Counts } from "./counts.ts";
import { RequestReader, type RtspRequest } from "./request.ts";
import { Sender } from "./sender.ts";

export const streamPath = "/door";
const mostWaiting = 16;
/** So long somebody may be connected without having shown the password, and so often ask. */
const strangerMs = 15_000;
const mostStrangeRequests = 12;
/** So long somebody who has shown the password may be there without taking the picture: the eye may make it meanwhile. */
const idleMs = 30_000;
const keepAliveMs = 20_000;
const sessionS = 60;
const methods = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
const notOurs = new Set(["ANNOUNCE", "RECORD", "REDIRECT"]);

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly address: string;
  readonly clock: Clock;
  readonly door: Pick<Door, "view">;
  readonly feed: Feed;
  readonly digest: Digest;
  readonly attempts: Attempts;
  readonly counts: Counts;
  /** Is there room for one more that watches? */
  readonly hasRoom: () => boolean;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #reader = new RequestReader();
  readonly #session = randomBytes(8).toString("hex");
  readonly #cancelStranger: () => void;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #strange = 0;
  #nonce: string | null = null;
  #view: View | null = null;
  #sender: Sender | null = null;
  #unwatch: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #ended = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { socket, clock } = options;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveMs);
    this.#cancelStranger = clock.after(strangerMs, () => this.end("it did not show the password in time"));
    socket.on("data", (chunk: Buffer) => this.#handle(chunk));
    socket.on("error", () => {}); // "close" follows
    socket.on("close", () => this.end(null));
  }

  /** It has shown the password, and its view is in the ledger. */
  get isWatching(): boolean {
    return this.#view !== null;
  }

  /** At once: nothing that waits is sent. `why` = it is sent away. */
  end(why: string | null): void {
    if (this.#ended) return;
    this.#ended = true;
    const { counts, socket } = this.#options;
    if (why !== null) {
      counts.refused += 1;
      counts.lastError = why;
    }
    this.#cancelStranger();
    this.#cancelIdle?.();
    this.#unwatch?.();
    this.#view?.end();
    this.#view = null;
    socket.destroy();
  }

  #handle(chunk: Buffer): void {
    if (this.#ended) return;
    try {
      for (const request of this.#reader.push(chunk)) this.#enqueue(request);
    } catch (error) {
      this.end(toFault(error).message);
    }
  }

  #enqueue(request: RtspRequest): void {
    this.#waiting += 1;
    if (this.#waiting > mostWaiting) return this.end("it asked faster than it was answered");
    this.#queue = this.#queue
      .then(() => this.#answer(request))
      .catch((error: unknown) => this.end(toFault(error).message))
      .finally(() => void (this.#waiting -= 1));
  }

  async #answer(request: RtspRequest): Promise<void> {
    if (this.#ended) return;
    const answer = await this.#answerTo(request);
    if (this.#ended) return;
    const cseq = request.headers.get("cseq") ?? "0";
    this.#options.socket.write(answerText(answer, /^\d{1,10}$/u.test(cseq) ? cseq : "0"));
    if (answer.ends === true) this.#options.socket.end(() => this.end(null));
  }

  async #answerTo(request: RtspRequest): Promise<Answer> {
    if (request.method === "OPTIONS")
      return this.#strangers() ?? { code: 200, headers: [["Public", methods]] };
    const refusal = this.#checkPassword(request);
    if (refusal !== null) return refusal;
    this.#cancelStranger();
    this.#idle();
    const path = URL.parse(request.uri)?.pathname.replace(/\/$/u, "") ?? "";
    if (path !== streamPath && path !== `${streamPath}/${trackName}`) return { code: 404 };
    switch (request.method) {
      case "DESCRIBE":
        return this.#describe(request);
      case "SETUP":
        return this.#setup(request);
      case "PLAY":
        return this.#play(request);
      case "PAUSE":
        this.#pause();
        return this.#inSession({ code: 200 });
      case "TEARDOWN":
        this.#pause();
        return this.#inSession({ code: 200, ends: true });
      case "GET_PARAMETER":
      case "SET_PARAMETER":
        return this.#sender === null ? { code: 200 } : this.#inSession({ code: 200 });
      default:
        return notOurs.has(request.method)
          ? { code: 405, headers: [["Allow", methods]] }
          : { code: 501, headers: [["Public", methods]] };
    }
  }

  /** Null = go on. */
  #checkPassword({ method, uri, headers }: RtspRequest): Answer | null {
    const { digest, attempts, address, counts } = this.#options;
    // who watches has shown it: a neighbour behind the same address must not end that
    if (!this.isWatching && !attempts.mayTry(address)) {
      counts.refused += 1;
      return { code: 401, ends: true };
    }
    const verdict = digest.check({
      header: headers.get("authorization"),
      method,
      uri,
      ownNonce: this.#nonce,
    });
    if (verdict === "ok") return null;
    if (verdict === "wrong") {
      attempts.wasWrong(address);
      if (!attempts.mayTry(address)) {
        counts.refused += 1;
        return { code: 401, ends: true };
      }
    }
    const tooMany = this.#strangers();
    if (tooMany !== null) return tooMany;
    const { nonce, lines } = digest.challenge(verdict === "stale");
    this.#nonce = nonce;
    return { code: 401, headers: lines.map((line) => ["WWW-Authenticate", line] as const) };
  }

  #strangers(): Answer | null {
    if (this.isWatching) return null;
    this.#strange += 1;
    return this.#strange > mostStrangeRequests ? { code: 400, ends: true } : null;
  }

  async #describe({ uri }: RtspRequest): Promise<Answer> {
    const ready = await this.#beginView();
    const config = this.#options.feed.config;
    if (!ready || config === null) return { code: 503, headers: [["Retry-After", "5"]] };
    return {
      code: 200,
      headers: [
        ["Content-Base", `${uri.replace(/\/$/u, "")}/`],
        ["Content-Type", "application/sdp"],
      ],
      body: sdpOf(config, Number.parseInt(this.#session.slice(0, 8), 16)),
    };
  }

  /** False: the door is closed, full, or there is no picture. */
  async #beginView(): Promise<boolean> {
    if (this.#view !== null) return true;
    const { hasRoom, door, address, counts } = this.#options;
    if (!hasRoom()) {
      counts.refused += 1;
      counts.lastError = "as many watch as may";
      return false;
    }
    try {
      const view = await door.view("rtsp", address, () => this.end("the history cannot be written"));
      if (this.#ended) view.end();
      else this.#view = view;
      return !this.#ended;
    } catch (error) {
      counts.lastError = toFault(error).message;
      return false;
    }
  }

  async #setup({ headers }: RtspRequest): Promise<Answer> {
    if (this.#sender !== null) return { code: 459 };
    const channels = interleaved(headers.get("transport") ?? "");
    if (channels === null) return { code: 461 };
    if (!(await this.#beginView())) return { code: 503, headers: [["Retry-After", "5"]] };
    const { socket, clock, counts } = this.#options;
    this.#sender = new Sender({
      socket,
      clock,
      channels,
      counts,
      onStuck: () => this.end("it did not read what it asked for"),
    });
    const ssrc = this.#sender.packetiser.ssrc.toString(16).padStart(8, "0").toUpperCase();
    const transport = `RTP/AVP/TCP;unicast;interleaved=${channels.join("-")};ssrc=${ssrc};mode="PLAY"`;
    return {
      code: 200,
      headers: [
        ["Session", `${this.#session};timeout=${sessionS}`],
        ["Transport", transport],
      ],
    };
  }

  #play({ uri, headers }: RtspRequest): Answer {
    const sender = this.#sender;
    if (sender === null || !this.#isOurs(headers)) return { code: sender === null ? 455 : 454 };
    const track = uri.includes(trackName) ? uri : `${uri.replace(/\/$/u, "")}/${trackName}`;
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    // after the answer, which is written in this same turn
    queueMicrotask(() => {
      if (!this.#ended) this.#unwatch ??= this.#options.feed.watch((unit) => sender.push(unit));
    });
    return this.#inSession({
      code: 200,
      headers: [
        ["Range", "npt=now-"],
        ["RTP-Info", `url=${track};seq=${sender.packetiser.sequence}`],
      ],
    });
  }

  #pause(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#idle();
  }

  /** From the first of it on: no other request is a reason to stay. */
  #idle(): void {
    if (this.#cancelIdle !== null || this.#isPlaying || this.#ended) return;
    this.#cancelIdle = this.#options.clock.after(idleMs, () =>
      this.end("it asked for a picture and did not take it"),
    );
  }

  get #isPlaying(): boolean {
    return this.#unwatch !== null;
  }

  #inSession(answer: Answer): Answer {
    if (this.#sender === null) return { code: 454 };
    return { ...answer, headers: [["Session", this.#session], ...(answer.headers ?? [])] };
  }

  #isOurs(headers: RtspRequest["headers"]): boolean {
    return (headers.get("session") ?? "").split(";")[0] === this.#session;
  }
}

/** The channels that the client wants, of the first transport that is ours; null = none of them is. */
function interleaved(transport: string): readonly [number, number] | null {
  for (const each of transport.split(",")) {
    if (!/^\s*RTP\/AVP\/TCP\s*(?:;|$)/iu.test(each)) continue;
    const said = /;\s*interleaved\s*=\s*(\d{1,3})(?:-(\d{1,3}))?/iu.exec(each);
    const rtp = Number(said?.[1] ?? 0);
    const rtcp = Number(said?.[2] ?? rtp + 1);
    if (rtp <= 255 && rtcp <= 255) return [rtp, rtcp];
  }
  return null;
}
