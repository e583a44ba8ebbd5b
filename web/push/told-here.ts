/**
 * Told here: that somebody chose to be told on this browser, kept in it; so that what is lost without them is noticed.
 */
import { inStore } from "../identity/browser-store.ts";

export interface ToldHere {
  /** Who chose it. */
  readonly person: string;
  /** The doorbell's public key at push services. */
  readonly key: string;
  /** Of the address under which the doorbell knew this browser last. */
  readonly mark: string;
}

const name = "told";

export async function readToldHere(): Promise<ToldHere | null> {
  return (await inStore<ToldHere | undefined>("readonly", (store) => store.get(name))) ?? null;
}

export async function writeToldHere(told: ToldHere): Promise<void> {
  await inStore("readwrite", (store) => store.put(told, name));
}

export async function forgetToldHere(): Promise<void> {
  await inStore("readwrite", (store) => store.delete(name));
}
