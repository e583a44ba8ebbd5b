/**
 * KeeperEnd: the keeper's end of the real link, with parcels in memory and a gate that the test works.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeChunk } from "../../daemon/wire/chunk.ts";
import { listenLink, type Link } from "../../daemon/wire/link.ts";
import {
  courierToKeeperSchema,
  type CourierToKeeper,
  type GateRefusal,
  type KeeperToCourier,
} from "../../daemon/wire/messages.ts";

export type Said<T extends CourierToKeeper["type"]> = Extract<CourierToKeeper, { type: T }>;
export type ParcelSend = Extract<KeeperToCourier, { type: "parcel-send" }>;

export interface Parcel {
  readonly order: ParcelSend;
  readonly bytes: Uint8Array;
  /** Lengths of its chunks, in order. */
  readonly chunks: readonly number[];
}

export interface KeeperEnd extends AsyncDisposable {
  readonly socketPath: string;
  /** Everything the courier said, in order. */
  readonly said: readonly CourierToKeeper[];
  /** Bytes handed over, by grant, in the order of the asking. */
  readonly handed: readonly { readonly grant: string; readonly offset: number; readonly bytes: number }[];
  send(message: KeeperToCourier): void;
  /** Orders it, and again whenever the courier arrives, until it is delivered, failed or stopped. */
  carry(parcel: Parcel): void;
  /** Asked before each chunk; null = hand it over. */
  gate: (grant: string, offset: number) => GateRefusal | null | Promise<GateRefusal | null>;
  /** The first that fits, so far or to come. */
  next<T extends CourierToKeeper["type"]>(type: T, fits?: (message: Said<T>) => boolean): Promise<Said<T>>;
  /** How far the log is checked; said when the courier arrives. */
  size: number;
  restart(): Promise<void>;
}

export async function openKeeperEnd(): Promise<KeeperEnd> {
  const folder = await mkdtemp(join(tmpdir(), "sill-keeper-end-"));
  const socketPath = join(folder, "courier.sock");
  const said: CourierToKeeper[] = [];
  const handed: { grant: string; offset: number; bytes: number }[] = [];
  const parcels = new Map<string, Parcel & { location: string | null }>();
  const listeners = new Set<() => void>();
  const send = (message: KeeperToCourier): void => link.send(message);
  const order = ({ order, location }: Parcel & { location: string | null }): void =>
    send({ ...order, location });

  const hand = async (grant: string, offset: number): Promise<void> => {
    const parcel = parcels.get(grant);
    const reason = parcel === undefined ? "no-such-grant" : await end.gate(grant, offset);
    if (reason !== null) return send({ type: "chunk-refused", grant, offset, reason });
    const { start, bytes } = chunkAt(parcel, offset);
    handed.push({ grant, offset, bytes: bytes.length });
    link.sendBinary(encodeChunk({ grant, offset: start, bytes }));
  };
  const handle = (message: CourierToKeeper): void => {
    said.push(message);
    if (message.type === "hello") {
      send({ type: "feed-from", size: end.size });
      for (const parcel of parcels.values()) order(parcel);
    }
    if (message.type === "chunk-asked") void hand(message.grant, message.offset);
    const parcel = message.type === "parcel-state" ? parcels.get(message.grant) : undefined;
    if (message.type === "parcel-state" && parcel !== undefined) {
      parcel.location = message.location;
      if (message.state !== "sending") parcels.delete(message.grant);
    }
    for (const look of listeners) look();
  };
  const open = (): Promise<Link<KeeperToCourier>> =>
    listenLink<CourierToKeeper, KeeperToCourier>({
      path: socketPath,
      incoming: courierToKeeperSchema,
      onMessage: handle,
    });
  let link = await open();

  const end: KeeperEnd = {
    socketPath,
    said,
    handed,
    send,
    size: 0,
    gate: () => null,
    carry(parcel) {
      const known = { ...parcel, location: parcel.order.location };
      parcels.set(parcel.order.grant, known);
      order(known);
    },
    next: (type, fits = () => true) =>
      new Promise((resolve) => {
        const isIt = (message: CourierToKeeper): message is Said<typeof type> =>
          message.type === type && fits(message as Said<typeof type>);
        const look = (): void => {
          const found = said.find(isIt);
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    async restart() {
      await link.close();
      link = await open();
    },
    async [Symbol.asyncDispose]() {
      await link.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return end;
}

function chunkAt(parcel: Parcel | undefined, offset: number): { start: number; bytes: Uint8Array } {
  let start = 0;
  for (const length of parcel?.chunks ?? []) {
    if (offset < start + length)
      return { start, bytes: parcel?.bytes.subarray(start, start + length) ?? new Uint8Array() };
    start += length;
  }
  throw new Error(`no chunk holds byte ${offset}`);
}
