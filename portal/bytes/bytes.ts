/**
 * Bytes: where parcels lie, opaque, each under the name that its sender knows. A tus data store, and the little
 * that tus does not say. One conformance suite (test/contract/parcel-bytes.ts) runs against each.
 */
import type { Readable } from "node:stream";
import type { DataStore } from "@tus/server";

export interface ParcelBytes extends AsyncDisposable {
  /** For the tus server. */
  readonly store: DataStore;
  /** Resolves when all that was written so far would survive a power cut. */
  settle(upload: string): Promise<void>;
  /** Bytes from `from` to and without `to`. Throws Fault `not-found`. */
  read(upload: string, from: number, to: number): Promise<Readable>;
  /** Also what did not arrive in full. Nothing when there is none. */
  remove(upload: string): Promise<void>;
}
