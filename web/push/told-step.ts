/**
 * Told step: what is to do at the start of the page, so that who chose to be told here still is. Pure.
 */
import type { PhonesShown } from "../../daemon/wire/api-push.ts";
import type { ToldHere } from "./told-here.ts";

export interface Seen {
  readonly kept: ToldHere | null;
  /** Of the address that this browser has now; null = none. */
  readonly mark: string | null;
  readonly shown: PhonesShown;
  /** Who is signed in. */
  readonly person: string;
  readonly mayNotify: boolean;
}

export type ToldStep =
  | "nothing"
  /** The doorbell knows it under another session: that is told. */
  | "bind"
  /** It has another address, or none: the doorbell is told which. */
  | "move"
  /** Somebody removed it, or its service forgot it: only a person may choose it again. */
  | "lost";

export function toldStep({ kept, mark, shown, person, mayNotify }: Seen): ToldStep {
  const phone = mark === null ? undefined : shown.phones.find((each) => each.mark === mark);
  if (phone?.person === person) return phone.own ? "nothing" : "bind";
  // of somebody else who uses this browser, too: not ours to move
  if (phone !== undefined || kept?.person !== person) return "nothing";
  if (!shown.on) return "nothing"; // the settings say so, and the page Alerts
  const isMoved = kept.mark !== mark && kept.key === shown.key;
  return isMoved && mayNotify ? "move" : "lost";
}
