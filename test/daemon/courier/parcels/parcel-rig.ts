/** A courier between a keeper's end and a dock, and parcels for it. */
import { randomBytes } from "node:crypto";
import { settingsSchema } from "../../../../config/schema.ts";
import { openCourier, type Courier } from "../../../../daemon/courier/courier.ts";
import { openTcpProxy, type TcpProxy } from "../../../../scripts/rigs/tcp-proxy.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import {
  openKeeperEnd,
  type KeeperEnd,
  type Parcel,
  type Said,
} from "../../../../scripts/rigs/keeper-end.ts";
import { openDock, type DockTls, type TestDock } from "../../../../scripts/rigs/tus-dock.ts";

export const mib = 1_048_576;

export interface ParcelRig extends AsyncDisposable {
  readonly clock: SimClock;
  readonly keeper: KeeperEnd;
  readonly dock: TestDock;
  /** The way to the dock; parcels that the rig makes go through it. */
  readonly proxy: TcpProxy;
  readonly host: string;
  readonly deliverTo: string;
  /** Ends the courier where it is, as a crash would, and starts another. */
  crash(): Promise<void>;
  /** A parcel for this dock, unlike any other. */
  parcel(chunks: readonly number[], change?: Partial<Parcel["order"]>): Parcel;
  /** How the parcel ended. */
  ended(parcel: Parcel): Promise<Said<"parcel-state">>;
  /** Waits until an attempt has failed (so often by now), and for the time after which it is made again. */
  retried(parcel: Parcel, times?: number): Promise<Said<"parcel-state">>;
}

let made = 0;

export function parcelOf(
  deliverTo: string,
  chunks: readonly number[],
  change: Partial<Parcel["order"]> = {},
): Parcel {
  const bytes = randomBytes(chunks.reduce((sum, length) => sum + length, 0));
  made += 1;
  return {
    bytes,
    chunks,
    order: {
      type: "parcel-send",
      grant: `grant-${String(made).padStart(4, "0")}`,
      deliverTo,
      bytes: bytes.length,
      letterBytes: chunks[0] ?? 0,
      request: null,
      keepUntil: null,
      location: null,
      ...change,
    },
  };
}

export async function openParcelRig(archive = "", tls?: DockTls): Promise<ParcelRig> {
  await using stack = new AsyncDisposableStack();
  const clock = new SimClock();
  const dock = stack.use(await openDock(tls));
  const proxy = stack.use(await openTcpProxy({ targetPort: dock.port }));
  const host = `127.0.0.1:${proxy.port}`;
  const deliverTo = `${tls === undefined ? "http" : "https"}://${host}/dock/shares`;
  const keeper = stack.use(await openKeeperEnd());
  const settings = settingsSchema.parse({ portal: { docks: [host] }, archive: { to: archive } });
  const open = (): Courier => openCourier({ settings, socketPath: keeper.socketPath, clock });
  let courier = open();
  stack.defer(() => courier[Symbol.asyncDispose]());
  await keeper.next("hello");
  const kept = stack.move();
  const states = (parcel: Parcel, isIt: (state: Said<"parcel-state">) => boolean): Said<"parcel-state">[] =>
    keeper.said.filter(
      (said): said is Said<"parcel-state"> =>
        said.type === "parcel-state" && said.grant === parcel.order.grant && isIt(said),
    );
  return {
    clock,
    keeper,
    dock,
    proxy,
    host,
    deliverTo,
    async crash() {
      await courier[Symbol.asyncDispose]();
      courier = open();
    },
    parcel: (chunks, change) => parcelOf(deliverTo, chunks, change),
    ended: ({ order }) =>
      keeper.next("parcel-state", ({ grant, state }) => grant === order.grant && state !== "sending"),
    async retried(parcel, times = 1) {
      const failed = ({ state, fault }: Said<"parcel-state">): boolean =>
        state === "sending" && fault !== undefined;
      await keeper.next("parcel-state", () => states(parcel, failed).length >= times);
      const state = states(parcel, failed)[times - 1];
      if (state === undefined) throw new Error("no attempt failed");
      await clock.advance(2_000 * 2 ** (times - 1));
      return state;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
