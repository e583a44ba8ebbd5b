/** A ledger of a fixed key, on files in memory. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { toBase64Url } from "../../../daemon/identity/base64url.ts";
import { openCheckpoint, type Checkpoint } from "../../../daemon/ledger/checkpoint.ts";
import { Ledger } from "../../../daemon/ledger/ledger.ts";
import { deviceSigner, ledgerKey } from "../../../daemon/ledger/key.ts";
import type { Told } from "../../../daemon/ledger/entry.ts";
import type { Files } from "../../../daemon/files/files.ts";
import { SimClock } from "../../../hal/sim/clock.ts";

const secret = new Uint8Array(32).fill(3);
export const device = toBase64Url(ed25519.getPublicKey(secret));
export const vkey = ledgerKey(device);
export const signer = deviceSigner({ device, sign: (message) => ed25519.sign(message, secret) });

export function openLedger(files: Files, clock = new SimClock()): Promise<Ledger> {
  let salts = 0;
  const salt = (): Uint8Array => new Uint8Array(16).fill((salts += 1));
  return Ledger.open({ files, clock, signer, salt });
}

export function zones(detail: string): Told {
  return { what: "zones", who: "Ada", detail };
}

export async function signedTree(ledger: Ledger): Promise<Checkpoint> {
  return openCheckpoint(await ledger.checkpoint(), vkey);
}

/** Details, oldest first. */
export async function detailsOf(ledger: Ledger): Promise<(string | null)[]> {
  const details: (string | null)[] = [];
  for (let before: number | null = null; ;) {
    const { entries, next } = await ledger.page({ before, limit: 200, without: [] });
    details.push(...entries.map(({ opening }) => opening?.detail ?? null));
    if (next === null) return details.toReversed();
    before = next;
  }
}
