/**
 * Seen: which parcel was looked at or dismissed on this browser, so that it is no news here any more.
 */
import { createStore, type Store } from "../state/store.ts";

const key = "sill.parcel-seen";

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** The event that left it. */
export const seenParcel: Store<string | null> = createStore<string | null>(read());

export function markSeen(event: string): void {
  seenParcel.set(event);
  try {
    localStorage.setItem(key, event);
  } catch {
    // it is told again the next time
  }
}
