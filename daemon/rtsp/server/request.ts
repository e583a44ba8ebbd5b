/**
 * Request: what comes in on an RTSP connection (RFC 2326), as requests, whatever pieces it comes in.
 *
 * Bounded: 8 KiB of lines, 64 headers, a body of 4 KiB, which nobody reads. Interleaved frames of the client (its
 * reports) are skipped. Anything else is Fault `invalid`, and the end of that connection. Pure.
 */
import { Fault } from "../../../hal/fault.ts";

export interface RtspRequest {
  readonly method: string;
  readonly uri: string;
  /** Names in lower case; the first of each. */
  readonly headers: ReadonlyMap<string, string>;
}

const mostHeadBytes = 8 * 1_024;
const mostHeaders = 64;
const mostBodyBytes = 4 * 1_024;
const dollar = 0x24;
const frameHeaderBytes = 4;

export class RequestReader {
  #waiting: Buffer = Buffer.alloc(0);
  /** Of a body or frame that is not needed. */
  #skip = 0;

  push(chunk: Buffer): RtspRequest[] {
    const requests: RtspRequest[] = [];
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    for (;;) {
      this.#skipAhead();
      if (this.#skip > 0 || this.#waiting.length === 0) break;
      if (this.#waiting[0] === dollar) {
        if (this.#waiting.length < frameHeaderBytes) break;
        this.#skip = frameHeaderBytes + this.#waiting.readUInt16BE(2);
        continue;
      }
      const end = this.#waiting.indexOf("\r\n\r\n");
      if (end > mostHeadBytes || (end === -1 && this.#waiting.length > mostHeadBytes))
        throw new Fault("invalid", `a request of more than ${mostHeadBytes} bytes`);
      if (end === -1) break;
      const request = parse(this.#waiting.toString("latin1", 0, end));
      this.#waiting = this.#waiting.subarray(end + 4);
      this.#skip = bodyBytes(request);
      requests.push(request);
    }
    return requests;
  }

  #skipAhead(): void {
    const bytes = Math.min(this.#skip, this.#waiting.length);
    this.#waiting = this.#waiting.subarray(bytes);
    this.#skip -= bytes;
  }
}

function bodyBytes({ headers }: RtspRequest): number {
  const said = headers.get("content-length") ?? "0";
  if (!/^\d{1,6}$/u.test(said) || Number(said) > mostBodyBytes)
    throw new Fault("invalid", `a body of ${said.slice(0, 20)} bytes`);
  return Number(said);
}

function parse(text: string): RtspRequest {
  const [first = "", ...lines] = text.replace(/^(?:\r\n)+/u, "").split("\r\n");
  const start = /^([A-Z_]{3,16}) (\S{1,1024}) RTSP\/1\.0$/u.exec(first);
  if (start === null) throw new Fault("invalid", "no request of RTSP/1.0");
  if (lines.length > mostHeaders) throw new Fault("invalid", `more than ${mostHeaders} headers`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const header = /^([\w-]{1,64}):[ \t]*(.*)$/u.exec(line);
    if (header === null) throw new Fault("invalid", "a header line that is none");
    const name = (header[1] ?? "").toLowerCase();
    if (!headers.has(name)) headers.set(name, (header[2] ?? "").trim());
  }
  return { method: start[1] ?? "", uri: start[2] ?? "", headers };
}
