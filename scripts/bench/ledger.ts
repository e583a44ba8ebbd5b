/**
 * Ledger: what an entry, a page, a proof and a start cost when there are a million entries before.
 *
 * On the disk of the temporary folder, through the same code as the doorbell. Making the million takes
 * a minute or two; it is not a figure.
 */
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../hal/clock.ts";
import { diskFiles } from "../../daemon/files/disk.ts";
import type { Told } from "../../daemon/ledger/entry.ts";
import { deviceSigner } from "../../daemon/ledger/key.ts";
import { Ledger, type LedgerOptions } from "../../daemon/ledger/ledger.ts";
import { figure, type Figure } from "./figure.ts";

const entries = 1_000_000;
/** Entries that wait for the same fsyncs: an upload, a page of thumbnails. */
const together = 32;
const rounds = 100;

export async function benchLedger(note: (line: string) => void): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-ledger-"));
  try {
    const options = optionsIn(folder);
    note(`  writing ${entries.toLocaleString("en")} entries`);
    await fill(options);
    const [ledger, openMs] = await timed(() => Ledger.open(options));
    await using closing = ledger;
    const { size } = closing;
    const places = Array.from({ length: rounds }, (_, at) => Math.floor(((at + 1) * size) / (rounds + 2)));
    note("  appending, proving, reading");
    const appendMs = await eachMs(places, () => all(ledger, together));
    const aloneMs = await eachMs(places, () => all(ledger, 1));
    const proofMs = await eachMs(places, (place) => ledger.consistency(place, ledger.size));
    const pageMs = await eachMs(places, (before) => ledger.page({ before, limit: 50, without: [] }));
    return [
      figure("ledger.append.ms", appendMs / together, { unit: "ms", goal: 1 }),
      figure("ledger.append.alone.ms", aloneMs, { unit: "ms" }),
      figure("ledger.proof.ms", proofMs, { unit: "ms", goal: 5 }),
      figure("ledger.page.ms", pageMs, { unit: "ms", goal: 20 }),
      figure("ledger.open.ms", openMs, { unit: "ms", goal: 1_000 }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function optionsIn(folder: string): LedgerOptions {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const signer = deviceSigner({ device: x, sign: (message) => sign(null, message, privateKey) });
  return { files: diskFiles(folder), clock: systemClock, signer };
}

async function fill(options: LedgerOptions): Promise<void> {
  await using ledger = await Ledger.open(options);
  while (ledger.size < entries) await all(ledger, 256);
}

const piece: Told = {
  what: "send-intent",
  who: null,
  detail: "piece 12 of 40",
  about: { grant: "0mjv8p1c0-h4k2m9x3qa" },
};

function all(ledger: Ledger, count: number): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, () => ledger.append(piece)));
}

async function timed<T>(act: () => Promise<T>): Promise<[T, number]> {
  const begin = performance.now();
  const result = await act();
  return [result, performance.now() - begin];
}

async function eachMs<T>(places: readonly T[], act: (place: T) => Promise<unknown>): Promise<number> {
  const [, ms] = await timed(async () => {
    for (const place of places) await act(place);
  });
  return ms / places.length;
}
