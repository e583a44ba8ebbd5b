/**
 * Entrance: where somebody who opens the page stands. Pure.
 *
 * What the doorbell says of itself, what this browser keeps, and whether somebody is signed in
 * decide together; who shows another key than the one this browser was paired with is refused
 * before anything is signed for it.
 */
import type { WhoAmI } from "../../daemon/wire/api-household.ts";
import type { Keyring } from "./keyring.ts";

export type Place =
  /** Nobody is paired: the first owner comes with the code. */
  | "unpaired"
  /** Somebody is; this browser has no key. */
  | "stranger"
  /** The doorbell does not have the key it had. */
  | "other-doorbell"
  /** Asked to be let in. */
  | "waiting"
  /** Has a key and may sign in by itself. */
  | "sign-in"
  /** Has a key; its person has to say so. */
  | "signed-out"
  | "in";

export interface Seen {
  readonly door: { readonly device: string; readonly paired: boolean };
  readonly keyring: Keyring | null;
  readonly who: WhoAmI | null;
  readonly nowWallMs: number;
}

export function placeOf({ door, keyring, who, nowWallMs }: Seen): Place {
  if (keyring === null) return door.paired ? "stranger" : "unpaired";
  if (keyring.device !== door.device) return "other-doorbell";
  if (!door.paired) return "unpaired";
  if (who !== null) return "in";
  if (keyring.join !== null) return "waiting";
  return keyring.signedOut || wasEnded(keyring, nowWallMs) ? "signed-out" : "sign-in";
}

/** A session that is gone before its time was ended by somebody. */
function wasEnded({ sessionEndsWallMs }: Keyring, nowWallMs: number): boolean {
  return sessionEndsWallMs !== null && nowWallMs < sessionEndsWallMs;
}
