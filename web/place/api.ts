/**
 * API of the place: where this house is, for owners.
 */
import type { Place } from "../../daemon/consent/common.ts";
import { ask, sending } from "../state/api.ts";

export async function getPlace(): Promise<{ readonly place: Place | null }> {
  return (await (await ask("/api/place")).json()) as { place: Place | null };
}

export async function putPlace(place: Place | null): Promise<void> {
  await ask("/api/place", sending("PUT", { place }));
}
