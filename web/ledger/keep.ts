/**
 * Keep: what this browser remembers of its doorbell's ledger: the last checkpoint that held, and an alarm until
 * somebody has acknowledged it. In localStorage, by doorbell, for whoever uses this browser.
 */
import { alarmKinds, type Alarm } from "./alarm.ts";

export interface Kept {
  /** The signed note; null = none was seen yet. */
  readonly checkpoint: string | null;
  readonly size: number;
  /** When it was found right, by this browser's clock. */
  readonly checkedWallMs: number;
  readonly alarm: (Alarm & { readonly wallMs: number }) | null;
}

export type Shelf = Pick<Storage, "getItem" | "setItem">;

export const nothingKept: Kept = { checkpoint: null, size: 0, checkedWallMs: 0, alarm: null };

const nameOf = (device: string): string => `sill ledger ${device}`;

export function readKept(shelf: Shelf, device: string): Kept {
  try {
    const kept = JSON.parse(shelf.getItem(nameOf(device)) ?? "null") as Partial<Kept> | null;
    return kept === null ? nothingKept : { ...nothingKept, ...kept, alarm: alarmOf(kept.alarm) };
  } catch {
    return nothingKept; // storage is off, or holds something else
  }
}

/** False: this browser keeps nothing. */
export function writeKept(shelf: Shelf, device: string, kept: Kept): boolean {
  try {
    shelf.setItem(nameOf(device), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

function alarmOf(alarm: Kept["alarm"] | undefined): Kept["alarm"] {
  return alarm != null && alarmKinds.includes(alarm.kind) ? alarm : null;
}
