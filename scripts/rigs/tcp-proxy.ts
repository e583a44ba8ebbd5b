/**
 * TcpProxy: stands between two programs, counts and records what passes, and can hold it up.
 *
 * For what is proven on the wire: how many bytes an upload costs, and that two doorbells say the same.
 */
import { once } from "node:events";
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** To the server. */
  readonly upBytes: number;
  /** From it. */
  readonly downBytes: number;
  /** What clients sent, one buffer for each connection, in the order of connecting. */
  readonly recorded: readonly Buffer[];
  /** Lets so many bytes more go up, then nothing until `release`. */
  holdAfter(bytes: number): void;
  release(): void;
  /** Breaks every connection. */
  cut(): void;
}

export interface TcpProxyOptions {
  readonly targetPort: number;
  /** Keeps what clients send; default false. */
  readonly record?: boolean;
}

export async function openTcpProxy({ targetPort, record = false }: TcpProxyOptions): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const recorded: Buffer[][] = [];
  const held: (() => void)[] = [];
  let upBytes = 0;
  let downBytes = 0;
  let leaveBytes = Infinity;

  const server = createServer((client) => {
    const target = createConnection({ port: targetPort, host: "127.0.0.1" });
    const parts: Buffer[] = [];
    recorded.push(parts);
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on("end", () => other.end());
    }
    client.on("data", (bytes: Buffer) => {
      upBytes += bytes.length;
      if (record) parts.push(bytes);
      const now = bytes.subarray(0, leaveBytes);
      leaveBytes -= now.length;
      if (now.length > 0) target.write(now);
      if (now.length === bytes.length) return;
      client.pause();
      held.push(() => {
        target.write(bytes.subarray(now.length));
        client.resume();
      });
    });
    target.on("data", (bytes: Buffer) => {
      downBytes += bytes.length;
      client.write(bytes);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const cut = (): void => {
    held.length = 0;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get upBytes() {
      return upBytes;
    },
    get downBytes() {
      return downBytes;
    },
    get recorded() {
      return recorded.map((parts) => Buffer.concat(parts));
    },
    holdAfter(bytes) {
      leaveBytes = bytes;
    },
    release() {
      leaveBytes = Infinity;
      for (const go of held.splice(0)) go();
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
