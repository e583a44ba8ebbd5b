/**
 * Seen: which parcel was looked at or dismissed on this browser, so that it is no news here any more.
 */
import { remember, remembered } from "../state/remembered.ts";
import { createStore, type Store } from "../state/store.ts";

const key = "sill.parcel-seen";

/** The event that left it. */
export const seenParcel: Store<string | null> = createStore<string | null>(remembered(key));

export function markSeen(event: string): void {
  seenParcel.set(event);
  remember(key, event);
}
