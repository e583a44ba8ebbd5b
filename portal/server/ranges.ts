/**
 * Ranges: sealed bytes, whole or one part of them (RFC 9110 section 14). Never cached, never shown inline.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";

export interface RangedBytes {
  readonly length: number;
  readonly read: (from: number, to: number) => Promise<Readable>;
}

export async function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  { length, read }: RangedBytes,
): Promise<FastifyReply> {
  void reply.headers({
    "accept-ranges": "bytes",
    "cache-control": "no-store",
    "content-disposition": "attachment",
    "content-type": "application/octet-stream",
  });
  const range = rangeOf(request.headers.range, length);
  if (range === "unsatisfiable") return reply.code(416).header("content-range", `bytes */${length}`).send();
  const { from, to } = range ?? { from: 0, to: length };
  if (range !== null) void reply.code(206).header("content-range", `bytes ${from}-${to - 1}/${length}`);
  void reply.header("content-length", String(to - from));
  return reply.send(request.method === "HEAD" ? undefined : await read(from, to));
}

/** Null = all of it, also for what is no single range of bytes. `to` is behind the last byte. */
export function rangeOf(
  header: string | undefined,
  length: number,
): { readonly from: number; readonly to: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? length : Math.min(length, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return null;
  return from >= length || from >= to ? "unsatisfiable" : { from, to };
}
