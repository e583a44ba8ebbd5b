/**
 * Depot: where a parcel goes, a dock or a folder.
 *
 * `open` finds out how much is there already, and makes the place when there is none. `append` resolves when the
 * bytes are accepted (a dock's answer, a folder's disk). After the last one `finish`. All reject with a Fault, a
 * FinalFault where trying again is no use. The signal breaks whatever is under way.
 */
import type { KeeperToCourier } from "../../wire/messages.ts";

export type ParcelOrder = Extract<KeeperToCourier, { type: "parcel-send" }>;
export type StopOrder = Extract<KeeperToCourier, { type: "parcel-stop" }>;

export interface Depot extends AsyncDisposable {
  /** With what it can be found again; null until `open`, and where its name is enough. */
  readonly location: string | null;
  /** Bytes that are there. */
  open(): Promise<number>;
  /** Bytes that are there now: more than `offset`, at most all of these. */
  append(offset: number, bytes: Uint8Array): Promise<number>;
  finish(): Promise<void>;
}
