/**
 * Asked: what grants may know of those who ask, from the log, the request book and the recorded orders.
 */
import type { Asked } from "../grants/ports.ts";
import type { ConsentFiles } from "./consent.ts";
import type { RequestLookup } from "./known-request.ts";

export function askedOf({ feedStore, courtOrders }: ConsentFiles, requests: RequestLookup): Asked {
  return {
    request: (hash) => requests.requestByHash(hash),
    agency: (id) => feedStore.kept.agencies.get(id)?.profile ?? null,
    agencyKeys: (id) => requests.agencyKeys(id),
    courtOrder: (hash) => courtOrders.orderByHash(hash)?.order ?? null,
    granted: (hash) => requests.granted(hash),
    grantCancelled: (hash) => requests.grantCancelled(hash),
  };
}
