/**
 * runCourier: the process that will carry granted chunks outside. Today it carries nothing.
 *
 * It connects to the keeper, says hello, and idles: without a grant there is nothing to ask for.
 * A refusal that arrives anyway is what is expected; it asks nothing again. Resolves when it
 * has shut down after SIGTERM or SIGINT. It opens no socket but the one to the keeper.
 */
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import { untilStopped } from "../wire/lifetime.ts";
import { connectLink, type Link } from "../wire/link.ts";
import {
  keeperToCourierSchema,
  wireVersion,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../wire/messages.ts";
import { dataPaths } from "../wire/paths.ts";

export interface Courier extends AsyncDisposable {
  readonly connected: boolean;
  /** Chunks that the gate refused. */
  readonly refused: number;
  /** For tests of the gate; nothing in the courier asks by itself. */
  ask(grant: string): void;
}

export function openCourier(socketPath: string): Courier {
  let refused = 0;
  const link: Link<CourierToKeeper> = connectLink<KeeperToCourier, CourierToKeeper>({
    path: socketPath,
    incoming: keeperToCourierSchema,
    clock: systemClock,
    onMessage: () => {
      refused += 1;
    },
    onConnected: (connected) => {
      if (connected) link.send({ type: "hello", process: "courier", pid: process.pid, version: wireVersion });
    },
  });
  return {
    get connected() {
      return link.connected;
    },
    get refused() {
      return refused;
    },
    ask: (grant) => link.send({ type: "chunk-asked", grant, offset: 0 }),
    [Symbol.asyncDispose]: () => link.close(),
  };
}

export async function runCourier(settings: Settings): Promise<void> {
  const stop = untilStopped();
  await using _courier = openCourier(dataPaths(settings.data).courierSocket);
  await stop;
}
