/**
 * RTSP client rig: speaks RTSP by hand over one TCP connection, as small pullers (go2rtc and its like) do, and keeps
 * what it is sent as a file of H.264.
 *
 * DESCRIBE, SETUP (interleaved), PLAY, with the digest of whichever algorithm a test wants. Reads nothing while
 * `paused`, for the test of a client that does not read.
 */
import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";

export interface RtspAnswer {
  readonly code: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface RtspClientOptions {
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly algorithm?: "MD5" | "SHA-256";
  /** Without `qop`, as GStreamer's client. */
  readonly plain?: boolean;
}

const hashOf = { MD5: "md5", "SHA-256": "sha256" } as const;

export class RtspClient implements AsyncDisposable {
  readonly socket: Socket;
  readonly url: string;
  readonly #options: RtspClientOptions;
  readonly #answers: RtspAnswer[] = [];
  #waiting: Buffer = Buffer.alloc(0);
  #heard: (() => void) | null = null;
  #cseq = 0;
  #nc = 0;
  #challenge: ReadonlyMap<string, string> | null = null;
  #session = "";
  #piece: Buffer[] = [];
  /** NAL units of the stream, and reports. */
  readonly nals: Buffer[] = [];
  reports = 0;
  closed = false;

  constructor(options: RtspClientOptions) {
    this.#options = options;
    this.url = `rtsp://127.0.0.1:${options.port}/door`;
    this.socket = connect({ host: "127.0.0.1", port: options.port });
    this.socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.closed = true;
      this.#heard?.();
    });
  }

  /** The stream with start codes. */
  annexB(): Buffer {
    return Buffer.concat(this.nals.flatMap((nal) => [Buffer.from([0, 0, 0, 1]), nal]));
  }

  /** Until frames come; throws the answer's code otherwise. */
  async play(): Promise<RtspAnswer> {
    const described = await this.ask("DESCRIBE", this.url, { accept: "application/sdp" });
    if (described.code !== 200) throw new Error(`DESCRIBE: ${described.code}`);
    const setup = await this.ask("SETUP", `${this.url}/trackID=0`, {
      transport: "RTP/AVP/TCP;unicast;interleaved=0-1",
    });
    this.#session = (setup.headers.get("session")?.[0] ?? "").split(";")[0] ?? "";
    const played = await this.ask("PLAY", `${this.url}/`, { session: this.#session, range: "npt=0.000-" });
    if (played.code !== 200) throw new Error(`PLAY: ${played.code}`);
    return described;
  }

  /** With the password, asked for again once where the server wants it. Code 0 = it hung up. */
  async ask(method: string, uri: string, headers: Record<string, string> = {}): Promise<RtspAnswer> {
    const first = await this.send(method, uri, { ...headers, ...this.#authorization(method, uri) });
    if (first.code !== 401 || this.#options.password === undefined) return first;
    this.#challenge = this.#challengeOf(first);
    return this.send(method, uri, { ...headers, ...this.#authorization(method, uri) });
  }

  /** As it is. */
  send(method: string, uri: string, headers: Record<string, string> = {}): Promise<RtspAnswer> {
    this.#cseq += 1;
    const lines = Object.entries({ cseq: String(this.#cseq), ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    this.socket.write(`${method} ${uri} RTSP/1.0\r\n${lines.join("\r\n")}\r\n\r\n`);
    return this.answer();
  }

  async answer(): Promise<RtspAnswer> {
    for (;;) {
      const next = this.#answers.shift();
      if (next !== undefined) return next;
      if (this.closed) return { code: 0, headers: new Map(), body: "" };
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  /** The header for this request, for who wants to say it again. */
  authorization(method: string, uri: string): string {
    return this.#authorization(method, uri).authorization ?? "";
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    return Promise.resolve();
  }

  #challengeOf({ headers }: RtspAnswer): ReadonlyMap<string, string> | null {
    const { algorithm = "MD5" } = this.#options;
    const lines = headers.get("www-authenticate") ?? [];
    const line = lines.find((each) => each.includes(`algorithm=${algorithm}`)) ?? "";
    return new Map(
      [...line.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/gu)].map(([, name, a, b]) => [
        name ?? "",
        a ?? b ?? "",
      ]),
    );
  }

  #authorization(method: string, uri: string): { authorization?: string } {
    const { user = "sill", password = "", algorithm = "MD5", plain = false } = this.#options;
    if (this.#challenge === null) return {};
    const h = (text: string): string => createHash(hashOf[algorithm]).update(text).digest("hex");
    const [realm, nonce] = [this.#challenge.get("realm") ?? "", this.#challenge.get("nonce") ?? ""];
    const [a1, a2] = [h(`${user}:${realm}:${password}`), h(`${method}:${uri}`)];
    const start = `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}"`;
    if (plain) return { authorization: `${start}, response="${h(`${a1}:${nonce}:${a2}`)}"` };
    this.#nc += 1;
    const nc = this.#nc.toString(16).padStart(8, "0");
    const response = h(`${a1}:${nonce}:${nc}:abcd:auth:${a2}`);
    return {
      authorization: `${start}, algorithm=${algorithm}, qop=auth, nc=${nc}, cnonce="abcd", response="${response}"`,
    };
  }

  #take(chunk: Buffer): void {
    this.#waiting = Buffer.concat([this.#waiting, chunk]);
    for (;;) {
      if (this.#waiting[0] === 0x24) {
        if (this.#waiting.length < 4) return;
        const end = 4 + this.#waiting.readUInt16BE(2);
        if (this.#waiting.length < end) return;
        if (this.#waiting[1] === 0) this.#packet(this.#waiting.subarray(16, end));
        else this.reports += 1;
        this.#waiting = this.#waiting.subarray(end);
        continue;
      }
      const head = this.#waiting.indexOf("\r\n\r\n");
      if (head === -1) return;
      const [first = "", ...lines] = this.#waiting.toString("latin1", 0, head).split("\r\n");
      const headers = new Map<string, string[]>();
      for (const line of lines) {
        const [name = "", value = ""] = line.split(/:\s*(.*)/su);
        headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
      }
      const length = Number(headers.get("content-length")?.[0] ?? 0);
      if (this.#waiting.length < head + 4 + length) return;
      const body = this.#waiting.toString("utf8", head + 4, head + 4 + length);
      this.#waiting = this.#waiting.subarray(head + 4 + length);
      this.#answers.push({ code: Number(first.split(" ")[1]), headers, body });
      this.#heard?.();
    }
  }

  /** RFC 6184: alone, or the pieces of an FU-A. */
  #packet(payload: Buffer): void {
    const [head = 0, flags = 0] = payload;
    if ((head & 31) !== 28) return void this.nals.push(Buffer.from(payload));
    if ((flags & 0x80) !== 0) this.#piece = [Buffer.from([(head & 0xe0) | (flags & 31)])];
    this.#piece.push(Buffer.from(payload.subarray(2)));
    if ((flags & 0x40) !== 0) this.nals.push(Buffer.concat(this.#piece));
  }
}
