/** A dock: the real @tus/server on a folder, which can be cut off and started again at the same address. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

export interface TestDock extends AsyncDisposable {
  readonly port: number;
  readonly heard: readonly Heard[];
  /** Before the tus server sees it; true = answered here. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** What it holds of uploads, in the order of their making. */
  uploads(): Promise<{ metadata: Record<string, string>; bytes: Uint8Array; size: number }[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** PEM. */
export interface DockTls {
  readonly key: string;
  readonly cert: string;
}

export async function openDock(tls?: DockTls): Promise<TestDock> {
  const folder = await mkdtemp(join(tmpdir(), "sill-dock-"));
  const tus = new Server({
    path: "/dock/shares",
    datastore: new FileStore({ directory: folder }),
    relativeLocation: true,
  });
  const heard: Heard[] = [];
  let port = 0;
  let server: HttpServer | TlsServer | null = null;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    if (!dock.intercept(request, response)) void tus.handle(request, response);
  };
  const start = async (): Promise<void> => {
    server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
    await once(server.listen(port, "127.0.0.1"), "listening");
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = null;
    running?.closeAllConnections();
    await new Promise<void>((resolve) => (running === null ? resolve() : running.close(() => resolve())));
  };
  const dock: TestDock = {
    get port() {
      return port;
    },
    heard,
    intercept: () => false,
    async uploads() {
      const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).toSorted();
      const found = await Promise.all(
        names.map(async (name) => {
          const text = await readFile(join(folder, name), "utf8");
          if (text === "") return []; // it is being made: the store writes without a rename
          const info = JSON.parse(text) as { size: number; metadata: Record<string, string> };
          const bytes = await readFile(join(folder, name.replace(/\.json$/u, "")));
          return [{ metadata: info.metadata, size: info.size, bytes }];
        }),
      );
      return found.flat();
    },
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      // what was under way when it stopped may still write a file
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
  await start();
  return dock;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
