/**
 * Consent: everything the keeper keeps of requests, opened before its parts are built.
 *
 *   consent/feed.json, agencies-*, seen-*   feed/feed-store.ts
 *   consent/place.json, mutes.json          house.ts
 *   consent/court-orders/                   court-order-book.ts
 *   consent/grants/                         grants
 */
import type { Settings } from "../../../config/schema.ts";
import { diskFiles } from "../../files/disk.ts";
import type { Files } from "../../files/files.ts";
import { CourtOrderBook } from "./court-order-book.ts";
import { FeedStore } from "./feed/feed-store.ts";
import { House } from "./house.ts";

export interface ConsentFiles {
  readonly files: Files;
  readonly feedStore: FeedStore;
  readonly house: House;
  readonly courtOrders: CourtOrderBook;
}

/** Damaged files are faults of their owners; the bell rings on. */
export async function openConsent(
  folder: string,
  { logKey, registrarKey }: Settings["portal"],
): Promise<ConsentFiles> {
  const files = diskFiles(folder);
  return {
    files,
    feedStore: await FeedStore.open(files, { logKey, registrarKey }),
    house: await House.open(files),
    courtOrders: await CourtOrderBook.open(files),
  };
}
