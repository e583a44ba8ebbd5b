/**
 * Answer: a response of RTSP/1.0 as text.
 */
import { version } from "../../wire/sill-version.ts";

const reasons = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  454: "Session Not Found",
  455: "Method Not Valid In This State",
  459: "Aggregate Operation Not Allowed",
  461: "Unsupported Transport",
  501: "Not Implemented",
  503: "Service Unavailable",
} as const;
export type RtspCode = keyof typeof reasons;

export type Header = readonly [name: string, value: string];

export interface Answer {
  readonly code: RtspCode;
  readonly headers?: readonly Header[];
  readonly body?: string;
  /** It was the last one on this connection. */
  readonly ends?: boolean;
}

/** `cseq` repeats the request's number. */
export function answerText({ code, headers = [], body = "" }: Answer, cseq: string): string {
  const all: Header[] = [["CSeq", cseq], ["Server", `Sill/${version}`], ...headers];
  if (body !== "") all.push(["Content-Length", String(Buffer.byteLength(body))]);
  const lines = all.map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]/gu, " ")}`);
  return `RTSP/1.0 ${code} ${reasons[code]}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
