/**
 * A peer that speaks the courier's side of the wire over the real socket, and keeps every byte that it was sent.
 *
 * It fetches nothing: a test hands it the log, and it begins each round where the keeper says.
 */
import { createConnection } from "node:net";
import { WebSocket } from "ws";
import {
  keeperToCourierSchema,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../../../daemon/wire/messages.ts";
import type { DataPaths } from "../../../daemon/wire/paths.ts";
import type { TestLog } from "../../../scripts/rigs/public-log.ts";
import { until } from "./page.ts";

export interface TestCourier extends AsyncDisposable {
  /** Everything the keeper sent, as it came. */
  readonly frames: readonly Buffer[];
  readonly received: readonly KeeperToCourier[];
  send(message: CourierToKeeper): void;
  /** One round; resolves when the keeper has said where the next one begins. */
  read(log: TestLog, size?: number): Promise<void>;
}

export async function connectTestCourier(paths: DataPaths): Promise<TestCourier> {
  const frames: Buffer[] = [];
  const received: KeeperToCourier[] = [];
  const socket = new WebSocket("ws://localhost/", {
    createConnection: () => createConnection({ path: paths.courierSocket }),
  });
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    frames.push(data);
    if (!isBinary) received.push(keeperToCourierSchema.parse(JSON.parse(data.toString())));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  const send = (message: CourierToKeeper): void => socket.send(JSON.stringify(message));
  const froms = (): number[] => received.flatMap((each) => (each.type === "feed-from" ? [each.size] : []));
  send({ type: "hello", process: "courier", pid: process.pid, version: 1 });
  await until(() => froms().length > 0);
  return {
    frames,
    received,
    send,
    async read(log, size = log.size) {
      const before = froms().length;
      for (const message of log.round(froms().at(-1) ?? 0, size)) send(message);
      await until(() => froms().length > before, 30_000);
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
    },
  };
}
