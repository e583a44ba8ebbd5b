/**
 * Served log rig: a public log (public-log.ts) over HTTP, as static files of a portal, for the real courier.
 *
 * `asked` is everything that it was ever asked, a line each, so that a test can say what a doorbell tells
 * the world. The log can be exchanged for another one, which is how a portal lies.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { entriesPath } from "../../daemon/ledger/tiles.ts";
import type { TestLog } from "./public-log.ts";

export interface ServedLog extends AsyncDisposable {
  /** As portal.url says it. */
  readonly url: string;
  readonly asked: string[];
  /** Null: there is nothing at its addresses. */
  serve(log: TestLog | null): void;
}

export async function serveLog(first: TestLog): Promise<ServedLog> {
  let log: TestLog | null = first;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(lineOf(request));
    const file = fileOf(log, request.url ?? "");
    response.writeHead(file === null ? 404 : 200).end(file);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    serve(next) {
      log = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Method, address and all headers but the host and what a connection needs. */
function lineOf({ method, url, headers }: IncomingMessage): string {
  const { host: _, connection: __, ...rest } = headers;
  return `${method} ${url} ${JSON.stringify(rest)}`;
}

function fileOf(log: TestLog | null, url: string): string | Uint8Array | null {
  if (log === null) return null;
  if (url === "/log/checkpoint") return log.checkpoint();
  return log.bundles().find(({ index, width }) => url === `/log/${entriesPath(index, width)}`)?.bytes ?? null;
}
