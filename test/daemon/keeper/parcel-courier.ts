/**
 * A courier on the real link that carries parcels into memory: what it was handed is what a dock would have.
 */
import { connectLink, type Link } from "../../../daemon/wire/link.ts";
import { decodeChunk } from "../../../daemon/wire/chunk.ts";
import {
  keeperToCourierSchema,
  wireVersion,
  type CourierToKeeper,
  type GateRefusal,
  type KeeperToCourier,
} from "../../../daemon/wire/messages.ts";
import type { DataPaths } from "../../../daemon/wire/paths.ts";
import { systemClock } from "../../../hal/clock.ts";
import { testPortalUrl } from "../../../scripts/rigs/agency.ts";
import { until } from "./page.ts";

type Told<T extends KeeperToCourier["type"]> = Extract<KeeperToCourier, { type: T }>;

export interface ParcelCourier extends AsyncDisposable {
  readonly told: readonly KeeperToCourier[];
  /** What arrived so far, by grant. */
  readonly arrived: ReadonlyMap<string, Uint8Array>;
  readonly refusals: readonly GateRefusal[];
  /** Parcels are begun and not gone on with, until it is false again. */
  held: boolean;
  say(message: CourierToKeeper): void;
  /** The first that fits, so far or to come. */
  next<T extends KeeperToCourier["type"]>(type: T): Promise<Told<T>>;
}

export async function connectParcelCourier(paths: DataPaths): Promise<ParcelCourier> {
  const told: KeeperToCourier[] = [];
  const orders = new Map<string, Told<"parcel-send">>();
  const arrived = new Map<string, Uint8Array>();
  const refusals: GateRefusal[] = [];
  const say = (message: CourierToKeeper): void => link.send(message);
  const goOn = (grant: string): void => {
    const offset = arrived.get(grant)?.length ?? 0;
    const order = orders.get(grant);
    if (order === undefined || self.held) return;
    const location = `${testPortalUrl}/upload/${grant}`;
    const state = offset === order.bytes ? "delivered" : "sending";
    say({ type: "parcel-state", grant, state, location, offset });
    if (state === "sending") say({ type: "chunk-asked", grant, offset });
  };
  const handle = (message: KeeperToCourier): void => {
    told.push(message);
    if (message.type === "parcel-send") {
      orders.set(message.grant, message);
      goOn(message.grant);
    }
    if (message.type === "chunk-refused") refusals.push(message.reason);
    if (message.type !== "parcel-stop") return;
    orders.delete(message.grant);
    say({ type: "parcel-state", grant: message.grant, state: "stopped", location: null, offset: 0 });
  };
  const handleChunk = (frame: Uint8Array): void => {
    const { grant, offset, bytes } = decodeChunk(frame);
    const before = arrived.get(grant) ?? new Uint8Array();
    arrived.set(grant, Buffer.concat([before, bytes.subarray(before.length - offset)]));
    goOn(grant);
  };
  const link: Link<CourierToKeeper> = connectLink<KeeperToCourier, CourierToKeeper>({
    path: paths.courierSocket,
    incoming: keeperToCourierSchema,
    clock: systemClock,
    onMessage: handle,
    onBinary: handleChunk,
    onConnected: (connected) => {
      if (connected) say({ type: "hello", process: "courier", pid: process.pid, version: wireVersion });
    },
  });
  let held = false;
  const self: ParcelCourier = {
    told,
    arrived,
    refusals,
    get held() {
      return held;
    },
    set held(on) {
      held = on;
      if (!on) for (const grant of orders.keys()) goOn(grant);
    },
    say,
    async next(type) {
      const isIt = (message: KeeperToCourier): message is Told<typeof type> => message.type === type;
      await until(() => told.some(isIt));
      const found = told.find(isIt);
      if (found === undefined) throw new Error(`no ${type}`);
      return found;
    },
    [Symbol.asyncDispose]: () => link.close(),
  };
  await until(() => link.connected);
  return self;
}
