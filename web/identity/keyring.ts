/**
 * Keyring: what this browser keeps of its person and its doorbell, in IndexedDB.
 *
 * One record. The seed never leaves the browser but as recovery words or as the file that its owner
 * saves. Browsers throw a site's storage away when they are told to: the words are the way back.
 */
import { inStore } from "./browser-store.ts";

export interface Keyring {
  /** 32 bytes that all keys are made of (daemon/identity/keys.ts). */
  readonly seed: Uint8Array;
  /** The doorbell's public key as it was when this browser met it: another one is refused. */
  readonly device: string;
  /** The words or the file are in a safe place, as their owner has shown. */
  readonly wordsKept: boolean;
  /** Do not sign in by itself: the owner of this browser signed out, or somebody ended the session. */
  readonly signedOut: boolean;
  /** Until when the newest session would have lasted; null = none yet. */
  readonly sessionEndsWallMs: number | null;
  /** Somebody asked to be let in with this key, and waits. */
  readonly join: { readonly id: string; readonly check: string } | null;
}

const only = "me";

export async function readKeyring(): Promise<Keyring | null> {
  return (await inStore<Keyring | undefined>("readonly", (store) => store.get(only))) ?? null;
}

export async function writeKeyring(keyring: Keyring): Promise<void> {
  await inStore("readwrite", (store) => store.put(keyring, only));
}

export async function forgetKeyring(): Promise<void> {
  await inStore("readwrite", (store) => store.delete(only));
}
