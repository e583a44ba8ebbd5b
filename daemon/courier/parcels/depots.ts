/**
 * Depots: which kind an address means: a dock (https, http) or a folder (file).
 */
import type { Settings } from "../../../config/schema.ts";
import type { HttpClient } from "../http/client.ts";
import type { Depot, ParcelOrder, StopOrder } from "./depot.ts";
import { DockDepot, forgetAtDock } from "./dock.ts";
import { FolderDepot, forgetInFolder } from "./folder.ts";

export interface DepotOptions {
  readonly settings: Pick<Settings, "archive">;
  readonly newClient: () => HttpClient;
}

export function depotOf(
  order: ParcelOrder,
  { settings, newClient }: DepotOptions,
  signal: AbortSignal,
): Depot {
  return order.deliverTo.startsWith("file:")
    ? new FolderDepot(order, settings.archive.to)
    : new DockDepot(order, newClient(), signal);
}

/** Removes what a depot has of a parcel that is not finished, and with `forget` of a finished one. */
export async function forgetAt(
  order: StopOrder,
  { settings, newClient }: DepotOptions,
  signal: AbortSignal,
): Promise<void> {
  if (order.deliverTo.startsWith("file:")) return forgetInFolder(order, settings.archive.to);
  using client = newClient();
  await forgetAtDock(order, client, signal);
}
