/**
 * Server: the RTSP port. Connections are counted, bounded, and ended together when the door is closed.
 *
 * At most 64 at a time, 16 of one address, 8 that watch. An address that guesses passwords, or is none of a home, is
 * closed at once.
 */
import { createServer, type Server, type Socket } from "node:net";
import { toFault } from "../../../hal/fault.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { isOfHome, plainAddress } from "../address.ts";

const mostConnections = 64;
const mostOfOne = 16;
export const mostWatching = 8;
const backlog = 128;

export type RtspServerOptions = Omit<ConnectionOptions, "socket" | "address" | "hasRoom"> & {
  readonly host: string;
  readonly port: number;
};

export class RtspServer implements AsyncDisposable {
  readonly #options: RtspServerOptions;
  readonly #server: Server;
  readonly #all = new Map<Connection, string>();

  private constructor(options: RtspServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Throws Fault: port in use, address not here. */
  static async open(options: RtspServerOptions): Promise<RtspServer> {
    const server = new RtspServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", (error) =>
        reject(toFault(error, `rtsp.streamPort ${options.port} of ${options.host} cannot be used`)),
      );
      server.#server.listen({ host: options.host, port: options.port, backlog }, resolve);
    });
    server.#server.on("error", (error) => {
      options.counts.lastError = toFault(error).message;
    });
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : this.#options.port;
  }

  get watching(): number {
    return [...this.#all.keys()].filter(({ isWatching }) => isWatching).length;
  }

  /** Everybody who is there now is sent away, within this turn. */
  endAll(): void {
    for (const connection of this.#all.keys()) connection.end(null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.endAll();
    await closed;
  }

  #accept(socket: Socket): void {
    const { counts, attempts } = this.#options;
    const address = plainAddress(socket.remoteAddress);
    counts.connections += 1;
    const ofOne = [...this.#all.values()].filter((each) => each === address).length;
    const isStranger = !isOfHome(address);
    const isFull = this.#all.size >= mostConnections || ofOne >= mostOfOne;
    if (isFull || isStranger || !attempts.mayTry(address)) {
      counts.refused += 1;
      socket.on("error", () => {});
      socket.destroy();
      return;
    }
    const connection = new Connection({
      ...this.#options,
      socket,
      address,
      hasRoom: () => this.watching < mostWatching,
    });
    this.#all.set(connection, address);
    socket.once("close", () => this.#all.delete(connection));
  }
}
