/**
 * Server: the control socket, with a bounded number of commands at a time.
 */
import { createServer, type Socket } from "node:net";
import { Fault, toFault } from "../../../hal/fault.ts";
import { maxControlClients } from "../../wire/control.ts";
import { listenHere } from "../../wire/own-socket.ts";
import { faultLine, serveClient, type Answer, type ControlCounts } from "./client.ts";

export interface ControlServer extends AsyncDisposable {
  readonly clients: number;
}

export interface ControlServerOptions {
  readonly path: string;
  readonly answer: Answer;
  readonly counts: ControlCounts;
}

/** Rejects with a Fault when the socket cannot be opened. */
export async function openControl({ path, answer, counts }: ControlServerOptions): Promise<ControlServer> {
  const open = new Set<Socket>();
  const served = new Set<Socket>();
  // a command that has said its last word still reads
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on("close", () => {
      open.delete(socket);
      served.delete(socket);
    });
    if (served.size >= maxControlClients) return refuse(socket, counts);
    served.add(socket);
    serveClient(socket, answer, counts);
  });
  try {
    await listenHere(server, path);
  } catch (error) {
    throw toFault(error, "cannot open the control socket");
  }
  server.on("error", () => {}); // a connection that could not be taken; the next one can
  return {
    get clients() {
      return served.size;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function refuse(socket: Socket, counts: ControlCounts): void {
  counts.dropped += 1;
  socket.on("error", () => {});
  socket.resume(); // else its end is never seen
  const words = `${maxControlClients} commands ask the doorbell already`;
  socket.end(`${JSON.stringify(faultLine(new Fault("unavailable", words, { hint: "end one of them" })))}\n`);
}
